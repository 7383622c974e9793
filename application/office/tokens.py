"""Bearer tokens: opaque, 256 bits, shown once and kept only as a SHA-256 digest."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from application import named_sql
from application.discretion import discreet
from application.office import account_events
from application.office.account_events import What
from application.office.directory import announce
from application.office.officials import UnknownOfficialError
from application.office.proofs import Proof
from domain.office import Official
from domain.values import AgencyCode, OfficialId

_SQL = named_sql.load(__file__)
_ISSUE = _SQL["issue"]
_REVOKE_ALL = _SQL["revoke_all"]
_BEARER = _SQL["bearer"]

PREFIX: Final = "dsp_"
"""Lets a scanner that looks for leaked secrets tell ours from others'."""
SHORTEST: Final = timedelta(hours=24)
USUAL: Final = timedelta(days=30)


class Principal(msgspec.Struct, frozen=True):
    """Who bears a token: an official, with the agencies in which he is in office."""

    official: OfficialId
    memberships: dict[AgencyCode, Official]
    scopes: frozenset[str] | None = None
    """The action words it may be used for, and no others; None narrows nothing."""
    authenticated_at: datetime | None = None
    """When he last proved who he is; None is an operator's token, never asked again."""
    proof: Proof | None = None
    """By what means; None where nobody asked, as of what is made up for a demo."""


class Bearer(msgspec.Struct, frozen=True):
    """A principal and until when the token serves."""

    principal: Principal
    expires_at: datetime
    session: UUID | None = None
    """With whose end it serves no more; None where it was given without one."""


async def issue(
    conn: AsyncConnection[Any],
    official: OfficialId,
    at: datetime,
    lasts: timedelta = USUAL,
    scopes: Collection[str] | None = None,
) -> str:
    """Make a token for an official in office and return it, for the only time.

    `scopes` are the action words it is narrowed to; a service account has no token
    without. Raises `UnknownOfficialError`; a token lasts at least `SHORTEST`.
    """
    token = PREFIX + secrets.token_urlsafe(32)
    narrowed = None if scopes is None else sorted(scopes)
    async with conn.transaction():
        with discreet():
            cursor = await conn.execute(
                _ISSUE,
                {
                    "hash": digest(token),
                    "official": official,
                    "at": at,
                    "expires_at": at + max(lasts, SHORTEST),
                    "scopes": narrowed,
                },
            )
        if await cursor.fetchone() is None:
            raise UnknownOfficialError(official)
        await account_events.note(
            conn,
            What.TOKEN_ISSUED,
            official,
            at,
            account_events.OPERATOR,
            scopes=narrowed or (),
        )
    return token


async def revoke_all(
    conn: AsyncConnection[Any], official: OfficialId, at: datetime
) -> int:
    """Revoke every token of an official; says how many there were."""
    async with conn.transaction():
        cursor = await conn.execute(_REVOKE_ALL, {"official": official, "at": at})
        await announce(conn, official)
        await account_events.note(
            conn, What.TOKENS_REVOKED, official, at, account_events.OPERATOR
        )
    return cursor.rowcount


async def bearer_of(
    conn: AsyncConnection[Any], token_digest: bytes, at: datetime
) -> Bearer | None:
    """Find who bears a token; None when it is unknown, expired, revoked or disabled."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_BEARER, {"hash": token_digest, "at": at})
        rows = await cursor.fetchall()
    if not rows:
        return None
    expires_at, scopes = rows[0]["expires_at"], rows[0]["scopes"]
    officials = msgspec.convert(rows, list[Official])
    return Bearer(
        principal=Principal(
            official=officials[0].id,
            memberships={one.agency: one for one in officials},
            scopes=None if scopes is None else frozenset(scopes),
            proof=Proof.OPERATOR_TOKEN if scopes is None else Proof.SERVICE_TOKEN,
        ),
        expires_at=expires_at,
    )


def digest(token: str) -> bytes:
    """Hash a token as it is stored; any text at all, well-formed or not, hashes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
