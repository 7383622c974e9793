"""A signed token is believed when every check holds, and only then.

The corpus has teeth: with the check that stands against a bad token taken away, the
token passes.
"""

import json
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from joserfc import jws
from joserfc.jwk import JWKRegistry, Key, OctKey

from application.office import signed_tokens, strict_json, token_checks
from application.office.access_tokens import LASTS, Issuer, is_signed
from application.office.basis import Basis
from application.office.key_sets import KeyFile
from application.office.signed_tokens import NEVER, SignedTokens, Verified, ours
from application.office.token_checks import Registry, Trust
from tests import mint as minting
from tests.bad_tokens import Bad, corpus
from tests.mint import ABSENT, Mint

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MINT = Mint(
    "https://login.example/realms/ntt",
    "disposisi",
    int(NOW.timestamp()),
    minting.ed25519(),
    "EdDSA",
)
BAD = list(corpus(MINT, "kabiro"))
UNKNOWN = {"nobody known", "the official in capitals"}
"""Whom the directory refuses, not the token."""


class Published:
    """Keys that never change."""

    def __init__(self, *keys: Key) -> None:
        self._keys = {
            str(key.kid): JWKRegistry.import_key(key.as_dict()) for key in keys
        }

    async def find(self, kid: str) -> Key | None:
        return self._keys.get(kid)

    def good_for(self) -> timedelta:
        return timedelta(minutes=5)


def trust(*keys: Key, **other: object) -> Trust:
    said = {
        "issuer": MINT.issuer,
        "audience": MINT.audience,
        "algorithms": frozenset({"EdDSA", "ES256", "RS256"}),
        "types": frozenset({"at+jwt"}),
        "keys": Published(*(keys or (MINT.key,))),
        "lasts": timedelta(hours=24),
        "official_claim": "preferred_username",
    }
    return Trust(**(said | other))  # type: ignore[arg-type]  # a test's own words


async def believed(token: str, trusted: Trust | None = None) -> Verified | None:
    if not is_signed(token):
        return None  # looked up as an opaque one, which it is not
    return await SignedTokens([trusted or trust()], lambda: NOW).verify(token)


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (minting.ed25519("a"), "EdDSA"),
        (minting.p256("b"), "ES256"),
        (minting.rsa("c"), "RS256"),
    ],
)
@pytest.mark.anyio
async def test_a_good_token_says_who_it_is(key, algorithm):
    mint = Mint(MINT.issuer, MINT.audience, MINT.now, key, algorithm)
    assert await believed(mint.good("kabiro"), trust(key)) == Verified(
        official="kabiro",
        scopes=None,
        authenticated_at=NOW - timedelta(seconds=60),
        good_until=NOW + timedelta(minutes=5),
    )


@pytest.mark.parametrize(
    "other",
    [
        {"aud": ["account", "disposisi"]},
        {"exp": MINT.now - 29, "iat": MINT.now - 300},
        {"nbf": MINT.now + 30},
        {"iat": MINT.now + 30},
        {"nbf": MINT.now - 1, "exp": MINT.now + 0.5},
        {"typ": "Bearer"},
        {"realm_access": {"roles": ["agency_head"]}},
    ],
    ids=str,
)
@pytest.mark.anyio
async def test_what_is_no_fault_is_no_fault(other):
    assert await believed(MINT.good("kabiro", **other))


@pytest.mark.parametrize("typ", ["AT+JWT", "application/at+jwt"])
@pytest.mark.anyio
async def test_a_type_may_be_written_otherwise(typ):
    token = MINT.signed(MINT.header(typ=typ, x5t="abc"), MINT.claims("kabiro"))
    assert await believed(token)


@pytest.mark.parametrize("name", ["nbf", "iat", "auth_time"])
@pytest.mark.anyio
async def test_clocks_may_differ_by_half_a_minute_and_no_more(name):
    assert await believed(MINT.good("kabiro", **{name: MINT.now + 30}))
    assert await believed(MINT.good("kabiro", **{name: MINT.now + 31})) is None


def test_the_corpus_is_large_and_none_comes_twice():
    assert len(BAD) >= 100
    assert len({bad.name for bad in BAD}) == len(BAD)


@pytest.mark.parametrize(
    "bad",
    [
        bad
        for bad in BAD
        if bad.name not in {"nobody known", "the official in capitals"}
    ],
    ids=lambda bad: bad.name,
)
@pytest.mark.anyio
async def test_a_bad_token_is_not_believed(bad: Bad):
    assert await believed(bad.token) is None


@pytest.mark.parametrize(
    "bad", [bad for bad in BAD if bad.off], ids=lambda bad: bad.name
)
@pytest.mark.anyio
async def test_control_without_its_check_a_bad_token_passes(
    bad: Bad, monkeypatch: pytest.MonkeyPatch
):
    for name in bad.off:
        if name == "signature":
            monkeypatch.setattr(signed_tokens, "must_be_signed", _look_away)
        elif name == "size":
            monkeypatch.setattr(token_checks, "LONGEST", 100_000)
        elif name == "once":
            monkeypatch.setattr(strict_json, "_once", dict)
        else:
            for table in ("HEADER", "CLAIMS"):
                checks = getattr(token_checks, table)
                left = {one: check for one, check in checks.items() if one != name}
                monkeypatch.setattr(token_checks, table, left)
    assert await believed(bad.token)


