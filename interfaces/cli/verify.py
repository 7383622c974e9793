"""`disposisi verify`: whether the register, or a bundle of one case, was changed."""

from pathlib import Path

import msgspec
import rich_click as click
from rich.console import Console

from application.notary import continuing, trusted_keys
from application.notary.checkpoint import Checkpoint
from application.notary.copies import DatabaseCopy, PublishedCopy
from application.notary.key_history import KeyHistory
from application.notary.note import Note, NoteError, VerifierKey
from application.notary.published import Published
from application.notary.verify import Verdict, only_read, verify_register
from interfaces import bundle_check, database
from interfaces.cli import verify_told
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import json_option, settings_options
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings
from interfaces.trouble import OperatorError

_NO_KEY = OperatorError(
    indonesian="Belum ada yang disegel di sini: jalankan `serve` dahulu."
    " Jika log terbitan hilang, sebutkan kunci notaris dengan --key.",
    english="Nothing is sealed here yet: run `serve` first."
    " If the published log is lost, name the notary's key with --key.",
)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("verify")
@click.option(
    "--checkpoint",
    type=_FILE,
    help="A checkpoint kept from earlier: what it covers has to be there still.",
)
@click.option("--bundle", type=_FILE, help="Check this file alone, without a database.")
@click.option(
    "--key",
    type=_FILE,
    help="The notary's keys as you have them, an earlier log's too; else those"
    " published in the data folder.",
)
@json_option
@settings_options
def command(
    settings: Settings,
    *,
    checkpoint: Path | None,
    bundle: Path | None,
    key: Path | None,
    as_json: bool,
) -> int:
    """Check the whole register against its log and every signed checkpoint.

    Names the first entry that is not as it was sealed. Ends with 0 when all is sound,
    1 when something is wrong or not proven, 2 when the call was wrong. With --bundle
    FILE --key FILE it needs nothing else.

    What is in this log is the register: every event of every history, as it was stored.
    Not in it, and not checked here, are the bytes of documents (their digests are, and
    a copy in hand can be hashed and compared), the events of accounts, the operators'
    log, and the trail of readings. That what was entered is true is nowhere proven; and
    nothing is said of what was recorded after the last checkpoint.
    """
    held = None if checkpoint is None else _checkpoint(checkpoint)
    if bundle is not None:
        if key is None:
            raise click.UsageError("--bundle needs --key: the key comes another way")
        opened = trusted_keys.opening(_keys(key))
        checked = bundle_check.check(_content(bundle), opened, held)
        lines, sound = verify_told.of_bundle(checked), checked.sound
        told = msgspec.json.encode(checked)
    else:
        verdict = _verified(settings, key, held)
        lines, sound = verify_told.of_register(verdict), verdict.sound
        told = msgspec.json.encode(verdict)
    if as_json:
        click.echo(told)
    else:
        for line in lines:
            click.echo(line)
    return 0 if sound else 1


def _verified(settings: Settings, key: Path | None, held: bytes | None) -> Verdict:
    database.must_be_there(settings)
    folder = DataFolder(settings.data_path).path / "log"
    published = PublishedCopy(folder)
    trusted = None if key is None else _keys(key)

    async def work(connection: Connection) -> Verdict:
        await only_read(connection)
        history = _history(folder)
        keys = (
            continuing.followed(trusted, folder)
            if trusted
            else (history.keys if history else ())
        )
        if not keys and not await DatabaseCopy(connection).checkpoints():
            raise _NO_KEY
        opened = trusted_keys.opening(keys, history)
        with verify_told.telling(Console(stderr=True)) as tell:
            return await verify_register(connection, opened, published, held, tell)

    return at_the_office(settings, work)


def _history(folder: Path) -> KeyHistory | None:
    """The published keys; a broken chain of them counts as none."""
    try:
        return Published(folder).history()
    except NoteError:
        return None


def _keys(file: Path) -> list[VerifierKey]:
    try:
        return trusted_keys.read(_content(file).decode())
    except (NoteError, UnicodeDecodeError):
        raise OperatorError(
            indonesian=f"{file} bukan berkas kunci notaris.",
            english=f"{file} is no file with the notary's keys.",
        ) from None


def _checkpoint(file: Path) -> bytes:
    """A file that reads as a checkpoint; whether it is ours is for the check to say."""
    content = _content(file)
    try:
        Checkpoint.read(Note.read(content.decode()).text)
    except (NoteError, UnicodeDecodeError):
        raise OperatorError(
            indonesian=f"{file} bukan checkpoint.",
            english=f"{file} is no checkpoint.",
        ) from None
    return content


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise OperatorError(
            indonesian=f"{file} tidak dapat dibaca: {fault.strerror}.",
            english=f"{file} cannot be read: {fault.strerror}.",
        ) from fault
