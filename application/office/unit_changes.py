"""Units renamed or merged: what may be entered of it, and what stands entered."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from application import named_sql
from application.discretion import discreet
from application.office import officials
from application.office.officials import OfficialRefusedError
from domain.units import UnitChange, is_circular, path_on

_SQL = named_sql.load(__file__)
_LOCK = _SQL["lock"]
_INSERT = _SQL["insert"]
_EVERYTHING = _SQL["everything"]
_UNITS = _SQL["units"]
_ANNOUNCE = _SQL["announce"]

LONGEST_DECREE: Final = 200


class BadDecreeError(OfficialRefusedError):
    """The decree is blank, too long or holds control characters."""

    def __init__(self) -> None:
        super().__init__("a decree has 1 to 200 characters, none of them control ones")


class UnknownUnitError(OfficialRefusedError):
    """No official of the agency has, on that day, such a unit or one below it."""

    def __init__(self, given: str, day: date) -> None:
        super().__init__(f"there is no unit {given!r} on {day}")
        self.given = given


class CircularUnitChangeError(OfficialRefusedError):
    """A unit would come back to a path that it has left."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"{old!r} can not become {new!r}: that goes in a circle")
        self.old = old
        self.new = new


class UnitGoneError(OfficialRefusedError):
    """The new unit itself bears another path by then."""

    def __init__(self, given: str, by_then: str) -> None:
        super().__init__(f"the unit {given!r} is {by_then!r} by then")
        self.given = given
        self.by_then = by_then


class UnitChangeExistsError(OfficialRefusedError):
    """That unit already becomes another one on that day."""

    def __init__(self, standing: UnitChange) -> None:
        super().__init__(
            f"{standing.old!r} already becomes {standing.new!r} "
            f"on {standing.effective_on}"
        )
        self.standing = standing


def check(
    *,
    agency: str,
    old: str,
    new: str,
    effective_on: date,
    decree: str,
    agencies: Collection[str],
) -> UnitChange:
    """Make a change of what a form says; `OfficialRefusedError` where it is wrong."""
    officials.must_be_agency(agency, agencies)
    officials.must_be_unit(old)
    officials.must_be_unit(new)
    return UnitChange(
        agency=agency,
        old=old,
        new=new,
        effective_on=effective_on,
        decree=decree_of(decree),
    )


def decree_of(given: str) -> str:
    """The decree as it is kept; raises `BadDecreeError`."""
    if not officials.is_line(given, LONGEST_DECREE):
        raise BadDecreeError
    return given.strip()


async def add(conn: AsyncConnection[Any], change: UnitChange, at: datetime) -> bool:
    """Enter a change that `check` made; False where the same stood there already.

    Raises `OfficialRefusedError` where it does not fit what is entered.
    """
    async with conn.transaction():
        await conn.execute(_LOCK)
        standing = [
            one for one in await everything(conn) if one.agency == change.agency
        ]
        for one in standing:
            if (one.old, one.effective_on) == (change.old, change.effective_on):
                if one.new == change.new:
                    return False
                raise UnitChangeExistsError(one)
        cursor = await conn.execute(_UNITS, {"agency": change.agency})
        units = [unit for (unit,) in await cursor.fetchall()]
        _must_fit(change, standing, units)
        with discreet():
            values = msgspec.structs.asdict(change)
            await conn.execute(_INSERT, values | {"at": at})
        await conn.execute(_ANNOUNCE, {"agency": change.agency})
    return True


def _must_fit(
    change: UnitChange, standing: Sequence[UnitChange], units: Sequence[str]
) -> None:
    day = change.effective_on
    if not any(change.is_of(path_on(unit, standing, day)) for unit in units):
        raise UnknownUnitError(change.old, day)
    if is_circular((*standing, change)):
        raise CircularUnitChangeError(change.old, change.new)
    if (by_then := path_on(change.new, standing, day)) != change.new:
        raise UnitGoneError(change.new, by_then)


async def everything(conn: AsyncConnection[Any]) -> list[UnitChange]:
    """List all changes, by agency and day."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_EVERYTHING)
        return msgspec.convert(await cursor.fetchall(), list[UnitChange])
