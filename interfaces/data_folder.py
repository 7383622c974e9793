"""The data folder: database, keys, and a notice that tells where the server is.

One process at a time owns it. Others that find it owned work through the server
that the owner announced.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from application import secret_files
from interfaces.trouble import OperatorError


class Notice(msgspec.Struct, frozen=True):
    """What the owner of the folder tells its neighbours."""

    database: str
    """The database's address, password included: the file is the owner's alone."""

    serving: bool = False
    """Whether it stays up; a command that works alone takes its database down again."""

    http: str | None = None
    """Where the API answers, once it does."""

    metrics: str | None = None
    """Where operators' tools ask for numbers."""


class FolderOwnedError(Exception):
    """Another living process owns the folder."""


class DataFolder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.postgres = path / "postgres"
        self.keys = path / "keys"
        self.kek = self.keys / "kek"
        """Of the first generation; the later ones stand beside it."""
        self.issuer = self.keys / "issuer"
        """That our own access tokens are signed with."""
        self.notary = self.keys / "notary"
        """That the log is signed with."""
        self.erased = self.keys / "erased"
        """The ledger of erasures."""
        self.log = path / "log"
        """The log as it is published."""
        self._lock = path / "lock"
        self._notice = path / "server.json"

    def prepare(self) -> None:
        """Make the folder; only its owner may list it or read keys."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.keys.mkdir(mode=0o700, exist_ok=True)
            self._lock.touch(mode=0o600)
            if os.geteuid() == 0:
                # PostgreSQL runs as another user then and must be able to pass through.
                self.path.chmod(self.path.stat().st_mode | 0o011)
        except OSError as fault:
            raise OperatorError(
                indonesian=f"Folder data {self.path} tidak dapat dipakai: "
                f"{fault.strerror}.",
                english=f"The data folder {self.path} cannot be used: "
                f"{fault.strerror}.",
            ) from fault

    @contextmanager
    def owned(self) -> Iterator[None]:
        """Own the folder, or raise FolderOwnedError.

        The kernel gives the lock back when the process ends, however it ends.
        """
        with self._lock.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as fault:
                raise FolderOwnedError from fault
            self.withdraw()
            try:
                yield
            finally:
                self.withdraw()

    def announce(self, notice: Notice) -> None:
        secret_files.write(self._notice, msgspec.json.encode(notice))

    def withdraw(self) -> None:
        self._notice.unlink(missing_ok=True)

    def notice(self) -> Notice | None:
        """Tell what the owner said last; it may be gone by now."""
        with suppress(FileNotFoundError):
            return msgspec.json.decode(self._notice.read_bytes(), type=Notice)
        return None
