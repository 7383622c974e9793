"""Erases a person and is killed after the commit, before the ledger has its line."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace
from typing_extensions import override

from application.erased_ledger import Erased, ErasedLedger
from application.erasing import Erasure
from tests.application.business import desk_on, disposition, letter, line


class Cliff(ErasedLedger):
    """Ends the process where a line would be written."""

    @override
    def enter(self, erased: Sequence[Erased]) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return 0


async def erase(url: str, file: Path) -> None:
    """Receive a letter, and erase who wrote it; nobody comes back from that."""
    async with desk_on(line(url), ledger=Cliff(file)) as desk:
        one = letter()
        await desk.handle(one)
        (sealed,) = one.sealed
        erases = (Erasure(sealed.person),)
        await desk.handle(replace(disposition(one.subject), erases=erases))


if __name__ == "__main__":
    asyncio.run(erase(sys.argv[1], Path(sys.argv[2])))
