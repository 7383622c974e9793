"""Who was erased stands outside the database too, before the act is answered."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from application.desk_connection import LOST, DatabaseAwayError
from application.desk_errors import InDoubtError
from application.erased_ledger import (
    Erased,
    ErasedLedger,
    LedgerBrokenError,
    lines_of,
)
from application.errands import Errand
from application.page import Page
from application.recorded import Recorded
from application.replies import Outcome

log = structlog.get_logger(__name__)


async def kept(
    ledger: ErasedLedger | None,
    errands: Sequence[Errand],
    told: list[Outcome],
    page: Page,
    erased: Callable[[], Awaitable[list[Erased]]],
) -> list[Outcome]:
    """Enter the page's erasures, after the commit, and answer what may be told.

    Where the ledger can't be written the erasure stands, but nobody is told so: the
    same errand again, or the next start, makes up for the ledger. `erased` asks the
    database for all whom it has no key of.
    """
    if ledger is None:
        return told
    try:
        lines = list(lines_of(page.erasures, page.recorded_at))
        if _repeats(errands, told):
            # The first time it may have been left in doubt, here or by a worker that
            # is gone, so that only the database knows what the ledger lacks.
            lines += await erased()
        if lines:
            await asyncio.to_thread(ledger.enter, lines)
    except (*LOST, DatabaseAwayError, OSError, LedgerBrokenError) as trouble:
        log.critical("erasure_not_in_ledger", exc_info=trouble)
        return in_doubt(errands, told)
    return told


def in_doubt(errands: Sequence[Errand], told: Sequence[Outcome]) -> list[Outcome]:
    """No erasure is told as done, now or earlier; everything else is as it was."""
    return [
        InDoubtError() if errand.erases and isinstance(outcome, Recorded) else outcome
        for errand, outcome in zip(errands, told, strict=True)
    ]


def _repeats(errands: Sequence[Errand], told: Sequence[Outcome]) -> bool:
    return any(
        errand.erases and isinstance(outcome, Recorded) and outcome.replayed
        for errand, outcome in zip(errands, told, strict=True)
    )
