"""Sign-ins at the provider that are under way: each of one browser, and good once.

The browser keeps a secret. All that the provider is told or asked is made of it, so
that what comes back can be known again without being kept anywhere.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from application import named_sql
from application.office import tokens

_SQL = named_sql.load(__file__)
_BEGIN = _SQL["begin"]
_SWEEP = _SQL["sweep"]
_TAKE = _SQL["take"]

LASTS: Final = timedelta(minutes=10)
"""From leaving for the provider to coming back."""


class Underway(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody left for the provider with."""

    began_at: datetime
    session: UUID | None
    """The browser's session of then; None where it had none."""
    step_up: bool
    """He is known, and was sent to prove himself anew."""


def state(secret: str) -> str:
    """What the provider sends back, to the browser that left and to no other."""
    return _made_of(secret, b"disposisi state")


def is_state_of(secret: str, told: str) -> bool:
    """Whether what came back is the state that this secret went with."""
    return hmac.compare_digest(told.encode(errors="replace"), state(secret).encode())


def nonce(secret: str) -> str:
    """What the ID token must repeat, so that it is made for this sign-in."""
    return _made_of(secret, b"disposisi nonce")


def verifier(secret: str) -> str:
    """What the provider is shown with the code; nobody else can use the code."""
    return _made_of(secret, b"disposisi verifier")


def challenge(secret: str) -> str:
    """The hash of it that the provider is shown before (RFC 7636, S256)."""
    return _text(hashlib.sha256(verifier(secret).encode()).digest())


async def begin(
    conn: AsyncConnection[Any], at: datetime, session: UUID | None, *, step_up: bool
) -> str:
    """Note that somebody leaves for the provider; answers his browser's secret."""
    secret = secrets.token_urlsafe(32)
    await conn.execute(_SWEEP, {"began_after": at - LASTS})
    values = {"hash": tokens.digest(secret), "at": at, "session": session}
    await conn.execute(_BEGIN, values | {"step_up": step_up})
    return secret


async def take(
    conn: AsyncConnection[Any], secret: str, at: datetime
) -> Underway | None:
    """Use it up; None where it was used, lay too long or never was."""
    values = {"hash": tokens.digest(secret), "began_after": at - LASTS}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_TAKE, values)
        row = await cursor.fetchone()
    return None if row is None else msgspec.convert(row, Underway)


def _made_of(secret: str, purpose: bytes) -> str:
    return _text(hmac.digest(secret.encode(), purpose, "sha256"))


def _text(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
