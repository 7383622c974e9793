"""The keys that somebody trusts, with those that they have introduced since."""

from collections.abc import Sequence

from application.notary.checkpoint import believed
from application.notary.key_history import KeyHistory
from application.notary.leading import Root
from application.notary.note import NoteError, VerifierKey
from application.notary.survey import Open


def read(text: str) -> list[VerifierKey]:
    """Read a key file, one key a line as it is published; raises NoteError."""
    keys = [VerifierKey.read(line) for line in text.splitlines() if line.strip()]
    if not keys:
        raise NoteError("no key is in this file")
    return keys


def opening(keys: Sequence[VerifierKey], history: KeyHistory | None = None) -> Open:
    """How checkpoints are read by whoever trusts these keys.

    Where one of them is in a history, the keys after it are believed as well, each up
    to the size at which the next one took over; the keys before it are not.
    """
    known = () if history is None else history.keys
    since = next((n for n, key in enumerate(known) if key in keys), None)

    def opened(note: bytes) -> Root:
        try:
            text = note.decode()
        except UnicodeDecodeError:
            raise NoteError("a note is text") from None
        if history is None or since is None:
            told = believed(text, keys)
        else:
            told = history.believed(text, since)
        return Root(told.size, told.root)

    return opened
