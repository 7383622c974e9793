"""A case that an operator means, by its id or its number, with its office."""

import re
from typing import Final
from uuid import UUID

from application import named_sql, register
from application.entries import Entry
from application.office import (
    calendars,
    directory,
    editions,
    legal_book,
    standards_book,
)
from application.office.offices import Offices
from domain import events
from domain.office import Office
from interfaces.cli.office import Connection
from interfaces.trouble import OperatorError

_NUMBER: Final = re.compile(r"[A-Z0-9-]+-[0-9]{4}-[0-9]+")
"""As in BPPD-2026-00007."""
CASE_NUMBERED = named_sql.load(__file__)["case_numbered"]


async def case_at_hand(connection: Connection, case: str) -> tuple[list[Entry], Office]:
    """The case's history, and the office under the standard that it came in under.

    Raises OperatorError where there is no such case, or where none can be so named.
    """
    entries = await register.entries_of(connection, await _stream(connection, case))
    received = entries[0].event if entries else None
    if not isinstance(received, events.Received):
        raise OperatorError(
            indonesian=f"tidak ada perkara {case!r}",
            english=f"there is no case {case!r}",
            code=1,
        )
    officials = await directory.load(connection)
    known = await editions.load(connection, calendars.load())
    offices = Offices(
        standards_book.load(), lambda: known, legal_book.load(), lambda: officials
    )
    return entries, offices.under(received.standard)


async def _stream(connection: Connection, case: str) -> UUID:
    try:
        return UUID(case)
    except ValueError:
        if not _NUMBER.fullmatch(case.upper()):
            raise OperatorError(
                indonesian=f"{case!r} bukan UUID dan bukan nomor registrasi",
                english=f"{case!r} is neither a UUID nor a registration number",
            ) from None
        found = await connection.execute(CASE_NUMBERED, {"number": case.upper()})
        row = await found.fetchone()
        return UUID(int=0) if row is None else row[0]
