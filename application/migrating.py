"""Brings a database's tables to what this release expects; safe to start many times."""

import time
from hashlib import sha256
from pathlib import Path

import msgspec
import psycopg
from psycopg import errors

from application import named_sql

statements = named_sql.load(__file__)
CREATE_BOOK = statements["create_book"]
LOCK = statements["lock"]
APPLIED = statements["applied"]
RECORD = statements["record"]

FOLDER = Path(__file__).parent / "migrations"

_TRIES = 10
_PAUSE = 0.1  # seconds


class Migration(msgspec.Struct, frozen=True):
    """One numbered file of statements, carried out once in a database's life."""

    number: int
    name: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 of the file in hexadecimal: an applied one may not change."""
        return sha256(self.text.encode()).hexdigest()


class MigrationError(Exception):
    """The files and the database do not fit together; nothing was done."""


class NumberTakenError(MigrationError):
    """Two files bear one number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"two migrations have the number {number:04}")
        self.number = number


class BadNameError(MigrationError):
    """A file is not called like `0001_register.sql`."""

    def __init__(self, name: str) -> None:
        super().__init__(f"a migration is called 0001_word.sql, not {name}")
        self.name = name


class ChangedMigrationError(MigrationError):
    """A file was edited after it had been applied; write a new one instead."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was changed after this database had applied it")
        self.name = name


class NewerDatabaseError(MigrationError):
    """A newer release has worked on this database; this one does not know it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"this database has {name}, which this release does not know")
        self.name = name


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """Read the numbered files in the order of their numbers."""
    found: dict[int, Migration] = {}
    for file in sorted(folder.glob("*.sql")):
        number, _, name = file.stem.partition("_")
        if len(number) != len("0001") or not number.isdecimal() or not name:
            raise BadNameError(file.name)
        if int(number) in found:
            raise NumberTakenError(int(number))
        text = file.read_text(encoding="utf-8")
        found[int(number)] = Migration(int(number), file.stem, text)
    return [found[number] for number in sorted(found)]


def migrate(url: str, folder: Path = FOLDER) -> list[str]:
    """Apply what this database lacks, one at a time; answers the names applied.

    Others that start at the same moment wait, then find nothing left to do.
    Raises MigrationError where files and database do not fit together.
    """
    files = migrations(folder)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(LOCK)
        connection.execute(CREATE_BOOK)
        missing = _missing(connection, files)
        for migration in missing:
            _apply(connection, migration)
    return [migration.name for migration in missing]


def _missing(
    connection: psycopg.Connection[tuple[int, str, str]], files: list[Migration]
) -> list[Migration]:
    known = {migration.number: migration for migration in files}
    applied = connection.execute(APPLIED).fetchall()
    for number, name, digest in applied:
        if number not in known:
            raise NewerDatabaseError(name)
        if known[number].digest != digest:
            raise ChangedMigrationError(known[number].name)
    done = {number for number, _, _ in applied}
    return [migration for migration in files if migration.number not in done]


def _apply(
    connection: psycopg.Connection[tuple[int, str, str]], migration: Migration
) -> None:
    """Carry one out whole or not at all.

    Roles belong to the cluster, beyond this database's lock: a neighbour that makes
    or grants the same one at this moment costs another try.
    """
    for left in reversed(range(_TRIES)):
        try:
            with connection.transaction():
                connection.execute(migration.text.encode())
                connection.execute(
                    RECORD,
                    {
                        "number": migration.number,
                        "name": migration.name,
                        "sha256": migration.digest,
                    },
                )
        except (errors.InternalError, errors.UniqueViolation, errors.DuplicateObject):
            if not left:
                raise
            time.sleep(_PAUSE)
        else:
            return
