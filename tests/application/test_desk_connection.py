"""A connection that breaks during the commit: what was sent is recorded once."""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import AsyncConnection
from typing_extensions import override

from application import desk_connection
from application.desk_connection import PATIENCE, DatabaseAwayError, DeskConnection
from application.desk_errors import InDoubtError
from application.recorded import Recorded
from tests.application.business import (
    PEOPLE,
    desk_on,
    disposition,
    key,
    letter,
    line,
    new_id,
)
from tests.awaiting import comes_true, comes_true_there

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


class Flaky(DeskConnection):
    """Does not reach the database at first."""

    failures = 0
    reached = 0
    """How often it came through."""

    @override
    async def _connect(self, name: str) -> AsyncConnection[Any]:
        if self.failures:
            self.failures -= 1
            raise psycopg.OperationalError
        connection = await super()._connect(name)
        self.reached += 1
        return connection


class Clumsy(DeskConnection):
    """Fails once in setting a connection up."""

    stumbles = 0

    @override
    async def _end_doubtful(self, connection: AsyncConnection[Any]) -> None:
        if self.stumbles:
            self.stumbles -= 1
            raise psycopg.OperationalError
        await super()._end_doubtful(connection)


@asynccontextmanager
async def appends_held_up(url: str) -> AsyncIterator[None]:
    """Hold the register's lock, so that every append waits until the block ends."""
    async with await AsyncConnection.connect(url) as holder:
        await holder.execute("select pg_advisory_xact_lock(x'64697370'::integer, 1)")
        yield


async def waits_for_the_register(url: str) -> None:
    """Wait until an append has come so far."""
    async with await AsyncConnection.connect(url, autocommit=True) as watcher:

        async def waits():
            cursor = await watcher.execute(
                "select from pg_locks where locktype = 'advisory' and not granted"
                " and database = (select oid from pg_database"
                " where datname = current_database())"
            )
            return cursor.rowcount > 0

        await comes_true_there(waits)


def cut(connection: DeskConnection) -> None:
    """Break the line at our end; the server notices nothing."""
    held = connection._connection
    assert held is not None
    with socket.socket(fileno=os.dup(held.pgconn.socket)) as end:
        end.shutdown(socket.SHUT_RD)


def tags(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [
            tag
            for (tag,) in connection.execute(
                "select topic from register order by notification_id"
            )
        ]


@pytest.mark.parametrize("failures", [0, 1, 3])
async def test_what_the_server_was_still_at_is_recorded_once(
    database_url: str, failures: int
):
    flaky = Flaky(database_url, PEOPLE, new_id)
    async with desk_on(flaky) as desk:
        received = await desk.handle(letter())
        async with appends_held_up(database_url):
            asked = asyncio.create_task(
                desk.handle(disposition(received.subject)),
            )
            await waits_for_the_register(database_url)
            flaky.failures = failures
            before = flaky.reached
            cut(flaky)
            await comes_true(lambda: flaky.reached > before)
        disposed = await asked

    assert disposed.version == 2
    assert tags(database_url) == ["received", "disposed"]


async def test_a_connection_that_was_not_set_up_is_closed(database_url: str):
    clumsy = Clumsy(database_url, PEOPLE, new_id)
    clumsy.stumbles = 3
    async with desk_on(clumsy) as desk:
        await desk.handle(letter())
        with psycopg.connect(database_url) as connection:
            [(held,)] = connection.execute(
                "select count(*) from pg_stat_activity"
                " where datname = current_database()"
                " and application_name like 'desk-%'"
            ).fetchall()

    assert held == 1


async def test_a_database_that_is_away_is_given_up_in_time():
    since = time.monotonic()
    with pytest.raises(DatabaseAwayError):
        await line(NOWHERE).book()

    assert time.monotonic() - since < PATIENCE + 1


async def test_what_is_in_doubt_is_told_by_the_same_key(database_url: str):
    connection = line(database_url)
    errand = letter(idempotency=key("one"))
    async with desk_on(connection) as desk:
        await desk.handle(letter())
        async with appends_held_up(database_url):
            asked = asyncio.create_task(desk.handle(errand))
            await waits_for_the_register(database_url)
            connection._url = NOWHERE
            cut(connection)
        with pytest.raises(InDoubtError):
            await asked
        connection._url = database_url

        told = await desk.handle(letter(idempotency=key("one")))

    assert isinstance(told, Recorded)
    assert told.subject == errand.subject
    assert told.replayed
    assert tags(database_url) == ["received", "received"]


async def test_a_refused_pipeline_leaves_no_statement_that_was_never_prepared(
    database_url, monkeypatch
):
    async def refused(connection):
        async with connection.pipeline():
            await connection.execute("insert into once values (1)")
            await connection.execute("select %(a)s::int", {"a": 1})

    async def asked_behind_a_refusal():
        """Ask often, then behind a refusal, then again."""
        kept = DeskConnection(database_url, PEOPLE, uuid4)
        connection = await kept._connect("desk")
        async with connection:
            await connection.execute("create temp table once (a int primary key)")
            await connection.execute("insert into once values (1)")
            for _ in range(5):
                await connection.execute("select %(a)s::int", {"a": 1})
                await connection.execute("begin")
                await connection.execute("rollback")
            await connection.execute("begin")
            with pytest.raises(psycopg.errors.UniqueViolation):
                await refused(connection)
            await connection.execute("rollback")
            await connection.execute("select %(a)s::int", {"a": 1})

    await asked_behind_a_refusal()
    monkeypatch.setattr(desk_connection, "PREPARED_BY_ITSELF", 5)
    with pytest.raises(psycopg.errors.InvalidSqlStatementName):
        await asked_behind_a_refusal()
