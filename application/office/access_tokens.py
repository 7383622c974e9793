"""Access tokens of our own issuer: JSON Web Tokens (RFC 9068) that last ten minutes.

They say who somebody is and when he proved it, never what he may do: roles, agencies
and units stand in the directory alone, so that taking them away needs no new token.
"""

import secrets
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Final

from joserfc import jwt

from application.office.key_sets import ALGORITHM, KeyFile
from domain.values import OfficialId

LASTS: Final = timedelta(minutes=10)
AUDIENCE: Final = "disposisi"
TYPE: Final = "at+jwt"
"""Tells an access token from every other signed token (RFC 9068, section 2.1)."""


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
    ) -> str:
        """Make a token for an official who proved himself at `authenticated_at`.

        `scopes` are the action words it may be used for; None narrows nothing.
        """
        key = self.keys.signing()
        issued_at = int(at.timestamp())
        claims: dict[str, Any] = {
            "iss": self.name,
            "aud": AUDIENCE,
            "sub": official,
            "jti": secrets.token_urlsafe(16),
            "iat": issued_at,
            "exp": issued_at + int(LASTS.total_seconds()),
            "auth_time": int(authenticated_at.timestamp()),
        }
        if scopes is not None:
            claims["scope"] = " ".join(sorted(scopes))
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}
        return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def is_signed(token: str) -> bool:
    """Whether it has the form of a signed token; opaque ones have no dots."""
    return token.count(".") == 2  # noqa: PLR2004 - header, claims, signature
