"""The program's own calendar, among the editions before anything rests on it."""

from typing import Any

from psycopg import AsyncConnection

from application.office import calendars, editions
from application.office.calendars import HolidayTable
from interfaces.trouble import OperatorError


async def enter_built_in(url: str) -> None:
    """Make sure that it stands; OperatorError where its name stands for other days."""
    async with await AsyncConnection.connect(url) as connection:
        await built_in(connection)


async def built_in(connection: AsyncConnection[Any]) -> HolidayTable:
    """The same on an open connection; answers the calendar."""
    table = calendars.load()
    try:
        await editions.enter_built_in(connection, table)
    except editions.EditionChangedError as fault:
        raise OperatorError(
            indonesian=f"Kalender {fault.edition!r} sudah tersimpan dengan hari lain;"
            f" beri edisi di {calendars.FOLDER} nama baru.",
            english=f"The calendar {fault.edition!r} is kept with other days;"
            f" give the edition in {calendars.FOLDER} a new name.",
            code=1,
        ) from fault
    return table
