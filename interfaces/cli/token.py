"""`disposisi token`: a bearer token for an official."""

import rich_click as click

from application.office import tokens
from interfaces import clock
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import settings_options
from interfaces.settings import Settings


@click.command("token")
@click.argument("official", metavar="ID")
@settings_options
def command(settings: Settings, official: str) -> None:
    """Print a new bearer token of an official, alone and for the only time."""

    async def work(connection: Connection) -> str:
        return await tokens.issue(connection, official, clock.now())

    click.echo(at_the_office(settings, work))
