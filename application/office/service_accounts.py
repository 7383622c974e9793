"""Service accounts: reporting jobs sign in with a token that is narrowed to scopes.

A service is entered as an official with the role reporter, so that the directory and
the authority table hold for it; its scopes only ever take away.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final, get_args

from psycopg import AsyncConnection

from application import named_sql
from application.office import accounts, directory, tokens
from application.office.actions import Query
from application.office.officials import OfficialRefusedError
from domain.office import Official
from domain.values import OfficialId, Role

_SQL = named_sql.load(__file__)
_SCOPES = _SQL["scopes"]

ROLE: Final = Role.REPORTER
SCOPES: Final = frozenset(get_args(Query))
"""A service reads; what it may read, the role's rows say."""
USUAL: Final = timedelta(days=90)


class ServiceRefusedError(OfficialRefusedError):
    """What was asked of a service account is none of a service's."""

    def __init__(self, said: str, *given: str) -> None:
        super().__init__(said)
        self.given = given


class UnknownScopeError(ServiceRefusedError):
    """A service reads; that is no action which a token may be narrowed to."""

    def __init__(self, given: Collection[str]) -> None:
        known = ", ".join(sorted(SCOPES))
        super().__init__(
            f"no token is narrowed to {', '.join(given)}; known are {known}", *given
        )


class UselessScopeError(ServiceRefusedError):
    """Nothing that a service's role may do asks for that action."""

    def __init__(self, given: Collection[str], useful: Collection[str]) -> None:
        known = ", ".join(sorted(useful))
        super().__init__(
            f"a service can do nothing with {', '.join(given)}; of use are {known}",
            *given,
        )


class NotAServiceError(ServiceRefusedError):
    """The id is a person's, or nobody's; tokens with scopes are services'."""

    def __init__(self, given: OfficialId) -> None:
        super().__init__(f"{given} is no service account", given)


async def add(
    conn: AsyncConnection[Any],
    service: Official,
    scopes: Collection[str],
    at: datetime,
    lasts: timedelta = USUAL,
    *,
    useful: Collection[str] = SCOPES,
) -> str:
    """Enter a service and return a token for it, for the only time.

    A service that stands already gets another token. `useful` are the actions that are
    asked where its role may do something. Raises `UnknownScopeError`,
    `UselessScopeError`, `NotAServiceError` where the id is a person's, or
    `OfficialRefusedError`.
    """
    if strange := set(scopes) - SCOPES:
        raise UnknownScopeError(sorted(strange))
    if useless := set(scopes).difference(useful):
        raise UselessScopeError(sorted(useless), SCOPES.intersection(useful))
    if service.roles != (ROLE,) or not scopes:
        raise NotAServiceError(service.id)
    async with conn.transaction():
        await directory.add(conn, service, at)
        if not await accounts.open_account(conn, service.id, accounts.SERVICE, at):
            raise NotAServiceError(service.id)
        return await tokens.issue(conn, service.id, at, lasts, scopes)


async def rotate(
    conn: AsyncConnection[Any],
    service: OfficialId,
    at: datetime,
    lasts: timedelta = USUAL,
) -> str:
    """Revoke a service's tokens and return a new one with the scopes of the latest.

    Raises `NotAServiceError` where it has had no token with scopes.
    """
    async with conn.transaction():
        cursor = await conn.execute(_SCOPES, {"official": service})
        row = await cursor.fetchone()
        if row is None:
            raise NotAServiceError(service)
        await tokens.revoke_all(conn, service, at)
        return await tokens.issue(conn, service, at, lasts, row[0])


async def revoke(conn: AsyncConnection[Any], service: OfficialId, at: datetime) -> int:
    """Revoke a service's tokens; says how many there were. The service stays entered.

    Raises `NotAServiceError`.
    """
    cursor = await conn.execute(_SCOPES, {"official": service})
    if await cursor.fetchone() is None:
        raise NotAServiceError(service)
    return await tokens.revoke_all(conn, service, at)
