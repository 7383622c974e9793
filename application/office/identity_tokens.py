"""ID tokens: what a provider says of a sign-in that we asked for (OpenID Connect).

They let a browser into a session and open nothing by themselves, as access tokens sign
nobody in: what tells the two apart is asked on both sides.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from application.office import signed_tokens, token_checks
from application.office.access_tokens import is_signed
from application.office.signed_tokens import Verified
from application.office.token_checks import Check, InvalidTokenError, Said, Trust

HASHES: Final = {
    "EdDSA": "sha512",
    "Ed25519": "sha512",
    "ES256": "sha256",
    "RS256": "sha256",
    "PS256": "sha256",
}
"""By the token's algorithm, what `at_hash` is made with (OpenID Connect Core, 3.1.3.6);
Ed25519 itself hashes so."""


class Asked(msgspec.Struct, frozen=True):
    """To what the token has to be the answer."""

    nonce: str
    access_token: str | None
    """That came along; None where none did."""


Binding: TypeAlias = Callable[[Said, Trust, Asked], None]


def _identity_type(said: Said, _: Trust, __: datetime) -> None:
    # Most say JWT, some nothing; what says anything else is another kind of token.
    kind = said.header.get("typ", "JWT")
    if not isinstance(kind, str) or kind.lower() not in {"jwt", "application/jwt"}:
        raise InvalidTokenError("typ")
    if said.claims.get("typ", "ID") != "ID":
        raise InvalidTokenError("typ")


def _same_nonce(said: Said, _: Trust, asked: Asked) -> None:
    told = said.claims.get("nonce")
    if not isinstance(told, str) or not _equal(told, asked.nonce):
        raise InvalidTokenError("nonce")


def _same_client(said: Said, trust: Trust, _: Asked) -> None:
    told, audience = said.claims.get("azp"), said.claims.get("aud")
    several = isinstance(audience, list) and len(audience) > 1
    if told is None and "azp" not in said.claims and not several:
        return
    if told != trust.audience:
        raise InvalidTokenError("azp")


def _same_access_token(said: Said, _: Trust, asked: Asked) -> None:
    if "at_hash" not in said.claims:
        return
    told = said.claims["at_hash"]
    if asked.access_token is None or not isinstance(told, str):
        raise InvalidTokenError("at_hash")
    token = asked.access_token.encode(errors="replace")
    made = hashlib.new(HASHES[said.header["alg"]], token).digest()
    half = base64.urlsafe_b64encode(made[: len(made) // 2]).rstrip(b"=").decode()
    if not _equal(told, half):
        raise InvalidTokenError("at_hash")


HEADER: Final[dict[str, Check]] = token_checks.HEADER | {"typ": _identity_type}

CLAIMS: Final[dict[str, Check]] = {
    # An ID token needs no id of its own: the nonce has it used once.
    name: check
    for name, check in token_checks.CLAIMS.items()
    if name not in {"jti", "use"}
}

BINDINGS: Final[dict[str, Binding]] = {
    "nonce": _same_nonce,
    "azp": _same_client,
    "at_hash": _same_access_token,
}
"""Asked last, of what the provider surely said: that it is about this sign-in."""


async def verify(
    token: str, trust: Trust, asked: Asked, clock: Callable[[], datetime]
) -> Verified:
    """Whom the provider let in; `trust.audience` is our client id.

    Raises `InvalidTokenError`.
    """
    if not is_signed(token):
        raise InvalidTokenError("form")
    said = token_checks.read(token)
    token_checks.must_pass(HEADER, said, trust, clock())
    await signed_tokens.must_be_signed(token, said, trust)
    at = clock()
    token_checks.must_pass(CLAIMS, said, trust, at)
    for check in BINDINGS.values():
        check(said, trust, asked)
    return signed_tokens.verified(said, trust, at)


def _equal(one: str, other: str) -> bool:
    # What JSON calls a text may hold half a character.
    return hmac.compare_digest(one.encode(errors="replace"), other.encode())
