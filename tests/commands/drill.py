"""`./disposisi drill NAME [--json]`."""

import sys

from tests import drills
from tests.commands.exercise import main

if __name__ == "__main__":
    sys.exit(main(drills, "drill", sys.argv[1:]))
