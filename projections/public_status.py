"""What everyone may know of a case by its number: stage and dates, no people."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from application import named_sql
from application.entries import Entry
from application.register import Connection
from domain import events
from domain.calendar import Calendar
from domain.case import ANSWERED, Case
from domain.values import Stage
from projections.standing import Standing

_SQL = named_sql.load(__file__)
_CASE_OF = _SQL["case_of"]

_NUMBER: Final = re.compile("[A-Z]{1,16}-[0-9]{4}-[0-9]{5,12}")


class PublicStatus(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /status/{registration_number}`; days are the agency's."""

    registration_number: str
    stage: Stage
    received_on: date
    due_on: date | None
    """The last day that was promised, whether it was kept or not."""
    answered_on: date | None
    closed_on: date | None


async def find(connection: Connection, number: str) -> UUID | None:
    """The case of a registration number; from the desk's book, so never behind."""
    said = number.upper()
    if not _NUMBER.fullmatch(said):
        return None
    cursor = await connection.execute(_CASE_OF, {"number": said}, prepare=True)
    row = await cursor.fetchone()
    return None if row is None else row[0]


def public_status(standing: Standing, calendar: Calendar) -> PublicStatus:
    """What a case's history says to everyone."""
    case = standing.case
    answered_at = _answered_at(case)
    closed_at = _closed_at(case, standing.entries)
    return PublicStatus(
        registration_number=case.registration_number,
        stage=case.stage,
        received_on=calendar.date_of(case.times[0]),
        due_on=_due_on(case),
        answered_on=None if answered_at is None else calendar.date_of(answered_at),
        closed_on=None if closed_at is None else calendar.date_of(closed_at),
    )


def _due_on(case: Case) -> date | None:
    promised = [
        clock.due.due_on
        for clock in case.clocks
        if clock.due.clock in ANSWERED and not clock.due.soft
    ]
    return min(promised, default=None)


def _answered_at(case: Case) -> datetime | None:
    met = [
        clock.met_at
        for clock in case.clocks
        if clock.due.clock in ANSWERED and clock.met_at is not None
    ]
    return min(met, default=None)


def _closed_at(case: Case, entries: Sequence[Entry]) -> datetime | None:
    """When it was closed, if it still is: the last step that could have closed it."""
    if case.stage is not Stage.CLOSED:
        return None
    return max(
        entry.occurred_at
        for entry in entries
        if isinstance(entry.event, events.Closed | events.PickupMissed)
    )
