"""`disposisi issuer`: the key that our own access tokens are signed with."""

import rich_click as click

from application.office import directory
from interfaces import database
from interfaces.cli import operator
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import settings_options
from interfaces.identities import issuer_of
from interfaces.settings import Settings


@click.group("issuer")
def command() -> None:
    """Look after the key of our own access tokens."""


@command.command("rotate")
@click.option(
    "--seen",
    is_flag=True,
    help="Somebody may have seen the key: end every token under it at once.",
)
@settings_options
def rotate(settings: Settings, *, seen: bool) -> None:
    """Sign with a new key from now on, and print its id.

    Works beside a running server. Tokens under the former key are good until they end,
    ten minutes at most.
    """
    database.must_be_there(settings)

    async def work(connection: Connection) -> str:
        await operator.begun(connection, "issuer")
        kid = issuer_of(settings).keys.rotate(keep_former=not seen)
        async with connection.transaction():
            # Workers forget whom they believed, and ask the key file again.
            await directory.announce(connection, "")
        return kid

    with faults_told():
        click.echo(at_the_office(settings, work))