async def _look_away(*_: object) -> None:
    """Believe every signature."""


def test_control_who_takes_the_headers_word_believes_the_forger():
    forged = {bad.name: bad.token for bad in BAD}
    lax = Registry(algorithms=["none"])
    jws.deserialize_compact(forged["alg none"], None, ["none"], lax)
    secrets = {"JWK": json.dumps(MINT.public), "x": str(MINT.public["x"])}
    for name, secret in secrets.items():
        token = forged[f"HS256 under the public key ({name})"]
        jws.deserialize_compact(token, OctKey.import_key(secret), ["HS256"])


@pytest.mark.anyio
async def test_a_providers_key_of_one_kind_verifies_nothing_of_another():
    token = MINT.signed(MINT.header(alg="Ed25519"), MINT.claims("kabiro"))
    assert await believed(token) is None
    allowed = frozenset({"EdDSA", "Ed25519"})
    assert await believed(token, trust(algorithms=allowed))


@pytest.mark.parametrize(
    ("claims", "proved"),
    [
        ({"acr": "gold"}, True),
        ({"acr": "bronze"}, False),
        ({"acr": ABSENT}, False),
        ({"acr": ["gold"]}, False),
        ({"acr": "gold", "auth_time": ABSENT}, False),
    ],
    ids=["listed", "another", "none", "a list of them", "at no time"],
)
@pytest.mark.anyio
async def test_only_a_strong_sign_in_counts_as_proof(claims, proved):
    said = await believed(
        MINT.good("kabiro", **claims), trust(strong=frozenset({"gold"}))
    )
    assert said
    assert (said.authenticated_at != NEVER) == proved


@pytest.mark.anyio
async def test_a_providers_scopes_narrow_only_when_they_are_ours():
    said = await believed(MINT.good("kabiro", scope="openid disposisi:read-figures"))
    assert said
    assert said.scopes == frozenset({"read-figures"})


@pytest.fixture
def issuer(tmp_path):
    """Give our own issuer, with keys of its own."""
    return Issuer(
        "https://disposisi.example", KeyFile(tmp_path / "issuer", lambda: NOW)
    )


@pytest.mark.anyio
async def test_our_own_token_is_believed_by_the_same_way(issuer):
    basis = Basis(session=uuid4(), password_set_at=NOW - timedelta(microseconds=1))
    proved = NOW - timedelta(minutes=2)
    token = issuer.issue("kabiro", NOW, proved, {"read-case"}, basis=basis)
    assert await believed(token, ours(issuer)) == Verified(
        official="kabiro",
        scopes=frozenset({"read-case"}),
        authenticated_at=proved,
        good_until=NOW + LASTS + token_checks.SKEW,
        basis=basis,
    )


@pytest.mark.anyio
async def test_a_token_lasts_no_longer_than_what_it_stands_on(issuer):
    ends = NOW + timedelta(minutes=2)
    token = issuer.issue("kabiro", NOW, NOW, basis=Basis(), until=ends)
    said = await believed(token, ours(issuer))
    assert said is not None
    assert said.good_until == ends + token_checks.SKEW


@pytest.mark.anyio
@pytest.mark.parametrize(
    "claim",
    [
        *({"sid": "x"}, {"sid": 7}, {"sid": ["x"]}),
        *({"password_mark": "x"}, {"password_mark": 10**30}, {"password_mark": []}),
    ],
)
async def test_a_basis_that_can_not_be_read_is_not_believed(issuer, claim):
    mint = Mint(issuer.name, "disposisi", MINT.now, issuer.keys.signing(), "Ed25519")
    assert await believed(mint.good("kabiro"), ours(issuer))
    assert await believed(mint.good("kabiro", **claim), ours(issuer)) is None
    # A provider's words of that name are its own.
    assert await believed(MINT.good("kabiro", **claim), trust())


@pytest.mark.anyio
async def test_our_own_tokens_say_when_the_official_proved_himself(issuer):
    key = issuer.keys.signing()
    mint = Mint(issuer.name, "disposisi", MINT.now, key, "Ed25519")
    assert await believed(mint.good("kabiro"), ours(issuer))
    assert await believed(mint.good("kabiro", auth_time=ABSENT), ours(issuer)) is None
    too_long = mint.good("kabiro", exp=MINT.now + 601, iat=MINT.now)
    assert await believed(too_long, ours(issuer)) is None


@pytest.mark.anyio
async def test_an_issuer_signs_in_its_own_name_alone(issuer):
    """A provider that we believe can't make tokens of ours, nor we of its."""
    both = SignedTokens([ours(issuer), trust()], lambda: NOW)
    ours_by_them = MINT.good("kabiro", iss=issuer.name)
    key = issuer.keys.signing()
    theirs_by_us = Mint(MINT.issuer, MINT.audience, MINT.now, key, "Ed25519")
    assert await both.verify(ours_by_them) is None
    assert await both.verify(theirs_by_us.good("kabiro")) is None


@pytest.mark.anyio
async def test_checking_a_token_takes_a_fraction_of_a_millisecond(issuer):
    token = issuer.issue("kabiro", NOW, NOW, basis=Basis())
    best = min([await _timed(token, ours(issuer)) for _ in range(50)])
    assert best < 0.005


async def _timed(token: str, trusted: Trust) -> float:
    before = time.perf_counter()
    assert await believed(token, trusted)
    return time.perf_counter() - before
