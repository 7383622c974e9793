"""Believes signed tokens, our own and a provider's, by one and the same way."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
import structlog
from joserfc import jws
from joserfc.errors import JoseError

from application.office import basis as bases
from application.office import token_checks
from application.office.access_tokens import (
    AUDIENCE,
    LASTS,
    PASSWORD,
    SESSION,
    TYPE,
    Issuer,
)
from application.office.basis import Basis
from application.office.key_sets import ALGORITHM
from application.office.proofs import Proof
from application.office.token_checks import InvalidTokenError, Registry, Said, Trust
from domain.values import OfficialId

SCOPE_PREFIX: Final = "disposisi:"
"""Before an action word in a provider's scopes, which hold words of others too."""

NEVER: Final = datetime.fromtimestamp(0, UTC)
"""When somebody proved himself of whom the provider does not say it: not lately."""

_log = structlog.get_logger()


class Verified(msgspec.Struct, frozen=True):
    """What a believed token says; whether the official is in office is not asked."""

    official: OfficialId
    scopes: frozenset[str] | None
    authenticated_at: datetime
    good_until: datetime
    """When it has to be checked again: it ends, or the issuer's keys are old."""
    basis: Basis | None = None
    """What it stands on here; None of a provider's, who minds his passwords himself."""

    @property
    def proof(self) -> Proof:
        """By what means its bearer proved who he is."""
        if self.basis is None:
            return Proof.PROVIDER_TOKEN
        return Proof.PASSWORD if self.basis.session is None else Proof.SESSION


class SignedTokens:
    """The issuers that are believed, by name."""

    def __init__(self, trusted: Iterable[Trust], clock: Callable[[], datetime]) -> None:
        self._trusted = {trust.issuer: trust for trust in trusted}
        self._clock = clock

    async def verify(self, token: str) -> Verified | None:
        """Whom the token names; None when it is not to be believed."""
        try:
            return await self._verify(token)
        except InvalidTokenError as fault:
            _log.info("token_refused", why=fault.why)
            return None

    async def _verify(self, token: str) -> Verified:
        said = token_checks.read(token)
        named = said.claims.get("iss")
        trust = self._trusted.get(named) if isinstance(named, str) else None
        if trust is None:
            raise InvalidTokenError("iss")
        token_checks.must_pass(token_checks.HEADER, said, trust, self._clock())
        await must_be_signed(token, said, trust)
        at = self._clock()
        token_checks.must_pass(token_checks.CLAIMS, said, trust, at)
        return verified(said, trust, at)


def ours(issuer: Issuer) -> Trust:
    """How far we believe ourselves: no further than anybody else."""
    return Trust(
        issuer=issuer.name,
        audience=AUDIENCE,
        algorithms=frozenset({ALGORITHM}),
        types=frozenset({TYPE}),
        keys=issuer.keys,
        lasts=LASTS,
        is_ours=True,
    )


def verified(said: Said, trust: Trust, at: datetime) -> Verified:
    """What a token says that has passed every check."""
    ends = _instant(said.claims["exp"]) + token_checks.SKEW
    return Verified(
        official=_official(said, trust),
        scopes=_scopes(said, trust),
        authenticated_at=_authenticated_at(said, trust),
        good_until=min(ends, at + trust.keys.good_for()),
        basis=_basis(said) if trust.is_ours else None,
    )


async def must_be_signed(token: str, said: Said, trust: Trust) -> None:
    """Raise `InvalidTokenError` unless a key of the issuer signed it."""
    key = await trust.keys.find(said.header["kid"])
    if key is None:
        raise InvalidTokenError("key")
    allowed = sorted(trust.algorithms)
    registry = Registry(algorithms=allowed, strict_check_header=False)
    try:
        jws.deserialize_compact(token, key, allowed, registry)
    except (JoseError, ValueError):
        raise InvalidTokenError("signature") from None


def _instant(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _official(said: Said, trust: Trust) -> OfficialId:
    named = said.claims.get(trust.official_claim)
    if not isinstance(named, str):
        raise InvalidTokenError("official")
    return named


def _scopes(said: Said, trust: Trust) -> frozenset[str] | None:
    given = said.claims.get("scope")
    if given is None:
        return None
    if not isinstance(given, str):
        raise InvalidTokenError("scope")
    words = frozenset(given.split())
    if trust.is_ours:
        return words
    ours = {word for word in words if word.startswith(SCOPE_PREFIX)}
    return frozenset(word.removeprefix(SCOPE_PREFIX) for word in ours) or None


def _basis(said: Said) -> Basis:
    session, mark = said.claims.get(SESSION), said.claims.get(PASSWORD)
    try:
        return Basis(
            session=None if session is None else UUID(session),
            password_set_at=None if mark is None else bases.set_at(mark),
        )
    except (AttributeError, OverflowError, TypeError, ValueError):
        raise InvalidTokenError("basis") from None


def _authenticated_at(said: Said, trust: Trust) -> datetime:
    told: Any = said.claims.get("auth_time")
    way = said.claims.get("acr")
    is_strong = isinstance(way, str) and way in trust.strong
    if told is None or (trust.strong and not is_strong):
        return NEVER
    return NEVER + timedelta(seconds=told)
