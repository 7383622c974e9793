"""Checks the import contracts; the linter's own script would break when we move."""

import sys

from importlinter.cli import lint_imports

if __name__ == "__main__":
    sys.exit(lint_imports())
