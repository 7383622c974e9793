"""Accounts: which officials can sign in here, and what is kept of their passwords."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final, Literal, TypeAlias

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from application import named_sql
from application.discretion import discreet
from domain.values import AgencyCode, OfficialId, Role

_SQL = named_sql.load(__file__)
_TAKE_ROLE = _SQL["take_role"]
_KEPT = _SQL["kept"]
_HOLD_OFFICIALS = _SQL["hold_officials"]
_HOLD = _SQL["hold"]
_OPEN = _SQL["open"]
_KEEP = _SQL["keep"]
_REHASH = _SQL["rehash"]
_AGENCIES = _SQL["agencies"]
_SERVING = _SQL["serving"]
_LIST = _SQL["list"]
_ANYBODY = _SQL["anybody"]
_LOCK = _SQL["lock"]

Kind: TypeAlias = Literal["person", "service"]
PERSON: Final[Kind] = "person"
SERVICE: Final[Kind] = "service"


class Kept(msgspec.Struct, frozen=True):
    """What signing in has to know of somebody in office."""

    official: OfficialId
    names: tuple[str, ...]
    password: str | None
    """argon2id; None where none was set yet."""
    password_set_at: datetime | None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An official in one agency, as who keeps the accounts sees him."""

    official: OfficialId
    agency: AgencyCode
    name: str
    roles: tuple[Role, ...]
    unit: str | None
    disabled: bool
    kind: Kind
    has_password: bool
    invited_until: datetime | None
    """Until when a link waits to be used; None where none does."""
    paused_until: datetime | None
    """Until when no try is looked at, after wrong ones; None outside a pause."""


@asynccontextmanager
async def opened(
    pool: AsyncConnectionPool[Any],
) -> AsyncIterator[AsyncConnection[Any]]:
    """A transaction in the database role that may look at accounts and change them."""
    async with pool.connection() as conn, conn.transaction():
        await conn.execute(_TAKE_ROLE)
        yield conn


async def kept(conn: AsyncConnection[Any], official: OfficialId) -> Kept | None:
    """Somebody in office who is a person; None for everyone else."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_KEPT, {"official": official})
        row = await cursor.fetchone()
    return None if row is None else msgspec.convert(row, Kept)


async def held(conn: AsyncConnection[Any], official: OfficialId) -> Kept | None:
    """The same, and nobody disables him or changes his password meanwhile.

    What is read here stays true until the caller's transaction ends.
    """
    await conn.execute(_HOLD_OFFICIALS, {"official": official})
    await conn.execute(_HOLD, {"official": official})
    return await kept(conn, official)


async def open_account(
    conn: AsyncConnection[Any], official: OfficialId, kind: Kind, at: datetime
) -> bool:
    """Make sure that there is an account; False where it is of the other kind."""
    values = {"official": official, "kind": kind, "at": at}
    cursor = await conn.execute(_OPEN, values)
    return await cursor.fetchone() is not None


async def keep(
    conn: AsyncConnection[Any], official: OfficialId, password: str, at: datetime
) -> None:
    """Keep a password that was hashed."""
    with discreet():
        values = {"official": official, "password": password, "at": at}
        await conn.execute(_KEEP, values)


async def rehash(
    conn: AsyncConnection[Any], official: OfficialId, password: str
) -> None:
    """Keep the same password, hashed another way."""
    with discreet():
        await conn.execute(_REHASH, {"official": official, "password": password})


async def agencies_of(
    conn: AsyncConnection[Any], official: OfficialId
) -> frozenset[AgencyCode]:
    """Those in which he is in office."""
    cursor = await conn.execute(_AGENCIES, {"official": official})
    return frozenset(agency for (agency,) in await cursor.fetchall())


async def serving(
    conn: AsyncConnection[Any], official: OfficialId
) -> dict[AgencyCode, tuple[Role, ...]]:
    """In which roles he is in office, by agency; nobody else enters him meanwhile."""
    await conn.execute(_LOCK)
    cursor = await conn.execute(_SERVING, {"official": official})
    found = await cursor.fetchall()
    return {agency: tuple(Role(role) for role in roles) for agency, roles in found}


async def page(
    conn: AsyncConnection[Any],
    agencies: Sequence[AgencyCode],
    at: datetime,
    after: str,
    limit: int,
) -> list[Account]:
    """Officials of these agencies by id and agency; `after` ends an earlier page.

    It is an id and an agency with a space between them, or empty.
    """
    id_, _, agency = after.partition(" ")
    values = {"agencies": list(agencies), "at": at, "limit": limit}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_LIST, values | {"after": id_, "after_agency": agency})
        return msgspec.convert(await cursor.fetchall(), list[Account])


async def everybody(
    conn: AsyncConnection[Any],
    agencies: Sequence[AgencyCode],
    at: datetime,
    at_once: int = 1_000,
) -> list[Account]:
    """All officials of these agencies, however many there are."""
    found: list[Account] = []
    after = ""
    while some := await page(conn, agencies, at, after, at_once):
        found += some
        after = f"{some[-1].official} {some[-1].agency}"
    return found


async def has_anybody(conn: AsyncConnection[Any]) -> bool:
    """Whether somebody can sign in, or somebody in office keeps the accounts.

    Holds a lock until the transaction ends, so that two do not both find nobody.
    """
    await conn.execute(_LOCK)
    cursor = await conn.execute(_ANYBODY)
    return await cursor.fetchone() is not None
