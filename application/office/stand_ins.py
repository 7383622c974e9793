"""Who acts for whom (Plh., Plt., Pj.): what may be entered of it, and what stands."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from application import named_sql
from application.discretion import discreet
from application.office import officials
from application.office.officials import OfficialRefusedError, UnknownOfficialError
from application.office.unit_changes import decree_of
from domain.stand_ins import StandIn
from domain.values import Capacity

_SQL = named_sql.load(__file__)
_LOCK = _SQL["lock"]
_INSERT = _SQL["insert"]
_EVERYTHING = _SQL["everything"]
_IN_OFFICE = _SQL["in_office"]
_ANNOUNCE = _SQL["announce"]

CAPACITIES: Final = (Capacity.ACTING, Capacity.DAILY_ACTING, Capacity.INTERIM)
"""In which somebody is appointed; a.n. comes with the office and needs no decree."""


class OwnStandInError(OfficialRefusedError):
    """Nobody acts for himself."""

    def __init__(self, given: str) -> None:
        super().__init__(f"{given} can not act for himself or herself")
        self.given = given


class BadTermError(OfficialRefusedError):
    """The last day lies before the first."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"the last day {last} lies before the first, {first}")
        self.first = first
        self.last = last


class OpenTermError(OfficialRefusedError):
    """Only an acting official (Plt.) is appointed without a last day."""

    def __init__(self, capacity: Capacity) -> None:
        super().__init__(f"{capacity} needs a last day")
        self.capacity = capacity


def check(
    *,
    agency: str,
    official: str,
    acting_for: str,
    capacity: Capacity,
    first: date,
    last: date | None,
    decree: str,
    agencies: Collection[str],
) -> StandIn:
    """Make an appointment of a form; raises `OfficialRefusedError` if it is wrong."""
    officials.must_be_agency(agency, agencies)
    if official == acting_for:
        raise OwnStandInError(official)
    if last is None and capacity is not Capacity.ACTING:
        raise OpenTermError(capacity)
    if last is not None and last < first:
        raise BadTermError(first, last)
    return StandIn(
        agency=agency,
        official=official,
        acting_for=acting_for,
        capacity=capacity,
        first=first,
        last=last,
        decree=decree_of(decree),
    )


async def add(conn: AsyncConnection[Any], stand_in: StandIn, at: datetime) -> bool:
    """Enter an appointment, or another end of one; False where the same stands.

    Raises `UnknownOfficialError`; the post of whom one acts for may be vacant.
    """
    values = msgspec.structs.asdict(stand_in)
    ids = [stand_in.official, stand_in.acting_for]
    async with conn.transaction():
        await conn.execute(_LOCK)
        cursor = await conn.execute(_IN_OFFICE, values | {"ids": ids})
        found = {id_ for (id_,) in await cursor.fetchall()}
        for id_ in ids:
            if id_ not in found:
                raise UnknownOfficialError(id_)
        if stand_in in await everything(conn):
            return False
        with discreet():
            await conn.execute(_INSERT, values | {"at": at})
        await conn.execute(_ANNOUNCE, values)
    return True


async def everything(conn: AsyncConnection[Any]) -> list[StandIn]:
    """List all appointments as they stand, by agency, absent official and first day."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_EVERYTHING)
        return msgspec.convert(await cursor.fetchall(), list[StandIn])
