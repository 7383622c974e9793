"""`./disposisi bench NAME [--json]`."""

import sys

from tests import load
from tests.commands.exercise import main

if __name__ == "__main__":
    sys.exit(main(load, "bench", sys.argv[1:]))
