"""The database that a command works on: given, beside a running server, or alone."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from application import migrating
from interfaces.cluster import Cluster
from interfaces.data_folder import DataFolder, FolderOwnedError, Notice
from interfaces.lodging import settle
from interfaces.postgres import Account, Programs
from interfaces.settings import Settings
from interfaces.trouble import OperatorError

PATIENCE = 60.0
"""Seconds that a command waits for another one that owns the data folder."""


def cluster_in(folder: DataFolder, pg_bin: str | None) -> Cluster:
    """Prepare the folder's cluster; nothing is started yet."""
    account = Account.for_files_of(folder.postgres)
    home = settle(folder.postgres, account)
    programs = Programs.found(pg_bin, account)
    return Cluster(home, programs, password_file=folder.keys / "database")


def migrate(url: str) -> None:
    """Bring the tables up to date; OperatorError where that cannot be."""
    try:
        migrating.migrate(url)
    except psycopg.OperationalError as fault:
        reason = str(fault).splitlines()[0]
        raise OperatorError(
            indonesian=f"Basis data tidak menjawab: {reason}",
            english=f"The database does not answer: {reason}",
            code=1,
        ) from fault
    except migrating.MigrationError as fault:
        raise OperatorError(
            indonesian=f"Tabel basis data tidak cocok dengan program ini: {fault}",
            english=f"The database's tables do not fit this program: {fault}",
            code=1,
        ) from fault


def must_be_there(settings: Settings) -> None:
    """OperatorError where `opened` would make a database, as in a mistyped folder."""
    if settings.database_url:
        return
    files = DataFolder(settings.data_path).postgres / "cluster"
    try:
        files.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise OperatorError(
            indonesian=f"Belum ada basis data di {settings.data_path}.",
            english=f"There is no database in {settings.data_path} yet.",
        ) from None
    except OSError:
        # There is something; `opened` tells what hinders.
        return


@contextmanager
def opened(settings: Settings) -> Iterator[str]:
    """Yield a URL that works until the end of the block.

    DATABASE_URL wins. Beside a running `serve` its database is used; else the embedded
    one is started here and stopped at the end. Commands that work alone take turns.
    """
    if settings.database_url:
        yield settings.database_url
        return
    folder = DataFolder(settings.data_path)
    folder.prepare()
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with started(folder, settings) as url:
                yield url
                return
        except FolderOwnedError:
            notice = folder.notice()
        if notice is not None and notice.serving:
            yield notice.database
            return
        if time.monotonic() > deadline:
            raise OperatorError(
                indonesian=f"Folder data {folder.path} sedang dipakai proses lain.",
                english=f"The data folder {folder.path} is in use by another process.",
            )
        time.sleep(0.1)


@contextmanager
def started(
    folder: DataFolder, settings: Settings, *, serving: bool = False
) -> Iterator[str]:
    """Own the folder and run its database, or raise FolderOwnedError."""
    with folder.owned():
        cluster = cluster_in(folder, settings.pg_bin)
        try:
            cluster.start()
            folder.announce(Notice(database=cluster.url, serving=serving))
            yield cluster.url
        finally:
            cluster.stop()
