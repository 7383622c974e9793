"""`disposisi parked`: what the views could not take, and another try for it."""

import msgspec
import rich_click as click

from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import json_option, settings_options
from interfaces.settings import Settings
from projections import parking
from projections.parking import ParkedEntry
from projections.views import SERVING


@click.command("parked")
@click.option("--retry", is_flag=True, help="Let the views try them again.")
@json_option
@settings_options
def command(settings: Settings, *, retry: bool, as_json: bool) -> int:
    """List the entries that a view could not take; 1 while there are any."""

    async def work(connection: Connection) -> list[ParkedEntry]:
        await connection.set_autocommit(True)
        if retry:
            await parking.retry(connection, SERVING)
        return await parking.parked(connection, SERVING)

    found = at_the_office(settings, work)
    if as_json:
        click.echo(msgspec.json.encode({"parked": found}))
    else:
        for one in found:
            click.echo(_line(one))
    return 1 if found else 0


def _line(one: ParkedEntry) -> str:
    since = one.since.isoformat(timespec="seconds")
    return (
        f"{one.view}  {one.case} version {one.version} (position {one.position})"
        f"  {one.type}  {one.error}  since {since}"
    )
