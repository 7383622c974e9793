"""`disposisi run`: one part of the service alone, as `serve` runs them all.

Each part imports what it needs itself: the sealer has no use for a web framework.
"""

from typing import Final

import rich_click as click

from interfaces.cli.late import Late

PARTS: Final = {
    "web": "run_web",
    "projector": "run_projector",
    "sealer": "run_sealer",
}


@click.group("run", cls=Late, where=PARTS)
def command() -> None:
    """Run one part of the service alone."""
