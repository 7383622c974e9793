"""`disposisi notary`: a checkpoint now, and a new key, beside a running server."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import msgspec
import rich_click as click

from application.notary import schedule
from application.notary.beginning import Begun, begin_anew
from application.notary.notary import Notary
from application.notary.published import KEY, PREDECESSOR
from application.notary.succession import MOST_OF_REASON
from interfaces import database, refusals_told, sealing
from interfaces.cli import operator
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import json_option, settings_options
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings

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


@command.command("begin")
@click.option(
    "--reason",
    required=True,
    help="Why, in one line; it is published with the new log, and names nobody.",
)
@click.option(
    "--lost",
    type=click.IntRange(min=1),
    help="So many signed entries are given up; without it, it is told how many.",
)
@json_option
@settings_options
def begin(settings: Settings, *, reason: str, lost: int | None, as_json: bool) -> None:
    """Begin another log, after the restore of a backup older than the last checkpoint.

    First compare the checkpoints and copies that are held elsewhere: a database that
    was tampered with looks the same. Then look for a backup that reaches the
    checkpoint: what only the old log covers is lost, and --lost says so. The new log
    has a name and a key of its own, and begins with what the register holds now. The
    old one is kept beside it, and a note by its key says which follows.

    Hand out the new key and the file `predecessor`. Refused while the log can go on.
    """
    reason = " ".join(reason.split())
    if not reason or len(reason) > MOST_OF_REASON or not reason.isprintable():
        said = f"--reason: 1-{MOST_OF_REASON} huruf / characters"
        raise click.UsageError(said)
    database.must_be_there(settings)

    async def begun(connection: Connection) -> None:
        await operator.begun(connection, "notary")

    async def begin_it(url: str) -> Begun:
        data = DataFolder(settings.data_path)
        done = await begin_anew(url, data.notary, data.log, reason, lost)
        await sealing.notary(settings.with_database(url)).checkpoint()
        return done

    at_the_office(settings, begun)
    done = _done(settings, begin_it)
    told = done.succession
    note = DataFolder(settings.data_path).log / PREDECESSOR
    if as_json:
        shown = {
            "origin": told.key.name,
            "verifier_key": str(told.key),
            "kept": told.kept,
            "signed": told.last.size,
            "predecessor": str(note),
            "aside": None if done.aside is None else str(done.aside),
        }
        click.echo(msgspec.json.encode(shown))
        return
    click.echo(str(told.key))
    if done.aside is not None:
        click.echo(f"log lama disimpan / the old log is kept: {done.aside}", err=True)
    for line in (
        f"sama hingga entri / the same up to entry: {told.kept} ({told.last.size})",
        f"bagikan berkas ini / hand out this file: {note}",
    ):
        click.echo(line, err=True)


def _asked(settings: Settings, what: Callable[[Notary], Awaitable[T]]) -> T:
    """Ask the notary."""

    async def work(url: str) -> T:
        return await what(sealing.notary(settings.with_database(url)))

    return _done(settings, work)


def _done(settings: Settings, work: Callable[[str], Coroutine[Any, Any, T]]) -> T:
    """Work on the log; what the notary refuses is told to the operator."""
    database.must_be_there(settings)
    with database.opened(settings) as url:
        database.migrate(url)
        try:
            return asyncio.run(work(url))
        except schedule.REFUSALS as refusal:
            raise refusals_told.trouble(refusal) from refusal
