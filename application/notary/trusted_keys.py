"""The keys that somebody trusts, with those that they have introduced since."""

from collections.abc import Iterable, Sequence

from application.notary.checkpoint import Checkpoint, believed
from application.notary.key_history import KeyHistory
from application.notary.leading import Root
from application.notary.note import NoteError, VerifierKey
from application.notary.verify import Open


def read(text: str) -> list[VerifierKey]:
    """Read a key file, one key a line as it is published; raises NoteError."""
    keys = [VerifierKey.read(line) for line in text.splitlines() if line.strip()]
    if not keys:
        raise NoteError("no key is in this file")
    return keys


def opening(keys: Sequence[VerifierKey], history: KeyHistory | None = None) -> Open:
    """How checkpoints are read by whoever trusts these keys.

    Where one of them is the first of a history, that history is believed: it says up to
    which size each key counts.
    """
    known = history is not None and history.first in keys
    by_history = history if known else None

    def opened(note: bytes) -> Root:
        try:
            told = _believed(note.decode(), keys, by_history)
        except UnicodeDecodeError:
            raise NoteError("a note is text") from None
        return Root(told.size, told.root)

    return opened


def _believed(
    note: str, keys: Iterable[VerifierKey], history: KeyHistory | None
) -> Checkpoint:
    return believed(note, keys) if history is None else history.believed(note)
