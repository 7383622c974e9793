"""Copies of a view's tables: the one that serves, and the one filled beside it.

Each stands in a schema of its own. Statements name tables alone; the search path of
the connection says which copies are meant. Making and dropping a copy is the owner's.
"""

from collections.abc import Iterable
from typing import Self

import msgspec
from psycopg import sql

from application import named_sql
from application.register import Connection
from projections.view import View

_SQL = named_sql.load(__file__)
_LOOK_IN = _SQL["look_in"]
_EXISTS = _SQL["exists"]
_TABLES = _SQL["tables"]
_HOLD = _SQL["hold"]


class Copy(msgspec.Struct, frozen=True):
    """A view's tables in one schema."""

    view: View
    schema: str

    @classmethod
    def serving(cls, view: View, version: int | None = None) -> Self:
        """The one that is read; another version of the code has another."""
        return cls(view, f"{view.name}_v{version or view.version}")

    @classmethod
    def beside(cls, view: View, version: int | None = None) -> Self:
        """The one that is filled while the other serves."""
        return cls(view, f"{view.name}_v{version or view.version}_next")

    @classmethod
    def replaced(cls, view: View, version: int | None = None) -> Self:
        """The one that served, after the switch and before it is dropped."""
        return cls(view, f"{view.name}_v{version or view.version}_old")


async def look_in(connection: Connection, copies: Iterable[Copy]) -> None:
    """Let the connection's statements mean the tables of these copies."""
    path = [copy.schema for copy in copies]
    await connection.execute(_LOOK_IN, {"schemas": path})


async def exists(connection: Connection, copy: Copy) -> bool:
    """Whether the copy's tables were made."""
    cursor = await connection.execute(_EXISTS, {"schema": copy.schema})
    return await cursor.fetchone() is not None


async def create(connection: Connection, copy: Copy) -> None:
    """Make the tables, with the keys that folding needs; call `index` later.

    Within the caller's transaction, after which the connection looks in this copy.
    """
    schema = sql.Identifier(copy.schema)
    await connection.execute(sql.SQL("create schema {}").format(schema))
    await look_in(connection, [copy])
    await connection.execute(copy.view.create)
    await connection.execute(
        sql.SQL("grant usage on schema {} to disposisi_desk, disposisi_reader").format(
            schema
        )
    )
    await connection.execute(
        sql.SQL(
            "grant select, insert, update, delete on all tables in schema {}"
            " to disposisi_desk"
        ).format(schema)
    )
    await connection.execute(
        sql.SQL("grant select on all tables in schema {} to disposisi_reader").format(
            schema
        )
    )


async def index(connection: Connection, copy: Copy) -> None:
    """Make the indexes that reading needs; the connection looks in this copy then."""
    await look_in(connection, [copy])
    await connection.execute(copy.view.index)


async def analyze(connection: Connection, copy: Copy) -> None:
    """Let the planner know what the tables hold."""
    cursor = await connection.execute(_TABLES, {"schema": copy.schema})
    for (table,) in await cursor.fetchall():
        await connection.execute(
            sql.SQL("analyze {}").format(sql.Identifier(copy.schema, table))
        )


async def hold(connection: Connection) -> None:
    """Let no copy be switched until the transaction ends; it is its first statement.

    For who asks more than once within one repeatable read: the copy that is switched
    in has not been there when his transaction began, and would look empty.
    """
    await connection.execute(_HOLD)


async def rename(connection: Connection, copy: Copy, into: Copy) -> None:
    """Let the tables stand under another name; who reads them goes on undisturbed."""
    await connection.execute(
        sql.SQL("alter schema {} rename to {}").format(
            sql.Identifier(copy.schema), sql.Identifier(into.schema)
        )
    )


async def drop(connection: Connection, copy: Copy) -> None:
    """Do away with the tables, if they are there."""
    await connection.execute(
        sql.SQL("drop schema if exists {} cascade").format(sql.Identifier(copy.schema))
    )
