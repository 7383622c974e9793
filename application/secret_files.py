"""Files that only their owner may read: read with care, written whole or not at all.

What was written stands on the disk when the function returns, its name in the folder
too: without such a file data never open, or whoever looks takes it for a first start.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from stat import S_IMODE
from typing import Final

_OTHERS: Final = 0o077


class Fault(StrEnum):
    """What is wrong with a key file, said after its name."""

    OPEN_TO_OTHERS = "is open to others: run chmod 600 on it"
    UNREADABLE = "can't be read"
    UNMAKEABLE = "can't be made"
    UNLOCKABLE = "can't be locked"
    UNDESTROYABLE = "can't be destroyed"
    NO_KEK = "must hold exactly 32 bytes: restore it from its backup"
    NO_SIGNING_KEY = "holds no signing key: restore it from its backup"
    NO_ISSUER_KEYS = "holds no keys: restore it or take it away"
    NOTHING_TO_SIGN_WITH = "has no key to sign with"
    UNREADABLE_KEY = "holds a key that can't be read"
    OTHER_KIND = "holds a key of another kind"
    TAKEN_AWAY = "was taken away"


class KeyFileError(Exception):
    """The key file may not be used; `fault` says what its keeper must mend.

    `errno` is the system's reason, where it gave one.
    """

    def __init__(self, path: Path, fault: Fault, errno: int | None = None) -> None:
        why = "" if errno is None else f": {os.strerror(errno)}"
        super().__init__(f"the key file {path} {fault}{why}")
        self.path = path
        self.fault = fault
        self.errno = errno


class OpenToOthersError(KeyFileError):
    """Others than its owner may read it, or write in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, Fault.OPEN_TO_OTHERS)


def read(path: Path, most: int) -> bytes:
    """Up to `most` bytes of it; FileNotFoundError, or `KeyFileError`."""
    try:
        with path.open("rb") as file:
            mode = S_IMODE(os.fstat(file.fileno()).st_mode)
            content = file.read(most)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise KeyFileError(path, Fault.UNREADABLE, error.errno) from None
    if mode & _OTHERS:
        raise OpenToOthersError(path)
    return content


def make(path: Path, content: bytes) -> bool:
    """Write a file that is not there yet; False where another maker was quicker.

    Raises `KeyFileError`.
    """
    try:
        with _draft(path, content) as draft:
            try:
                os.link(draft, path)
            except FileExistsError:
                return False
    except OSError as error:
        raise KeyFileError(path, Fault.UNMAKEABLE, error.errno) from None
    return True


def replace(path: Path, content: bytes) -> None:
    """Write a file, or another in its place; raises `KeyFileError`."""
    try:
        write(path, content)
    except OSError as error:
        raise KeyFileError(path, Fault.UNMAKEABLE, error.errno) from None


def write(path: Path, content: bytes) -> None:
    """The same of what is no key; raises OSError."""
    with _draft(path, content) as draft:
        draft.replace(path)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Let nobody else who asks change the file meanwhile; waits for its turn."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(
            path.with_name(f"{path.name}.lock"), os.O_WRONLY | os.O_CREAT, 0o600
        )
    except OSError as error:
        raise KeyFileError(path, Fault.UNLOCKABLE, error.errno) from None
    try:
        # As the first releases made it, everybody could have held it up for ever.
        if S_IMODE(os.fstat(lock).st_mode) & _OTHERS:
            os.fchmod(lock, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def flush_folder(folder: Path) -> None:
    """Keep the names of new files through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _draft(path: Path, content: bytes) -> Iterator[Path]:
    """The content beside its place, to be moved there; nothing is left of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(file, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(path.parent)
