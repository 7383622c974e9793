"""`officials stand-in` and `stand-ins`: who acts for whom (Plh., Plt., Pj.)."""

from datetime import datetime

import msgspec
import rich_click as click

from application.office import officials, stand_ins, standards_book
from domain.stand_ins import StandIn
from domain.values import Capacity
from interfaces import clock
from interfaces.cli import operator
from interfaces.cli.office import Connection, at_the_office, told
from interfaces.cli.options import DAY, json_option, settings_options
from interfaces.settings import Settings

CAPACITY = click.Choice([capacity.value for capacity in stand_ins.CAPACITIES])


@click.command("stand-in")
@click.option("--agency", required=True, help="A code such as biro-organisasi.")
@click.option("--id", "id_", required=True, help="Who acts.")
@click.option("--for", "acting_for", required=True, help="Whose office it is.")
@click.option("--capacity", type=CAPACITY, required=True)
@click.option("--from", "first", type=DAY, required=True, help="The first day, local.")
@click.option("--until", "last", type=DAY, help="The last day; open for `acting`.")
@click.option("--decree", required=True, help="The letter of appointment.")
@json_option
@settings_options
def add(
    settings: Settings,
    *,
    agency: str,
    id_: str,
    acting_for: str,
    capacity: Capacity,
    first: datetime,
    last: datetime | None,
    decree: str,
    as_json: bool,
) -> None:
    """Appoint who acts for an absent official; again with --until to end it sooner."""
    try:
        stand_in = stand_ins.check(
            agency=agency,
            official=id_,
            acting_for=acting_for,
            capacity=Capacity(capacity),
            first=first.date(),
            last=None if last is None else last.date(),
            decree=decree,
            agencies=standards_book.load().agencies,
        )
    except officials.OfficialRefusedError as refusal:
        raise told(refusal) from refusal

    async def work(connection: Connection) -> bool:
        async with connection.transaction():
            is_new = await stand_ins.add(connection, stand_in, clock.now())
            await operator.noted(connection, f"{id_} for {acting_for} {agency}")
            return is_new

    is_new = at_the_office(settings, work)
    _tell(stand_in, as_json=as_json, note="new" if is_new else "unchanged")


@click.command("stand-ins")
@json_option
@settings_options
def list_(settings: Settings, *, as_json: bool) -> None:
    """List all appointments as they stand, by agency, absent official and day."""
    everything = at_the_office(settings, stand_ins.everything)
    if as_json:
        click.echo(msgspec.json.encode(everything))
        return
    for stand_in in everything:
        _tell(stand_in, as_json=False)


def _tell(stand_in: StandIn, *, as_json: bool, note: str | None = None) -> None:
    if as_json:
        built = msgspec.to_builtins(stand_in)
        click.echo(msgspec.json.encode(built | {"added": note}))
        return
    days = f"{stand_in.first}..{stand_in.last or ''}"
    who = f"{stand_in.official} for {stand_in.acting_for}"
    words = (days, stand_in.agency, who, stand_in.capacity, stand_in.decree)
    click.echo("  ".join(words))
