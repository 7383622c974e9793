"""Files whose time is over: computed and proposed, for a person to decide (retensi)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from application import named_sql
from application.register import Connection
from domain import holds, keeping
from domain.case import Case
from domain.holds import Concerned
from domain.office import Office
from domain.values import AgencyCode, PersonId

_AGED: Final = named_sql.load(__file__)["aged"]


class KeptUntil(msgspec.Struct, frozen=True):
    """One of the days that had to be over."""

    why: str
    on: date


class RetentionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A file whose time is over."""

    case: UUID
    registration_number: str
    agency: AgencyCode
    person: PersonId
    version: int
    closed_at: datetime
    ended_on: date
    """The last day that kept it."""
    because: tuple[KeptUntil, ...]
    citation: str


class Aged(NamedTuple):
    """A finished case that was received long ago."""

    case: UUID
    position: int
    """Its place in the list."""
    person: PersonId


class RetentionPage(msgspec.Struct, frozen=True):
    """Such files, the oldest first."""

    items: tuple[RetentionLine, ...]
    next: str | None


async def aged(
    connection: Connection,
    agencies: Sequence[AgencyCode],
    before: datetime,
    behind: int,
    limit: int,
) -> list[Aged]:
    """Finished cases received before an instant, of persons who are not erased."""
    where = {
        "agencies": list(agencies),
        "before": before,
        "behind": behind,
        "limit": limit,
    }
    cursor = await connection.execute(_AGED, where)
    return [Aged(*row) for row in await cursor.fetchall()]


def proposed(
    case_id: UUID,
    case: Case,
    version: int,
    concerned: Sequence[Concerned],
    *,
    office: Office,
    now: datetime,
) -> RetentionLine | None:
    """The line of a case that may go, by the rule that decides; None while it may not.

    `concerned` are all the matters that touch the person's data.
    """
    found = keeping.of_all(case, concerned, office)
    over = keeping.ended_on(found)
    if found is None or over is None or case.finished_at is None:
        return None
    if over >= office.calendar.date_of(now) or holds.holds(concerned, now):
        return None
    return RetentionLine(
        case=case_id,
        registration_number=case.registration_number,
        agency=case.agency,
        person=case.person,
        version=version,
        closed_at=office.calendar.local(case.finished_at),
        ended_on=over,
        because=tuple(KeptUntil(end.why, end.on) for end in found),
        citation=office.data_law.retention.citation,
    )
