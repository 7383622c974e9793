"""Whether the log continues another one that could not go on, and what was given up.

Only the published note says so, which the old key and the new one have signed. What the
database says of logs that ended is held to it, and never believed.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from application import named_sql
from application.notary.faults import Fault, Kind, Where
from application.notary.note import Note, NoteError, VerifierKey
from application.notary.published import PREDECESSOR, Published
from application.notary.succession import Succession, succeeded
from application.register import Connection

_LAST_ENDED: Final = named_sql.read(Path(__file__).with_name("beginning.sql"))[
    "last_ended"
]


class Continued(msgspec.Struct, frozen=True):
    """The log before this one."""

    log: str
    """Its name."""
    size: int
    """Entries that it had signed."""
    kept: int
    """So many of them, from the first on, are this log's as well."""
    reason: str
    by_its_key: bool
    """Whether a key of that log is at hand, and has signed all this."""
    before: "Continued | None" = None
    """What that log continued in turn, if it did and its folder is at hand."""


def earlier(folder: Path) -> list[Path]:
    """The folders of logs that ended, the first one first."""
    mark = f"{folder.name}-"
    found = [
        (int(n), each)
        for each in folder.parent.glob(f"{mark}*")
        if (n := each.name.removeprefix(mark)).isascii() and n.isdecimal()
    ]
    return [each for _, each in sorted(found)]


def key_before(folder: Path, told: Succession) -> VerifierKey | None:
    """The last key of the log that ended, as its folder has it; None without it."""
    found = _log_before([folder, *reversed(earlier(folder))], told)
    return None if found is None else found.key


class _LogBefore(NamedTuple):
    folder: Path
    key: VerifierKey


def _log_before(folders: Sequence[Path], told: Succession) -> _LogBefore | None:
    for each in folders:
        try:
            history = Published(each).history()
        except NoteError:
            continue
        if history is not None and history.present.name == told.last.origin:
            return _LogBefore(each, history.present)
    return None


def followed(keys: Sequence[VerifierKey], folder: Path) -> list[VerifierKey]:
    """Keys one trusts, with those that they introduced, in later logs too."""
    known = list(keys)
    for each in (*earlier(folder), folder):
        published = Published(each)
        try:
            note, history = published.read(PREDECESSOR), published.history()
        except NoteError:
            continue
        if note is not None:
            known += _introduced(note, known)
        theirs = [] if history is None else history.keys
        since = next((n for n, key in enumerate(theirs) if key in known), len(theirs))
        known += [key for key in theirs[since:] if key not in known]
    return known


def _introduced(note: str, known: Sequence[VerifierKey]) -> list[VerifierKey]:
    """The next log's key, if one of these has introduced it."""
    for key in known:
        try:
            return [succeeded(note, key).key]
        except NoteError:
            continue
    return []


async def found(
    connection: Connection, folder: Path
) -> tuple[Continued | None, list[Fault]]:
    """Read which log this one continues, and what is wrong with the note of it."""
    cursor = await connection.execute(_LAST_ENDED)
    row = await cursor.fetchone()
    try:
        note = Published(folder).read(PREDECESSOR)
        others = list(reversed(earlier(folder)))
        told = None if note is None else _continued(note, folder, others)
    except NoteError:
        return None, [_fault(Where.PUBLISHED)]
    if told is None and row is not None:
        return None, [_fault(Where.PUBLISHED)]
    if row != (None if note is None else (note,)):
        return told, [_fault(Where.DATABASE)]
    return told, []


def _continued(note: str, folder: Path, others: Sequence[Path]) -> Continued:
    """What the log in this folder continues, one of the others if it is at hand."""
    read = Note.read(note)
    told = Succession.read(read.text)
    history = Published(folder).history()
    read.signed_by([told.key])
    if history is None or history.first != told.key or told.is_of_itself:
        raise NoteError("a succession to another log")
    last = told.last
    continued = Continued(
        last.origin, last.size, told.kept, told.reason, by_its_key=False
    )
    before = _log_before(others, told)
    if before is None:
        return continued
    succeeded(note, before.key)
    rest = [each for each in others if each != before.folder]
    earliest = Published(before.folder).read(PREDECESSOR)
    return msgspec.structs.replace(
        continued,
        by_its_key=True,
        before=None if earliest is None else _continued(earliest, before.folder, rest),
    )


def _fault(where: Where) -> Fault:
    return Fault(where=where, kind=Kind.PREDECESSOR_DIFFERS, file=PREDECESSOR)
