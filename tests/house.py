"""A PostgreSQL server for one run of the tests, and databases made from a template."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, LiteralString
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from application import migrating
from interfaces import database
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings
from tests.filled import fill_views

DISK = Path(tempfile.gettempdir())
MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it is ours alone
ENOUGH = 4 * 2**30
"""Bytes free in memory for the servers of a few parallel runs."""

IN_A_HURRY: Final = (
    "alter system set full_page_writes = off",
    # Every dropped database is a checkpoint, which frees the log that came before it.
    "alter system set max_wal_size = '512MB'",
    "alter system set min_wal_size = '80MB'",
)


def ground() -> Path:
    """Where tests build: in memory where there is room, else on the disk.

    A run makes and drops a thousand databases of hundreds of files each; a bench, whose
    figures are those of a disk, builds on one.
    """
    try:
        room = os.statvfs(MEMORY)
    except OSError:
        return DISK
    has_room = room.f_bavail * room.f_frsize >= ENOUGH
    return MEMORY if has_room and os.access(MEMORY, os.W_OK) else DISK


def fleeting() -> AbstractContextManager[str]:
    """Give a server for tests, which is quick and forgets everything."""
    return server(ground(), *IN_A_HURRY)


@contextmanager
def server(on: Path = DISK, *settings: LiteralString) -> Iterator[str]:
    """Yield a superuser's URL: DISPOSISI_TEST_DATABASE_URL, or of a server made here.

    Every test process has a server of its own, so that parallel runs never meet.
    """
    if given := os.environ.get("DISPOSISI_TEST_DATABASE_URL"):  # noqa: TID251 - tests only
        yield given
        return
    houses = on / f"disposisi-tests-{os.geteuid()}"
    houses.mkdir(mode=0o711, exist_ok=True)
    sweep(houses)
    folder = DataFolder(houses / str(os.getpid()))
    folder.prepare()
    with database.started(folder, Settings(data=str(folder.path))) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            # Nothing here outlives the run; durability is what the drills test.
            connection.execute("alter system set fsync = off")
            for setting in settings:
                connection.execute(setting)
            connection.execute("select pg_reload_conf()")
        yield url
    shutil.rmtree(folder.path)


def sweep(houses: Path) -> None:
    """Take down what a killed run left behind."""
    for house in houses.iterdir():
        if not Path(f"/proc/{house.name}").exists() and Path("/proc/self").exists():
            folder = DataFolder(house)
            database.cluster_in(folder, None).stop()
            shutil.rmtree(house, ignore_errors=True)


@contextmanager
def template(server_url: str) -> Iterator[str]:
    """Yield the name of a database with every migration applied, and empty views."""
    with fresh(server_url) as url:
        migrating.migrate(url)
        fill_views(url)
        yield str(conninfo_to_dict(url)["dbname"])


@contextmanager
def without_views(server_url: str) -> Iterator[str]:
    """Yield a new database with every migration applied, before any projector came."""
    with fresh(server_url) as url:
        migrating.migrate(url)
        yield url


@contextmanager
def fresh(server_url: str, of: str = "template0") -> Iterator[str]:
    """Yield the URL of a new database, dropped afterwards whoever still uses it."""
    name = f"disposisi_test_{uuid4().hex}"
    create = sql.SQL("create database {} template {} strategy wal_log")
    drop = sql.SQL("drop database {} with (force)")
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(of)))
        try:
            yield make_conninfo(server_url, dbname=name)
        finally:
            connection.execute(drop.format(sql.Identifier(name)))
