"""`officials unit` and `units`: units renamed or merged from a day on."""

from datetime import datetime

import msgspec
import rich_click as click

from application.office import officials, standards_book, unit_changes
from domain.units import UnitChange
from interfaces import clock
from interfaces.cli import operator
from interfaces.cli.office import Connection, at_the_office, told
from interfaces.cli.options import DAY, json_option, settings_options
from interfaces.settings import Settings


@click.command("unit")
@click.option("--agency", required=True, help="A code such as biro-organisasi.")
@click.option("--from", "old", required=True, help="Its path until then.")
@click.option("--to", "new", required=True, help="Its path from that day on.")
@click.option("--effective", type=DAY, required=True, help="The first day, local.")
@click.option("--decree", required=True, help="What orders it.")
@json_option
@settings_options
def add(
    settings: Settings,
    *,
    agency: str,
    old: str,
    new: str,
    effective: datetime,
    decree: str,
    as_json: bool,
) -> None:
    """Rename a unit from a day on, or merge it into another; past cases keep theirs."""
    try:
        change = unit_changes.check(
            agency=agency,
            old=old,
            new=new,
            effective_on=effective.date(),
            decree=decree,
            agencies=standards_book.load().agencies,
        )
    except officials.OfficialRefusedError as refusal:
        raise told(refusal) from refusal

    async def work(connection: Connection) -> bool:
        async with connection.transaction():
            is_new = await unit_changes.add(connection, change, clock.now())
            await operator.noted(connection, f"{old} to {new} {agency}")
            return is_new

    is_new = at_the_office(settings, work)
    _tell(change, as_json=as_json, note="new" if is_new else "unchanged")


@click.command("units")
@json_option
@settings_options
def list_(settings: Settings, *, as_json: bool) -> None:
    """List all changes of units, by agency and day."""
    everything = at_the_office(settings, unit_changes.everything)
    if as_json:
        click.echo(msgspec.json.encode(everything))
        return
    for change in everything:
        _tell(change, as_json=False)


def _tell(change: UnitChange, *, as_json: bool, note: str | None = None) -> None:
    if as_json:
        click.echo(msgspec.json.encode(msgspec.to_builtins(change) | {"added": note}))
        return
    path = f"{change.old} -> {change.new}"
    words = (str(change.effective_on), change.agency, path, change.decree)
    click.echo("  ".join(words))
