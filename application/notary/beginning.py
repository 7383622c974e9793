"""Begins another log where one can't go on, as after the restore of an older backup.

The log that was published covers more than the database has, or something else: the
notary signs nothing, lest there be two truths under one name. A log with another name
and another key begins with what the register holds now. What was published and signed
of the old one is kept aside, and its key says which log follows and why.
"""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import structlog
from psycopg import AsyncConnection

from application import named_sql, secret_files
from application.notary import continuing, signed_log
from application.notary.note import Note, NoteError, SigningKey, VerifierKey
from application.notary.published import PREDECESSOR, SUCCESSOR, Published
from application.notary.publisher import Publisher
from application.notary.refusals import (
    NotaryError,
    NotConfirmedError,
    Refusal,
    RefusedError,
)
from application.notary.signed_before import SignedBefore
from application.notary.signing_file import SigningFile
from application.notary.succession import Succession, following, succeeded
from application.register import Connection

_SQL: Final = named_sql.load(__file__)
_LAST_ENDED = _SQL["last_ended"]
_END_LOG = _SQL["end_log"]
_OWN_NAMES = _SQL["own_names"]
_MOVES = tuple(
    _SQL[each]
    for each in (
        *("keep_checkpoints", "keep_keys"),
        *("ours_too", "drop_checkpoints", "drop_keys"),
    )
)

log = structlog.get_logger(__name__)


class GoesOnError(NotaryError):
    """The log can go on: nothing is begun."""

    def __init__(self) -> None:
        super().__init__("the log goes on: there is nothing to begin")


class Begun(msgspec.Struct, frozen=True):
    """Which log begins, and where the old one lies."""

    succession: Succession
    aside: Path | None
    """None where this call only finished what another one had begun."""


class _Ended(NamedTuple):
    """A log that ended."""

    note: str
    before: VerifierKey
    """Its last key: from a file or its folder, never from the database."""


async def begin_anew(
    url: str, key: Path, folder: Path, reason: str, lost: int | None = None
) -> Begun:
    """End the log that can't go on and let another begin; the caller then signs it.

    `lost` says how many signed entries the new one may lack: NotConfirmedError where
    it lacks any others. A call that was broken off is finished by the next one. In
    between the notary signs nothing: key and folder are of two logs. Raises
    GoesOnError, NotaryError, KeyFileError, NoteError, MissingTileError.
    """
    file, held = SigningFile(key), secret_files.held(key)
    async with AsyncExitStack() as stack:
        await asyncio.to_thread(held.__enter__)
        stack.push(held.__exit__)
        connection = await stack.enter_async_context(
            await AsyncConnection.connect(
                url, autocommit=True, application_name="notary-begin"
            )
        )
        await connection.execute(_OWN_NAMES)
        ended = await _broken_off(connection, file, folder)
        if ended is None:
            ended = await _ended(connection, file, folder, reason, lost)
        told = _believed(ended)
        if _is_next(file, told):
            file.take_next()
        aside = await asyncio.to_thread(_moved, folder, told, ended.note)
        log.warning("log_begun", origin=told.key.name, kept=told.kept)
        return Begun(told, aside)


async def _broken_off(
    connection: Connection, file: SigningFile, folder: Path
) -> _Ended | None:
    """A succession that the database has and the files do not yet.

    The database's owner may have written there what he likes, of our own keys too: it
    counts once the old key is found to have signed it.
    """
    cursor = await connection.execute(_LAST_ENDED)
    row = await cursor.fetchone()
    if row is None:
        return None
    note = str(row[0])
    told = Succession.read(Note.read(note).text)
    if (signs := file.read()) is None:
        return None
    if _is_next(file, told):
        return _Ended(note, signs.verifier)
    if signs.verifier != told.key or Published(folder).read(PREDECESSOR) == note:
        return None
    before = continuing.key_before(folder, told)
    if before is None:
        raise RefusedError(Refusal.OLD_FOLDER_GONE)
    return _Ended(note, before)


def _believed(ended: _Ended) -> Succession:
    try:
        return succeeded(ended.note, ended.before)
    except NoteError as fault:
        raise RefusedError(Refusal.SUCCESSION_NOT_OURS) from fault


def _is_next(file: SigningFile, told: Succession) -> bool:
    following_key = file.read_next()
    return following_key is not None and following_key.verifier == told.key


async def _ended(
    connection: Connection,
    file: SigningFile,
    folder: Path,
    reason: str,
    lost: int | None,
) -> _Ended:
    """End the log in the database, with a note that says so."""
    published = Published(folder)
    kept = await signed_log.history(connection)
    history = published.history() or kept
    signs = file.read()
    if history is None:
        raise GoesOnError
    if signs is None:
        raise RefusedError(Refusal.KEY_GONE)
    if signs.verifier != history.present:
        raise RefusedError(Refusal.OTHER_KEY)
    told = SignedBefore(published, history)
    if (last := told.last()) is None:
        raise GoesOnError
    same = await told.same_until(connection, last)
    is_ours = kept is None or kept.keys == history.keys[: kept.count]
    if same == last.size and is_ours:
        raise GoesOnError
    if same < last.size and lost != last.size - same:
        raise NotConfirmedError(same, last.size)
    new = file.make_next(following(signs.verifier.name))
    succession = Succession(last=last, kept=same, key=new.verifier, reason=reason)
    note = await _written(connection, succession, signs, new)
    return _Ended(note, signs.verifier)


async def _written(
    connection: Connection, told: Succession, before: SigningKey, new: SigningKey
) -> str:
    signed = told.signed(before, new)
    async with connection.transaction():
        cursor = await connection.execute(_END_LOG, {"successor": signed})
        row = await cursor.fetchone()
        assert row is not None
        for statement in _MOVES:
            await connection.execute(statement, {"log": row[0]})
    return signed


def _moved(folder: Path, told: Succession, signed: str) -> Path | None:
    """Let the old folder lie aside, and the new one begin with what came before."""
    old, aside = Publisher(folder), None
    history = old.history()
    if history is not None and history.first != told.key:
        old.add(SUCCESSOR, signed.encode())
        old.flush()
        aside = _free(folder)
        folder.rename(aside)
        secret_files.flush_folder(folder.parent)
    new = Publisher(folder)
    new.add(PREDECESSOR, signed.encode())
    new.flush()
    return aside


def _free(folder: Path) -> Path:
    n = 1
    while (aside := folder.with_name(f"{folder.name}-{n}")).exists():
        n += 1
    return aside
