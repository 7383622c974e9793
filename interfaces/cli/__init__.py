"""The command line: one file a group of commands, imported when it is asked for."""

import signal
import sys
from importlib import import_module


def main() -> None:
    """Run the command that was called; leave with 0, 1 or 2.

    Ctrl-C is 1, from the first import on: therefore nothing is imported above. Once the
    command is done it is too late for it, and would end the interpreter in its own way.
    """
    try:
        code: int = import_module("interfaces.cli.commands").run()
    except KeyboardInterrupt:
        code = 1
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)
