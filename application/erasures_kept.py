"""Who was erased stands outside the database too, before the act is answered."""

import asyncio
from collections.abc import Sequence

import structlog

from application.desk_errors import InDoubtError
from application.erased_ledger import ErasedLedger, LedgerBrokenError, lines_of
from application.errands import Errand
from application.page import Page
from application.replies import Outcome

log = structlog.get_logger(__name__)


async def kept(
    ledger: ErasedLedger | None,
    errands: Sequence[Errand],
    told: list[Outcome],
    page: Page,
) -> list[Outcome]:
    """Enter the page's erasures, after the commit, and answer what may be told.

    Where the ledger can't be written the erasure stands, but nobody is told so: the
    next start makes up for the ledger.
    """
    if ledger is None or not page.erasures:
        return told
    lines = list(lines_of(page.erasures, page.recorded_at))
    try:
        await asyncio.to_thread(ledger.enter, lines)
    except (OSError, LedgerBrokenError) as trouble:
        log.critical("erasure_not_in_ledger", exc_info=trouble)
        return [
            InDoubtError() if errand.erases else outcome
            for errand, outcome in zip(errands, told, strict=True)
        ]
    return told
