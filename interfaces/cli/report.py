"""`disposisi report`: figures of a period, of now or of any past position."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

import msgspec
import rich_click as click

from application import register
from application.office import authority, calendars, editions, standards_book
from domain.calendar import Calendar
from domain.values import AgencyCode, Channel
from interfaces import clock, csv_text, report_told
from interfaces.cli import figures_told, report_registers
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import DAY, json_option, settings_options
from interfaces.cli.replay import Instant
from interfaces.settings import Settings
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

    first: datetime
    last: datetime
    agency: AgencyCode | None
    channel: Channel | None
    position: int | None
    edition: str | None
    now: datetime


@click.group("report")
def command() -> None:
    """Reports over the register, with the cases behind every figure."""


command.add_command(report_registers.command)


@command.command("compliance")
@click.option("--from", "first", type=DAY, required=True, help="The first local day.")
@click.option("--to", "last", type=DAY, required=True, help="The last one, inclusive.")
@click.option("--agency", help="A code such as bppd; without it, all agencies.")
@click.option("--channel", type=click.Choice([each.value for each in Channel]))
@click.option("--cases", "figure", help="List what this figure counts instead.")
@click.option(
    "--position",
    type=click.IntRange(min=0),
    help="As the register stood then: a report states it, and runs again so.",
)
@click.option("--calendar", "edition", help="The calendar's edition that it states.")
@click.option("--as-of", type=Instant(), help="Its generated_at, in a running period.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a spreadsheet.")
@json_option
@settings_options
def compliance_(
    settings: Settings,
    *,
    first: datetime,
    last: datetime,
    agency: str | None,
    channel: str | None,
    figure: str | None,
    position: int | None,
    edition: str | None,
    as_of: datetime | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """What came in, what was answered and when, what is left; 1 if it adds up not."""
    if as_csv and as_json:
        message = "--json and --csv exclude each other"
        raise click.UsageError(message)
    wanted = Wanted(
        first=first,
        last=last,
        agency=agency,
        channel=None if channel is None else Channel(channel),
        position=position,
        edition=edition,
        now=as_of or clock.now(),
    )
    if figure is not None:
        _list(settings, wanted, figure, as_json=as_json)
        return

    async def work(connection: Connection) -> Compliance:
        return await _report(connection, wanted)

    with faults_told():
        report = at_the_office(settings, work)
    if as_json:
        click.echo(msgspec.json.encode(report))
    elif as_csv:
        rows = [report_told.COLUMNS, *report_told.rows(report)]
        click.echo(csv_text.text(rows), nl=False)
    else:
        for line in figures_told.lines(report):
            click.echo(line)
    if not report.adds_up:
        raise _does_not_add_up(report)


def _list(settings: Settings, wanted: Wanted, figure: str, *, as_json: bool) -> None:
    async def work(connection: Connection) -> list[CountedRow]:
        return await _cases(connection, wanted, figure)

    with faults_told():
        rows = at_the_office(settings, work)
    if as_json:
        click.echo(msgspec.json.encode(rows))
    else:
        told: list[csv_text.Row] = [csv_text.header(CountedRow), *rows]
        click.echo(csv_text.text(told), nl=False)


async def _report(connection: Connection, wanted: Wanted) -> Compliance:
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


async def _cases(
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
    first, last = wanted.first.date(), wanted.last.date()
    try:
        return Asked.of(first, last, placed, wanted.now, wanted.channel)
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


def _does_not_add_up(report: Compliance) -> OperatorError:
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
