"""Where the signing key is kept: a file that only its owner may read, never a table.

On a host of its own it would be safer still; here the database's superuser has to
become the service's user before he can sign what he changed.
"""

import secrets
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from application import secret_files
from application.notary.note import NoteError, SigningKey
from application.secret_files import Fault, KeyFileError

_SEED_BYTES: Final = 32
_MOST_BYTES: Final = 4_096
"""More than any key's line has."""


class SigningFile:
    """The key file, and beside it the next key while it is being introduced."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = path.with_name(f"{path.name}.next")

    def held(self) -> AbstractContextManager[None]:
        """Let nobody else sign or change keys meanwhile; waits for its turn.

        Raises KeyFileError.
        """
        return secret_files.held(self._path)

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
        secret_files.flush_folder(self._path.parent)

    def forget_next(self) -> None:
        """Drop a next key that nobody was told of."""
        self._next.unlink(missing_ok=True)


def _read(path: Path) -> SigningKey | None:
    try:
        return SigningKey.read(secret_files.read(path, _MOST_BYTES).decode())
    except FileNotFoundError:
        return None
    except (NoteError, UnicodeDecodeError):
        raise KeyFileError(path, Fault.NO_SIGNING_KEY) from None


def _write(path: Path, key: SigningKey) -> None:
    """Write a key whole or not at all; the caller holds the lock."""
    secret_files.replace(path, f"{key.secret()}\n".encode())
