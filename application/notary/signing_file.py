"""Where the signing key is kept: a file that only its owner may read, never a table.

On a host of its own it would be safer still; here the database's superuser has to
become the service's user before he can sign what he changed.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE
from typing import Final

from application.keys import KeyFileError
from application.notary.note import NoteError, SigningKey

_OTHERS: Final = 0o077
_SEED_BYTES: Final = 32


class SigningFile:
    """The key file, and beside it the next key while it is being introduced."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = path.with_name(f"{path.name}.next")
        self._lock = path.with_name(f"{path.name}.lock")

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let nobody else sign or change keys meanwhile; waits for its turn."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._lock.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def read(self) -> SigningKey | None:
        """Read the key; None before the first start. Raises KeyFileError."""
        return _read(self._path)

    def read_next(self) -> SigningKey | None:
        """Read the key that was to be introduced when something died."""
        return _read(self._next)

    def make(self, name: str | None) -> SigningKey:
        """Make the log's first key, under a name of the installation's own."""
        seed = secrets.token_bytes(_SEED_BYTES)
        key = SigningKey(name or f"disposisi/{secrets.token_hex(8)}", seed)
        _write(self._path, key)
        return key

    def make_next(self, name: str) -> SigningKey:
        """Make the key that follows, and keep it beside the present one."""
        key = SigningKey(name, secrets.token_bytes(_SEED_BYTES))
        _write(self._next, key)
        return key

    def take_next(self) -> None:
        """Let the next key sign from now on; the one before is gone for good."""
        self._next.replace(self._path)
        _flush(self._path.parent)

    def forget_next(self) -> None:
        """Drop a next key that nobody was told of."""
        self._next.unlink(missing_ok=True)


def _read(path: Path) -> SigningKey | None:
    try:
        with path.open(encoding="utf-8") as file:
            mode = S_IMODE(os.fstat(file.fileno()).st_mode)
            text = file.read()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(path, f"can't be read: {type(error).__name__}") from None
    if mode & _OTHERS:
        raise KeyFileError(
            path, f"is open to others (mode {mode:04o}); run chmod 600 on it"
        )
    try:
        return SigningKey.read(text)
    except NoteError:
        raise KeyFileError(
            path, "holds no signing key; restore it from its backup"
        ) from None


def _write(path: Path, key: SigningKey) -> None:
    """Write a key whole or not at all; the caller holds the lock."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as text:
            text.write(key.secret() + "\n")
            text.flush()
            os.fsync(text.fileno())
        draft.replace(path)
        _flush(path.parent)
    except OSError as error:
        raise KeyFileError(path, f"can't be made: {error.strerror}") from None


def _flush(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
