"""A PostgreSQL server for one run of the tests, and databases made from a template."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from application import migrating
from interfaces import database
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings
from tests.filled import fill_views

HOUSES = Path(tempfile.gettempdir()) / f"disposisi-tests-{os.geteuid()}"


@contextmanager
def server() -> Iterator[str]:
    """Yield a superuser's URL: DISPOSISI_TEST_DATABASE_URL, or of a server made here.

    Every test process has a server of its own, so that parallel runs never meet.
    """
    if given := os.environ.get("DISPOSISI_TEST_DATABASE_URL"):  # noqa: TID251 - tests only
        yield given
        return
    HOUSES.mkdir(mode=0o711, exist_ok=True)
    sweep()
    folder = DataFolder(HOUSES / str(os.getpid()))
    folder.prepare()
    with database.started(folder, Settings(data=str(folder.path))) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            # Nothing here outlives the run; durability is what the drills test.
            connection.execute("alter system set fsync = off")
            connection.execute("select pg_reload_conf()")
        yield url
    shutil.rmtree(folder.path)


def sweep() -> None:
    """Take down what a killed run left behind."""
    for house in HOUSES.iterdir():
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
