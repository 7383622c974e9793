"""The key-encryption key: the one secret that opens every person's key.

It stands in a file outside the database, so that neither a dump nor a backup of the
database opens anything. It is changed now and then: each generation has a file of its
own, and what one wrapped says which one it was.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from application import secret_files
from application.cipher import KEY_BYTES, Cipher, SealBrokenError, new_key
from application.secret_files import Fault, KeyFileError

__all__ = [
    "KeyEncryptionKey",
    "KeyFileError",
    "KeyFiles",
    "generation_of",
    "load",
]

_NUMBER_BYTES: Final = 2
_WITHOUT_NUMBER: Final = 60
"""Bytes of a data key as the first releases wrapped it: by the first generation."""


class KeyEncryptionKey:
    """Wraps the keys of persons and documents; never shown, logged or stored.

    It wraps with its current generation and unwraps what any of them wrapped.
    """

    __slots__ = ("_ciphers", "_find", "_secrets", "current")

    def __init__(
        self,
        secret: bytes,
        generation: int = 1,
        find: Callable[[int], bytes | None] = lambda _: None,
    ) -> None:
        self.current = generation
        self._find = find
        self._secrets = {generation: secret}
        self._ciphers = {generation: Cipher(secret)}

    def wrap(self, key: bytes, bound_to: bytes) -> bytes:
        """Seal a data key for one holder; it unwraps for no other."""
        number = self.current.to_bytes(_NUMBER_BYTES, "big")
        return number + self._ciphers[self.current].seal(key, bound_to)

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        """Open a data key; `SealBrokenError` when it was wrapped otherwise."""
        generation = generation_of(wrapped)
        if generation not in self._ciphers and not self.knows(generation):
            raise SealBrokenError
        sealed = wrapped if len(wrapped) == _WITHOUT_NUMBER else wrapped[_NUMBER_BYTES:]
        return self._ciphers[generation].open(sealed, bound_to)

    def rewrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        """The same data key as the current generation wraps it."""
        if generation_of(wrapped) == self.current:
            return wrapped
        return self.wrap(self.unwrap(wrapped, bound_to), bound_to)

    def knows(self, generation: int) -> bool:
        """Whether a generation is at hand, or found now: another process made it."""
        if generation not in self._secrets:
            secret = self._find(generation)
            if secret is None:
                return False
            self._secrets[generation] = secret
            self._ciphers[generation] = Cipher(secret)
        return True

    def forget(self, generation: int) -> None:
        """Wrap and unwrap with it no longer."""
        self._secrets.pop(generation, None)
        self._ciphers.pop(generation, None)

    @property
    def generations(self) -> tuple[int, ...]:
        """Those at hand."""
        return tuple(sorted(self._secrets))

    @property
    def fingerprint(self) -> bytes:
        """Of the current generation."""
        return self.fingerprint_of(self.current)

    def fingerprint_of(self, generation: int) -> bytes:
        """Tells keys apart without telling anything of the key."""
        secret = self._secrets[generation]
        return hmac.digest(secret, b"fingerprint of a kek", hashlib.sha256)


def generation_of(wrapped: bytes) -> int:
    """Which generation wrapped a data key."""
    if len(wrapped) == _WITHOUT_NUMBER:
        return 1
    return int.from_bytes(wrapped[:_NUMBER_BYTES], "big")


def load(path: Path) -> KeyEncryptionKey:
    """Read the key, or make it on the first start; `KeyFileError` when it is unfit.

    The latest generation is the current one until the database says otherwise.
    """
    files = KeyFiles(path)
    if not files.generations:
        files.make(1)
    latest = files.generations[-1]
    return KeyEncryptionKey(files.read(latest), latest, files.find)


class KeyFiles:
    """A file for each generation: `kek` the first, then `kek.2`, `kek.3`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def generations(self) -> list[int]:
        """Those that have a file, the latest last."""
        numbered = re.compile(re.escape(self._path.name) + r"\.([1-9][0-9]{0,4})")
        found = [1] if self._path.exists() else []
        if self._path.parent.is_dir():
            names = (
                numbered.fullmatch(one.name) for one in self._path.parent.iterdir()
            )
            found += [int(name[1]) for name in names if name is not None]
        return sorted(found)

    def file(self, generation: int) -> Path:
        """Where a generation stands."""
        name = self._path.name
        return self._path.with_name(name if generation == 1 else f"{name}.{generation}")

    def find(self, generation: int) -> bytes | None:
        """A generation's secret; None where it has no file."""
        try:
            return self.read(generation)
        except FileNotFoundError:
            return None

    def read(self, generation: int) -> bytes:
        """A generation's secret; FileNotFoundError, or `KeyFileError`."""
        path = self.file(generation)
        secret = secret_files.read(path, KEY_BYTES + 1)
        if len(secret) != KEY_BYTES:
            raise KeyFileError(path, Fault.NO_KEK)
        return secret

    def make(self, generation: int) -> None:
        """Draw a generation; of several makers the first one wins."""
        secret_files.make(self.file(generation), new_key())

    def destroy(self, generation: int) -> None:
        """Take a generation away for good, as far as a file system can.

        Its bytes are overwritten first, where the file system writes in place.
        """
        path = self.file(generation)
        try:
            with path.open("r+b") as file:
                file.write(os.urandom(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            secret_files.flush_folder(path.parent)
        except FileNotFoundError:
            return
        except OSError as error:
            raise KeyFileError(path, Fault.UNDESTROYABLE, error.errno) from None
