"""What `report` reads, of now or of any past position, and refusals in both tongues."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import TypeVar

import msgspec

from application import register
from application.office import authority, calendars, editions, standards_book
from domain.calendar import Calendar
from domain.values import AgencyCode, Channel
from interfaces import report_told
from interfaces.cli.office import Connection
from interfaces.trouble import OperatorError
from projections import copies
from projections.copies import Copy
from projections.reports import compliance, counted_cases, standing
from projections.reports.compliance import Compliance, Statement
from projections.reports.counted_cases import CountedRow, NoSuchFigureError
from projections.reports.period import Asked, BadPeriodError

T = TypeVar("T")


class Wanted(msgspec.Struct, frozen=True):
    """What the operator asked for."""

    first: date
    last: date
    agency: AgencyCode | None
    channel: Channel | None
    position: int | None
    edition: str | None
    now: datetime


async def report_of(connection: Connection, wanted: Wanted) -> Compliance:
    asked = await _asked(connection, wanted)
    head = await register.head(connection)
    position, groups = await _read(
        connection, wanted, lambda: compliance.figures(connection, asked)
    )
    return compliance.stated(
        groups,
        asked,
        Statement(
            agency=wanted.agency,
            position=position,
            head=max(head, position),
            generated_at=wanted.now,
            seen_by=report_told.seen_by(authority.load()),
        ),
    )


async def cases_of(
    connection: Connection, wanted: Wanted, figure: str
) -> list[CountedRow]:
    asked = await _asked(connection, wanted)
    try:
        _, rows = await _read(
            connection, wanted, lambda: _all_pages(connection, asked, figure)
        )
    except NoSuchFigureError:
        raise OperatorError(
            indonesian=f"tidak ada angka {figure!r}",
            english=f"there is no figure {figure!r}",
        ) from None
    return rows


async def _all_pages(
    connection: Connection, asked: Asked, figure: str
) -> list[CountedRow]:
    rows: list[CountedRow] = []
    place = None
    while True:
        page = await counted_cases.counted_cases(connection, asked, figure, place)
        rows += page.items
        if page.next is None:
            return rows
        place = counted_cases.Place.read(page.next)


async def _asked(connection: Connection, wanted: Wanted) -> Asked:
    known = await editions.load(connection, calendars.load())
    if wanted.edition is not None and wanted.edition not in known.kept:
        raise OperatorError(
            indonesian=f"tidak ada edisi kalender {wanted.edition!r}",
            english=f"there is no edition {wanted.edition!r} of the calendar",
        )
    table = known.named(wanted.edition or known.in_force.edition)
    zones = {one.agency.code: one.agency.zone for one in standards_book.load()}
    if wanted.agency is not None and wanted.agency not in zones:
        raise OperatorError(
            indonesian=f"tidak ada perangkat daerah {wanted.agency!r}",
            english=f"there is no agency {wanted.agency!r}",
        )
    placed: list[tuple[AgencyCode, Calendar]] = [
        (code, table.calendar(zone, code))
        for code, zone in zones.items()
        if wanted.agency in {None, code}
    ]
    try:
        return Asked.of(wanted.first, wanted.last, placed, wanted.now, wanted.channel)
    except BadPeriodError:
        raise OperatorError(
            indonesian="hari terakhir tidak boleh sebelum hari pertama",
            english="the last day lies before the first, or beyond all calendars",
        ) from None


async def _read(
    connection: Connection, wanted: Wanted, read: Callable[[], Awaitable[T]]
) -> tuple[int, T]:
    """Read the views as they serve, or as they were; and the position of that."""
    await connection.rollback()
    await connection.set_autocommit(True)
    try:
        if wanted.position is not None:
            async with standing.as_they_were(connection, wanted.position) as position:
                return position, await read()
        await copies.look_in(connection, map(Copy.serving, standing.VIEWS))
        return await standing.as_they_serve(connection, read)
    except standing.NotSoFarError as fault:
        raise OperatorError(
            indonesian=f"register baru sampai posisi {fault.head}",
            english=f"the register ends at the position {fault.head}",
        ) from fault
    except standing.NoViewsError as fault:
        raise OperatorError(
            indonesian="tampilan belum ada: jalankan `serve`, atau sebut --position",
            english="there are no views yet: run `serve` first, or say --position",
            code=1,
        ) from fault


def does_not_add_up(report: Compliance) -> OperatorError:
    failed = "; ".join(
        f"{group.agency or '*'} {group.channel or '*'}: {check.check}"
        f" ({check.left} / {check.right})"
        for group in report.groups
        for check in group.checks
        if not check.holds
    )
    return OperatorError(
        indonesian=f"angka tidak cocok: {failed}",
        english=f"the figures do not add up: {failed}",
        code=1,
    )
