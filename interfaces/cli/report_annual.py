"""`disposisi report annual`: what Perki 1/2021 article 56 wants to be published."""

from datetime import date

import msgspec
import rich_click as click

from interfaces import clock, csv_text, report_told
from interfaces.cli import report_read
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import json_option, settings_options
from interfaces.cli.report_read import Wanted
from interfaces.settings import Settings
from projections.reports.annual import annual
from projections.reports.compliance import Compliance
from projections.reports.period import EARLIEST, LATEST


@click.command("annual")
@click.option("--year", type=click.IntRange(EARLIEST.year, LATEST.year), required=True)
@click.option("--agency", help="A code such as bppd; without it, all agencies.")
@click.option(
    "--position", type=click.IntRange(min=0), help="As the register stood then."
)
@json_option
@settings_options
def command(
    settings: Settings,
    *,
    year: int,
    agency: str | None,
    position: int | None,
    as_json: bool,
) -> None:
    """The year's requests, times, outcomes and refusals, as CSV if not as JSON.

    Ends with 1 if the figures do not add up.
    """
    wanted = Wanted(
        first=date(year, 1, 1),
        last=date(year, 12, 31),
        agency=agency,
        channel=None,
        position=position,
        edition=None,
        now=clock.now(),
    )

    async def work(connection: Connection) -> Compliance:
        return await report_read.report_of(connection, wanted)

    with faults_told():
        of_the_year = at_the_office(settings, work)
    report = annual(of_the_year)
    if as_json:
        click.echo(msgspec.json.encode(report))
    else:
        rows = [report_told.ANNUAL_COLUMNS, *report_told.annual_rows(report)]
        click.echo(csv_text.text(rows), nl=False)
    if not report.adds_up:
        raise report_read.does_not_add_up(of_the_year)
