"""`disposisi token`: a bearer token for an official."""

import rich_click as click

from application.office import tokens
from interfaces import clock
from interfaces.cli import operator
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import settings_options
from interfaces.settings import Settings


@click.command("token")
@click.argument("official", metavar="ID")
@settings_options
def command(settings: Settings, official: str) -> None:
    """Print a new bearer token of an official, alone and for the only time."""

    async def work(connection: Connection) -> str:
        async with connection.transaction():
            issued = await tokens.issue(connection, official, clock.now())
            await operator.noted(connection, official)
            return issued

    click.echo(at_the_office(settings, work))
