"""Files whose time is over: computed and proposed, for a person to decide (retensi)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec

from application import named_sql
from application.register import Connection
from domain.case import Case
from domain.holds import Concerned
from domain.office import Office
from domain.retention import ended_on, ends
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
) -> list[tuple[UUID, int]]:
    """Finished cases received before an instant, with their places in the list."""
    where = {
        "agencies": list(agencies),
        "before": before,
        "behind": behind,
        "limit": limit,
    }
    cursor = await connection.execute(_AGED, where)
    return [(case, position) for case, position in await cursor.fetchall()]


def proposed(
    case_id: UUID,
    case: Case,
    version: int,
    beside: Sequence[Concerned],
    *,
    office: Office,
    today: date,
) -> RetentionLine | None:
    """The line of a case whose time is over; None while it is not."""
    found = ends(case, beside, office)
    over = ended_on(found)
    if found is None or over is None or over >= today or case.finished_at is None:
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
