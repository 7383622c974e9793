"""Databases with many cases that a bench makes once and keeps for the next time."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from interfaces import database
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings

FOLDER = Path(tempfile.gettempdir()) / f"disposisi-bench-{os.geteuid()}"
"""Remove it to have everything made anew; a million cases take about ten gigabytes."""


@contextmanager
def server() -> Iterator[str]:
    """Run the kept server; yields its superuser's URL."""
    folder = DataFolder(FOLDER)
    folder.prepare()
    with database.started(folder, Settings(data=str(FOLDER))) as url:
        yield url


def named(server_url: str, name: str) -> str:
    """Give the URL of a database of that name, made empty where it is not there."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        found = connection.execute(
            "select from pg_database where datname = %s", (name,)
        )
        if found.rowcount == 0:
            connection.execute(
                sql.SQL("create database {}").format(sql.Identifier(name))
            )
    return make_conninfo(server_url, dbname=name)


def forget(server_url: str, name: str) -> None:
    """Drop a database that was made half, or by other code."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(
                sql.Identifier(name)
            )
        )
