"""`disposisi keys`: the key-encryption key, changed beside a running server."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import msgspec
import rich_click as click
from rich.console import Console

from application import key_generations, rotating
from application.key_generations import OtherKeyError
from application.keys import KeyFiles
from application.rotating import Rotated, Told
from interfaces import database, made_fit, progress_told
from interfaces.cli import operator
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import json_option, settings_options
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings
from interfaces.trouble import OperatorError


@click.group("keys")
def command() -> None:
    """Look after the key-encryption key."""


@command.command("rotate")
@json_option
@settings_options
def rotate(settings: Settings, *, as_json: bool) -> int:
    """Put a new key-encryption key in the old one's place, and destroy the old one.

    Works beside a running server, which needs no restart. Broken off, the same
    command goes on where it stopped. A backup of the database from before opens with
    nothing afterwards, unless the folder of keys was backed up, apart from it.
    """
    database.must_be_there(settings)
    with faults_told(), _refusals_told(), _shown(quiet=as_json) as told:
        done = at_the_office(settings, partial(_rotate, settings, told))
    if as_json:
        click.echo(msgspec.json.encode(done))
    else:
        gone = ", ".join(map(str, done.destroyed)) or "-"
        click.echo(
            f"generasi {done.generation}; {done.wrapped} kunci dibungkus ulang; "
            f"generasi dimusnahkan: {gone}"
            f" / generation {done.generation}; {done.wrapped} keys wrapped anew; "
            f"generations destroyed: {gone}"
        )
    return 0


async def _rotate(settings: Settings, told: Told, connection: Connection) -> Rotated:
    await connection.set_autocommit(True)
    await operator.begun(connection, "kek")
    path = DataFolder(settings.data_path).kek
    kek = await key_generations.load(connection, path)
    return await rotating.rotate(connection, KeyFiles(path), kek, told)


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except rotating.RotationUnderWayError as fault:
        raise OperatorError(
            indonesian="Kunci sedang diganti oleh proses lain.",
            english="Another process is rotating the key.",
            code=1,
        ) from fault
    except rotating.BrokenKeyError as fault:
        raise OperatorError(
            indonesian=f"Kunci milik {fault.holder} tidak terbuka: isinya diubah. "
            "Kunci lama dipertahankan.",
            english=f"The key of {fault.holder} does not open: it was changed. "
            "The old key is kept.",
            code=1,
        ) from fault
    except OtherKeyError as fault:
        raise made_fit.other_key(fault) from fault


@contextmanager
def _shown(*, quiet: bool) -> Iterator[Told]:
    """Yield what hears of every page; what is shown stands beside the answer."""
    console = Console(stderr=True)
    with progress_told.shown(console, "kunci / keys", quiet=quiet) as tell:
        yield lambda far: tell(far.done, far.total)
