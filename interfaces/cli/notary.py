"""`disposisi notary`: a checkpoint now, and a new key, beside a running server."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec
import rich_click as click

from application.notary import schedule
from application.notary.notary import Notary
from application.notary.published import KEY
from application.notary.refusals import ShortLogError
from interfaces import database, sealing
from interfaces.cli import operator
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import json_option, settings_options
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings
from interfaces.trouble import OperatorError

T = TypeVar("T")


@click.group("notary")
def command() -> None:
    """Look after the log that shows whether the register was changed."""


@command.command("checkpoint")
@json_option
@settings_options
def checkpoint(settings: Settings, *, as_json: bool) -> None:
    """Sign what is sealed by now, publish it, and print the signed note.

    Nothing new is signed where the log has not grown. What was recorded within the last
    second may not be sealed yet.
    """
    signed = _asked(settings, Notary.checkpoint)
    if as_json:
        told = {"size": signed.told.size, "checkpoint": signed.note}
        click.echo(msgspec.json.encode(told))
    else:
        click.echo(signed.note, nl=False)


@command.command("rotate")
@json_option
@settings_options
def rotate(settings: Settings, *, as_json: bool) -> None:
    """Make a new signing key, introduced by the old one; print its public half.

    It signs what is sealed from now on. Hand out the file that is named as well: with
    all keys in it, whatever was ever signed can be checked.

    What is sealed by now is signed with the old key first, and stays as good as it was;
    the old private key is gone. The sealer works on and needs no restart.
    """
    database.must_be_there(settings)

    async def begun(connection: Connection) -> None:
        await operator.begun(connection, "notary")

    at_the_office(settings, begun)
    key = str(_asked(settings, Notary.rotate))
    keys = DataFolder(settings.data_path).path / "log" / KEY
    if as_json:
        told = {"verifier_key": key, "keys_file": str(keys)}
        click.echo(msgspec.json.encode(told))
        return
    click.echo(key)
    click.echo(f"bagikan berkas ini / hand out this file: {keys}", err=True)


def _asked(settings: Settings, what: Callable[[Notary], Awaitable[T]]) -> T:
    """Ask the notary; what it refuses is told to the operator."""
    database.must_be_there(settings)

    async def work(url: str) -> T:
        return await what(sealing.notary(settings.with_database(url)))

    with database.opened(settings) as url:
        database.migrate(url)
        try:
            return asyncio.run(work(url))
        except ShortLogError as refusal:
            raise OperatorError(
                indonesian=(
                    "Notaris menolak menandatangani: basis data berisi"
                    f" {refusal.size} entri, sedangkan checkpoint terakhir mencakup"
                    f" {refusal.signed}. Pulihkan cadangan yang mencakup checkpoint"
                    " itu, dan simpan folder terbitan sebagai bukti yang hilang."
                ),
                english=f"The notary refuses to sign: {refusal}.",
                code=1,
            ) from refusal
        except schedule.REFUSALS as refusal:
            raise OperatorError(
                indonesian=f"Notaris menolak menandatangani: {refusal}.",
                english=f"The notary refuses to sign: {refusal}.",
                code=1,
            ) from refusal
