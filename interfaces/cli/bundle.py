"""`disposisi bundle`: one file with a case, to be checked by whoever has the key."""

from pathlib import Path

import rich_click as click

from application.notary.proofs import BeyondLogError
from interfaces import bundles, clock
from interfaces.cli.case_at_hand import case_at_hand
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import settings_options
from interfaces.settings import Settings
from interfaces.trouble import OperatorError


@click.command("bundle")
@click.argument("case")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it to this file instead of standard output.",
)
@click.option(
    "--from",
    "since",
    type=click.IntRange(min=1),
    help="Size of a checkpoint that the inspector holds.",
)
@settings_options
def command(
    settings: Settings, *, case: str, out: Path | None, since: int | None
) -> None:
    """Make the bundle of CASE, a UUID or a registration number.

    Nothing that is sealed is opened. Check it with verify --bundle FILE --key FILE.
    """

    async def work(connection: Connection) -> bytes:
        return bundles.encode(await _made(connection, case, since))

    with faults_told():
        content = at_the_office(settings, work)
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as fault:
        raise OperatorError(
            indonesian=f"{out} tidak dapat ditulis: {fault.strerror}.",
            english=f"{out} cannot be written: {fault.strerror}.",
        ) from fault


async def _made(connection: Connection, case: str, since: int | None) -> bundles.Bundle:
    entries, office = await case_at_hand(connection, case)
    try:
        return await bundles.make(connection, entries, office, clock.now(), since)
    except BeyondLogError as fault:
        raise OperatorError(
            indonesian="Catatan belum sebesar itu.",
            english="The log is not that large.",
            code=1,
        ) from fault
