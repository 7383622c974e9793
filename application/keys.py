"""The key-encryption key: the one secret that opens every person's key.

It stands in a file outside the database, so that neither a dump nor a backup of the
database opens anything.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from stat import S_IMODE
from typing import Final

from application.cipher import KEY_BYTES, Cipher, new_key

_OTHERS: Final = 0o077


class KeyFileError(Exception):
    """The key file may not be used; `fault` says what its keeper must mend."""

    def __init__(self, path: Path, fault: str) -> None:
        super().__init__(f"the key file {path} {fault}")
        self.path = path
        self.fault = fault


class KeyEncryptionKey:
    """Wraps the keys of persons and documents; never shown, logged or stored."""

    __slots__ = ("_cipher", "_secret")

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._cipher = Cipher(secret)

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        """Seal a data key for one holder; it unwraps for no other."""
        return self._cipher.seal(key, bound_to)

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        """Open a data key; `SealBrokenError` when it was wrapped otherwise."""
        return self._cipher.open(wrapped, bound_to)

    @property
    def fingerprint(self) -> bytes:
        """Tells keys apart without telling anything of the key."""
        return hmac.digest(self._secret, b"fingerprint of a kek", hashlib.sha256)


def load(path: Path) -> KeyEncryptionKey:
    """Read the key, or make it on the first start; `KeyFileError` when it is unfit."""
    try:
        secret = _read(path)
    except FileNotFoundError:
        _make(path)
        secret = _read(path)
    return KeyEncryptionKey(secret)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = S_IMODE(os.fstat(file.fileno()).st_mode)
            secret = file.read(KEY_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise KeyFileError(path, f"can't be read: {error.strerror}") from None
    if mode & _OTHERS:
        raise KeyFileError(
            path, f"is open to others (mode {mode:04o}); run chmod 600 on it"
        )
    if len(secret) != KEY_BYTES:
        raise KeyFileError(
            path, f"must hold exactly {KEY_BYTES} bytes; restore it from its backup"
        )
    return secret


def _make(path: Path) -> None:
    """Write a new key whole or not at all; of several makers the first one wins."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(file, new_key())
            os.fsync(file)
            os.link(draft, path)
        except FileExistsError:
            return  # another process was quicker; its key is the key
        finally:
            os.close(file)
            draft.unlink()
        _flush_directory(path.parent)
    except OSError as error:
        raise KeyFileError(path, f"can't be made: {error.strerror}") from None


def _flush_directory(directory: Path) -> None:
    """Keep the name through a power cut; without the key the data never open."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
