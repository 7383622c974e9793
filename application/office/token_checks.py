"""What must be true of a signed token, our own or a provider's, before it is believed.

Each check stands alone in `HEADER` or `CLAIMS`, so that a test can take it away and see
that a bad token then passes.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, TypeAlias

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import Key
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry
from joserfc.util import urlsafe_b64decode
from typing_extensions import override

from application.office import strict_json

SKEW: Final = timedelta(seconds=30)
"""How far a provider's clock may stand from ours."""

LONGEST: Final = 8_192
"""Characters of a token; a provider's with many claims takes two or three thousand."""

_OVERRULING: Final = frozenset({"jwk", "jku", "x5u", "x5c", "crit", "b64"})
"""Header parameters that name a key or change how the rest is read (RFC 7515, 4.1)."""

_TEXT: Final = 255
_NAMED: Final = frozenset({"iss", "sub", "jti"})


class InvalidTokenError(Exception):
    """The token is not believed; `why` names the check, for the operator's log only."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the token fails {why}")
        self.why = why


class KeySource(Protocol):
    """The public keys of an issuer, wherever they come from."""

    async def find(self, kid: str) -> Key | None:
        """The key of that id; None when the issuer has none."""

    def good_for(self) -> timedelta:
        """How long what it says now may be rested on without asking again."""


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """An issuer that we believe, and what its tokens must look like."""

    issuer: str
    audience: str
    algorithms: frozenset[str]
    types: frozenset[str]
    keys: KeySource
    lasts: timedelta
    """From `iat` to `exp` at most."""
    official_claim: str = "sub"
    """Which claim holds our official's id."""
    is_ours: bool = False
    strong: frozenset[str] = frozenset()
    """The provider's words (`acr`) for a sign-in that serves for signing; none: any."""


class Said(msgspec.Struct, frozen=True):
    """What a token says, before anything of it is believed."""

    header: dict[str, Any]
    claims: dict[str, Any]


Check: TypeAlias = Callable[[Said, Trust, datetime], None]


def read(token: str) -> Said:
    """Take a token apart; `InvalidTokenError` when it has another form."""
    if len(token) > LONGEST:
        raise InvalidTokenError("size")
    header, claims, _ = token.split(".")
    try:
        return Said(header=_object(header), claims=_object(claims))
    except ValueError:
        raise InvalidTokenError("form") from None


def _object(part: str) -> dict[str, Any]:
    return strict_json.object_of(urlsafe_b64decode(part.encode("ascii")))


class Registry(JWSRegistry):
    """The library's algorithms; which of them serve is said by the allow-list alone."""

    @override
    def get_alg(self, name: str) -> Any:
        # Providers still say `EdDSA`, of which the library's own look-up would warn.
        if name not in (self.allowed or ()):
            raise InvalidTokenError("algorithm")
        return self.algorithms[name]


def _plain_header(said: Said, _: Trust, __: datetime) -> None:
    if not _OVERRULING.isdisjoint(said.header):
        raise InvalidTokenError("header")


def _right_type(said: Said, trust: Trust, _: datetime) -> None:
    kind = said.header.get("typ")
    if not isinstance(kind, str):
        raise InvalidTokenError("typ")
    # Types compare without case, and with or without their family (RFC 7515, 4.1.9).
    if kind.lower().removeprefix("application/") not in trust.types:
        raise InvalidTokenError("typ")


def _allowed_algorithm(said: Said, trust: Trust, _: datetime) -> None:
    algorithm = said.header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in trust.algorithms:
        raise InvalidTokenError("algorithm")


def _named_key(said: Said, _: Trust, __: datetime) -> None:
    kid = said.header.get("kid")
    if not isinstance(kid, str) or not 0 < len(kid) <= _TEXT:
        raise InvalidTokenError("kid")


def _claim(
    name: str, said: Said, at: datetime, value: str | None = None, *, must: bool = True
) -> None:
    """One claim by the library's rules; its own decoding checks none of them."""
    given: Any = said.claims.get(name)
    if given is None and not must and name not in said.claims:
        return
    registry = JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=int(SKEW.total_seconds()),
        **{name: {"essential": True} | ({"value": value} if value else {})},  # type: ignore[arg-type]  # a TypedDict
    )
    try:
        registry.validate({name: given})
    except JoseError:
        raise InvalidTokenError(name) from None
    if name in _NAMED and len(given) > _TEXT:
        raise InvalidTokenError(name)


def _lifetime(said: Said, trust: Trust, _: datetime) -> None:
    try:
        lasts = said.claims["exp"] - said.claims["iat"]
    except OverflowError:  # a whole number that no fraction can be taken from
        raise InvalidTokenError("lifetime") from None
    if not 0 <= lasts <= trust.lasts.total_seconds():
        raise InvalidTokenError("lifetime")


def _authentication(said: Said, trust: Trust, at: datetime) -> None:
    told = said.claims.get("auth_time")
    if told is None and not trust.is_ours:
        return
    # Booleans are numbers to Python, and no instants.
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise InvalidTokenError("auth_time")
    if not 0 <= told <= (at + SKEW).timestamp():
        raise InvalidTokenError("auth_time")


def _no_identity_token(said: Said, _: Trust, __: datetime) -> None:
    # An ID token tells a client who signed in; it opens nothing (OpenID Connect Core,
    # 2). Where a provider's access tokens are typed plain JWT, these claims differ.
    if not {"nonce", "at_hash", "c_hash"}.isdisjoint(said.claims):
        raise InvalidTokenError("use")
    if said.claims.get("typ", "Bearer") != "Bearer":
        raise InvalidTokenError("use")


HEADER: Final[dict[str, Check]] = {
    "header": _plain_header,
    "typ": _right_type,
    "algorithm": _allowed_algorithm,
    "kid": _named_key,
}
"""Asked before the signature, so that it is asked of the right key in the right way."""

CLAIMS: Final[dict[str, Check]] = {
    "iss": lambda said, trust, at: _claim("iss", said, at, trust.issuer),
    "aud": lambda said, trust, at: _claim("aud", said, at, trust.audience),
    "sub": lambda said, _, at: _claim("sub", said, at),
    "jti": lambda said, _, at: _claim("jti", said, at),
    "iat": lambda said, _, at: _claim("iat", said, at),
    "exp": lambda said, _, at: _claim("exp", said, at),
    "nbf": lambda said, _, at: _claim("nbf", said, at, must=False),
    "lifetime": _lifetime,
    "auth_time": _authentication,
    "use": _no_identity_token,
}
"""Asked after the signature, of what the issuer surely said."""


def must_pass(
    checks: Mapping[str, Check], said: Said, trust: Trust, at: datetime
) -> None:
    """Ask every check; `InvalidTokenError` names the first that fails."""
    for check in checks.values():
        check(said, trust, at)
