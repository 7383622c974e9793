"""What `report` reads, of now or of any past position, and refusals in both tongues."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from datetime import date, datetime

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
from projections.reports.period import (
    EARLIEST,
    LATEST,
    Asked,
    BadPeriodError,
    BeyondCalendarsError,
)
from projections.reports.standing import Stand


class Wanted(msgspec.Struct, frozen=True):
    """What the operator asked for."""

    first: date
    last: date
    """A local day as the first, inclusive."""
    agency: AgencyCode | None
    channel: Channel | None
    position: int | None
    """Of the register, as it stood then; None is as the views serve."""
    edition: str | None
    """Of the calendar; None is the one in force."""
    now: datetime
    """By which the report judges what is not answered."""


async def report_of(connection: Connection, wanted: Wanted) -> Compliance:
    """The figures that are wanted, of all of them one position.

    Raises OperatorError for what can't be asked, and while there are no views.
    """
    asked = await _asked(connection, wanted)
    head = await register.head(connection)
    async with _standing(connection, wanted) as stand:
        groups = await compliance.figures(connection, asked)
    return compliance.stated(
        groups,
        asked,
        Statement(
            agency=wanted.agency,
            position=stand.position,
            left_out=stand.left_out,
            head=max(head, stand.position),
            generated_at=wanted.now,
            seen_by=report_told.seen_by(authority.load()),
        ),
    )


async def cases_of(
    connection: Connection, wanted: Wanted, figure: str
) -> AsyncIterator[list[CountedRow]]:
    """All that a figure counts, some hundred rows at a time, of one position.

    Raises OperatorError before the first of them, as `report_of` does.
    """
    asked = await _asked(connection, wanted)
    async with _standing(connection, wanted):
        rows = counted_cases.all_counted(lambda: nullcontext(connection), asked, figure)
        try:
            async for some in rows:
                yield some
        except NoSuchFigureError:
            raise OperatorError(
                indonesian=f"tidak ada angka {figure!r}",
                english=f"there is no figure {figure!r}",
            ) from None


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
            english="the last day lies before the first",
        ) from None
    except BeyondCalendarsError as fault:
        raise OperatorError(
            indonesian=f"hari yang dapat diminta: {EARLIEST} sampai {LATEST}",
            english=str(fault),
        ) from None


@asynccontextmanager
async def _standing(connection: Connection, wanted: Wanted) -> AsyncIterator[Stand]:
    """Look in the views as they serve, or as they were at the position wanted."""
    await connection.rollback()
    await connection.set_autocommit(True)
    try:
        if wanted.position is not None:
            async with standing.as_they_were(connection, wanted.position) as stand:
                yield stand
            return
        await copies.look_in(connection, map(Copy.serving, standing.VIEWS))
        async with standing.as_they_serve(connection) as stand:
            yield stand
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
    """What to end with after a report whose checks failed: 1, and each of them named.

    Behind a check stand its two numbers.
    """
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
