"""Where tasks lie: of cases, of complaints and of objections, each in its own view."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, LiteralString, NamedTuple
from uuid import UUID

import msgspec
from msgspec.structs import replace
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.values import AgencyCode, OfficialId, Role
from projections.desks import Desk
from projections.owed import ABOUT_COMPLAINTS, ABOUT_OBJECTIONS, IN_CASES, Duty
from projections.stages import AnyStage
from projections.work_page import Place

_SQL = named_sql.load(__file__)
_UNITS = _SQL["units"]
_NUMBERS = _SQL["numbers"]


class Pile(NamedTuple):
    """The tasks of one view."""

    duties: Collection[Duty]
    waiting: LiteralString
    counted: LiteralString


PILES: Final = (
    Pile(IN_CASES, _SQL["cases"], _SQL["cases_counted"]),
    Pile(ABOUT_COMPLAINTS, _SQL["complaints"], _SQL["complaints_counted"]),
    Pile(ABOUT_OBJECTIONS, _SQL["objections"], _SQL["objections_counted"]),
)


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One task on a desk of the caller."""

    task: Duty
    case: UUID | None
    matter: UUID
    registration_number: str | None = None
    agency: AgencyCode
    channel: str | None
    stage: AnyStage
    role: Role
    holder: OfficialId
    in_own_post: bool
    since: datetime
    due_on: date | None
    due_at: datetime | None
    target_at: datetime | None = None
    whose_turn: str | None = None
    position: int

    @property
    def place(self) -> Place:
        """Where it stands in the list: by what is first over of limit and target."""
        ends = [at for at in (self.due_at, self.target_at) if at is not None]
        return Place.of(min(ends, default=None), self.position, self.task)


async def units(
    connection: Connection, agencies: Sequence[AgencyCode]
) -> dict[AgencyCode, list[str]]:
    """The units under which tasks stand, in each of the agencies."""
    found: dict[AgencyCode, list[str]] = {}
    cursor = await connection.execute(
        _UNITS, {"agencies": list(agencies)}, prepare=True
    )
    for agency, unit in await cursor.fetchall():
        found.setdefault(agency, []).append(unit)
    return found


async def waiting(
    connection: Connection, pile: Pile, desks: Sequence[Desk], filters: dict[str, Any]
) -> list[Found]:
    """The first tasks of a page on these desks, in the order of the list."""
    async with connection.cursor(binary=True, row_factory=class_row(Found)) as cursor:
        # Planned each time for the filters that are there: unused ones cost nothing.
        await cursor.execute(pile.waiting, filters | columns(desks), prepare=False)
        found = await cursor.fetchall()
    return [replace(one, stage=AnyStage(one.stage)) for one in found]


async def counted(
    connection: Connection, pile: Pile, desks: Sequence[Desk], filters: dict[str, Any]
) -> dict[str, int]:
    """How many tasks of each kind there are on these desks."""
    cursor = await connection.execute(
        pile.counted, filters | columns(desks), prepare=False
    )
    return dict(await cursor.fetchall())


def columns(desks: Sequence[Desk]) -> dict[str, object]:
    """The desks, as every pile's statements ask for them."""
    return {
        "n": list(range(len(desks))),
        "agency": [desk.agency for desk in desks],
        "today": [desk.today for desk in desks],
        "task": [str(desk.duty) for desk in desks],
        "role": [str(desk.role) for desk in desks],
        "whose": [str(desk.whose) for desk in desks],
        "holder": [desk.holder for desk in desks],
        "in_own_post": [desk.in_own_post for desk in desks],
        "units": [
            None if desk.units is None else "\n".join(desk.units) for desk in desks
        ],
    }


async def numbers(connection: Connection, shown: Sequence[Found]) -> Mapping[UUID, str]:
    """Registration numbers of the cases that complaints and objections are about."""
    wanted = [
        one.case
        for one in shown
        if one.case is not None and one.registration_number is None
    ]
    if not wanted:
        return {}
    cursor = await connection.execute(_NUMBERS, {"cases": wanted}, prepare=True)
    return dict(await cursor.fetchall())
