"""`disposisi report`: figures of a period, of now or of any past position."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from datetime import datetime

import msgspec
import rich_click as click

from domain.values import Channel
from interfaces import clock, csv_text, report_told
from interfaces.cli import (
    figures_told,
    report_annual,
    report_read,
    report_registers,
)
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import DAY, json_option, settings_options
from interfaces.cli.replay import Instant
from interfaces.cli.report_read import Wanted
from interfaces.settings import Settings
from projections.reports.compliance import Compliance
from projections.reports.counted_cases import CountedRow


@click.group("report")
def command() -> None:
    """Reports over the register, with the cases behind every figure."""


command.add_command(report_annual.command)
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
    """What came in, was answered and is left; ends with 1 if it does not add up."""
    if as_csv and as_json:
        message = "--json and --csv exclude each other"
        raise click.UsageError(message)
    wanted = Wanted(
        first=first.date(),
        last=last.date(),
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
        return await report_read.report_of(connection, wanted)

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
        raise report_read.does_not_add_up(report)


def _list(settings: Settings, wanted: Wanted, figure: str, *, as_json: bool) -> None:
    """Print rows as they come: a list may be longer than the memory holds."""

    async def work(connection: Connection) -> None:
        pages = report_read.cases_of(connection, wanted, figure)
        async with aclosing(_json(pages) if as_json else _csv(pages)) as told:
            async for part in told:
                click.echo(part, nl=False)

    with faults_told():
        at_the_office(settings, work)


async def _json(pages: AsyncIterator[list[CountedRow]]) -> AsyncGenerator[bytes, None]:
    between = b"["
    async for page in pages:
        for row in page:
            yield between + msgspec.json.encode(row)
            between = b",\n"
    yield b"[]\n" if between == b"[" else b"]\n"


async def _csv(pages: AsyncIterator[list[CountedRow]]) -> AsyncGenerator[bytes, None]:
    columns: list[csv_text.Row] = [csv_text.header(CountedRow)]
    async for page in pages:
        yield csv_text.text([*columns, *page]).encode()
        columns = []
    yield csv_text.text(columns).encode()
