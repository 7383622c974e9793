"""The editions of the office calendar: each is kept, the last announced is in force.

The set that comes with the program is the first. A later release's is entered too, but
moves no deadline by itself: an announcement puts it in force by naming it as its base.
"""

from collections.abc import Mapping
from typing import Any, Final, Self

import msgspec
from psycopg import AsyncConnection

from application import named_sql
from application.office.calendars import HolidayTable

CHANNEL: Final = "calendar_announced"
"""Where PostgreSQL notifies of every new edition."""

_SQL = named_sql.load(__file__)
_ENTER_BUILT_IN = _SQL["enter_built_in"]
_BODY = _SQL["body"]
_EVERYTHING = _SQL["everything"]
_HOLD_THE_REGISTER = _SQL["hold_the_register"]
_ENTER = _SQL["enter"]
_ANNOUNCE = _SQL["announce"]

_read = msgspec.json.Decoder(HolidayTable).decode
_encode = msgspec.json.Encoder().encode


class EditionChangedError(Exception):
    """An edition of that name stands with other days; changed days need a new name."""

    def __init__(self, edition: str) -> None:
        super().__init__(f"the edition {edition!r} stands with other days")
        self.edition = edition


class Editions(msgspec.Struct, frozen=True):
    """All editions that a due date may name, and the one in force."""

    in_force: HolidayTable
    kept: Mapping[str, HolidayTable]
    bases: Mapping[str, str] = {}
    """Of an announced edition: the one that it changed."""

    @classmethod
    def alone(cls, table: HolidayTable) -> Self:
        """A single edition, as before anything was announced."""
        return cls(in_force=table, kept={table.edition: table})

    def named(self, edition: str) -> HolidayTable:
        """That edition, or the one in force where nobody knows it."""
        return self.kept.get(edition, self.in_force)


async def enter_built_in(connection: AsyncConnection[Any], table: HolidayTable) -> None:
    """Make sure that the program's own set stands; raises EditionChangedError."""
    body = _encode(table).decode()
    edition = {"edition": table.edition}
    async with connection.transaction():
        await connection.execute(_ENTER_BUILT_IN, edition | {"body": body})
        row = await (await connection.execute(_BODY, edition)).fetchone()
    if row is None or _read(row[0]) != table:
        raise EditionChangedError(table.edition)


async def load(connection: AsyncConnection[Any], built_in: HolidayTable) -> Editions:
    """Read all; the program's own is in force until something was entered."""
    cursor = await connection.execute(_EVERYTHING)
    in_force = built_in
    kept = {built_in.edition: built_in}
    bases: dict[str, str] = {}
    for edition, was_in_force, based_on, body in await cursor.fetchall():
        table = kept[edition] = _read(body)
        if was_in_force:
            in_force = table
        if based_on is not None:
            bases[edition] = based_on
    return Editions(in_force=in_force, kept=kept, bases=bases)


async def enter(
    connection: AsyncConnection[Any], table: HolidayTable, based_on: str
) -> None:
    """Put a new edition in force, within the caller's transaction.

    Until that commits nobody records; who recorded before is in the register by then.
    """
    await connection.execute(_HOLD_THE_REGISTER)
    said = {"edition": table.edition, "based_on": based_on}
    await connection.execute(_ENTER, said | {"body": _encode(table).decode()})
    await connection.execute(_ANNOUNCE, {"edition": table.edition})
