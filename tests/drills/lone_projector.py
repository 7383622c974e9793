"""A projector in a process of its own; the control's moves its marks unasked."""

import asyncio
import sys

from typing_extensions import override

from application.register import Connection
from interfaces import log
from projections import projector
from projections.view_marks import ViewMarks

UNFENCED = "--unfenced"
PAGE_SIZE = 7
"""Lines: small, so that much happens between two pages."""


class UnfencedMarks(ViewMarks):
    """Marks that do not ask where they are."""

    @override
    async def move(self, connection: Connection, old: int, new: int) -> None:
        """Set them to where the page ends."""
        await connection.execute("update views set position = %s", (new,))


def run(url: str, *, is_fenced: bool) -> None:
    """Project until killed."""
    if not is_fenced:
        vars(projector)["ViewMarks"] = UnfencedMarks
    asyncio.run(projector.run(url, asyncio.Event(), page_size=PAGE_SIZE))


if __name__ == "__main__":
    log.set_up("projector")
    run(sys.argv[1], is_fenced=UNFENCED not in sys.argv)
