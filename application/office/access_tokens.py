"""Access tokens of our own issuer: JSON Web Tokens (RFC 9068) that last ten minutes.

They say who somebody is and when he proved it, never what he may do: roles, agencies
and units stand in the directory alone, so that taking them away needs no new token.
"""

import secrets
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Final

from joserfc import jwt

from application.office.basis import Basis
from application.office.key_sets import ALGORITHM, KeyFile
from domain.values import OfficialId

LASTS: Final = timedelta(minutes=10)
AUDIENCE: Final = "disposisi"
TYPE: Final = "at+jwt"
"""Tells an access token from every other signed token (RFC 9068, section 2.1)."""


SESSION: Final = "sid"
"""The claim with the name of the session in which the token was taken."""
PASSWORD: Final = "password_mark"  # noqa: S105 - a word, no secret
"""The claim by which another password is told from the one that let its bearer in."""


class Issuer:
    """Signs access tokens in our own name; `name` is our public address."""

    def __init__(self, name: str, keys: KeyFile) -> None:
        self.name = name
        self.keys = keys

    def issue(
        self,
        official: OfficialId,
        at: datetime,
        authenticated_at: datetime,
        scopes: AbstractSet[str] | None = None,
        *,
        basis: Basis,
        until: datetime | None = None,
    ) -> str:
        """Make a token for an official who proved himself at `authenticated_at`.

        `scopes` are the action words it may be used for; None narrows nothing. It falls
        with its `basis`, and lasts no longer than `until`.
        """
        key = self.keys.signing()
        issued_at = int(at.timestamp())
        expires_at = int(ends_at(at, until).timestamp())
        claims: dict[str, Any] = {
            "iss": self.name,
            "aud": AUDIENCE,
            "sub": official,
            "jti": secrets.token_urlsafe(16),
            "iat": issued_at,
            "exp": expires_at,
            "auth_time": int(authenticated_at.timestamp()),
        }
        if basis.session is not None:
            claims[SESSION] = str(basis.session)
        if (mark := basis.mark()) is not None:
            claims[PASSWORD] = mark
        if scopes is not None:
            claims["scope"] = " ".join(sorted(scopes))
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def ends_at(at: datetime, until: datetime | None) -> datetime:
    """When a token of `at` ends; `until` is when what it stands on does."""
    return at + LASTS if until is None else min(at + LASTS, until)


def is_signed(token: str) -> bool:
    """Whether it has the form of a signed token; opaque ones have no dots."""
    return token.count(".") == 2  # noqa: PLR2004 - header, claims, signature
