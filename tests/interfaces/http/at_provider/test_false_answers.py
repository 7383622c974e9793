"""What a provider, or somebody in its stead, may say that lets nobody in.

The checks have teeth: with the one taken away that stands against a bad ID token, it
lets its bearer in.
"""

import time
from typing import NamedTuple

import pytest

from application.office import identity_tokens, signed_tokens
from tests import mint as minting
from tests.interfaces.http.at_provider.visitor import Visitor
from tests.mint import Json, Mint, mac
from tests.oidc_provider import Provider
from tests.sign_in_desk import CLIENT, SECRET


class Bad(NamedTuple):
    """How the provider answers, and the check that stands against it."""

    name: str
    told: Json
    off: str | None = None


def claims(name: str, off: str, **said: object) -> Bad:
    return Bad(name, {"claims": said}, off)


NOW = int(time.time())
DAYS = 86_400

NO_TOKENS: tuple[object, ...] = (
    *(None, 7, True, [], {}),
    *("", "abc", "..", "a.b.c", "a.b.c.d.e"),
)

BAD = (
    claims("another nonce", "nonce", nonce="n-0S6_WzA2Mj"),
    claims("no nonce", "nonce", nonce=None),
    claims("a nonce that is a number", "nonce", nonce=7),
    claims("half a character as nonce", "nonce", nonce="\ud800"),
    claims("for another client", "aud", aud="another-client"),
    claims("for our service, as an access token is", "aud", aud="disposisi"),
    claims("for other clients", "aud", aud=["a", "b"], azp=CLIENT),
    claims("for several, and nobody said for whom", "azp", aud=[CLIENT, "b"]),
    claims("given to another client", "azp", azp="another-client"),
    claims("given to null", "azp", azp=0),
    claims("of another issuer", "iss", iss="https://login.example"),
    claims("expired", "exp", exp=NOW - 60, iat=NOW - 120),
    Bad("without an end", {"claims": {"exp": "never"}}),
    claims("of tomorrow", "iat", iat=NOW + DAYS, exp=NOW + DAYS + 60),
    claims("not good yet", "nbf", nbf=NOW + 7_200),
    claims("good for two days", "lifetime", exp=NOW + 2 * DAYS),
    claims("without a subject", "sub", sub=None),
    claims("signed in tomorrow", "auth_time", auth_time=NOW + DAYS),
    claims("of another access token", "at_hash", at_hash="x" * 43),
    claims("a hash that is a number", "at_hash", at_hash=3),
    claims("a refresh token", "typ", typ="Refresh"),
    claims("an access token by its claim", "typ", typ="Bearer"),
    Bad("an access token by its type", {"header": {"typ": "at+jwt"}}, "typ"),
    Bad("a logout token", {"header": {"typ": "logout+jwt"}}, "typ"),
    Bad("a key of its own", {"header": {"jwk": {"kty": "oct"}}}, "header"),
    Bad("tampered", {"tampered": True}, "signature"),
    Bad("another key's", {"other key": True}, "signature"),
    Bad("without a key id", {"header": {"kid": None}}),
    Bad("an unknown key's", {"header": {"kid": "another"}}),
    Bad("alg none", {"header": {"alg": "none"}}),
    Bad("alg HS256", {"header": {"alg": "HS256"}}),
    Bad("another alg", {"header": {"alg": "RS256"}}),
    Bad("no official", {"claims": {"preferred_username": None}}),
    Bad("an official that is a list", {"claims": {"preferred_username": ["a"]}}),
    *(
        Bad(f"an ID token that is {said!r}", {"beside": {"id_token": said}})
        for said in NO_TOKENS
    ),
    Bad("an ID token without end", {"beside": {"id_token": f"a.{'b' * 9_000}.c"}}),
    Bad("an ID token that is no text", {"beside": {"id_token": "\ud800.é.\u0000"}}),
    Bad(
        "no access token, though hashed", {"beside": {"access_token": None}}, "at_hash"
    ),
    Bad("half a character as access token", {"beside": {"access_token": "\ud800"}}),
)
"""`access_token` alone would be no fault: nothing is done with it."""


@pytest.fixture
def told(provider: Provider, mint: Mint):
    """Have the provider answer so."""

    def tell(bad: Bad) -> None:
        said = dict(bad.told)
        if said.pop("other key", False):
            forged = minting.ed25519(str(mint.key.kid))
            provider.sign_with(dict(forged.as_dict(private=True)))
        provider.sign_in(**said)

    yield tell
    provider.sign_with(dict(mint.key.as_dict(private=True)))


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_id_token_lets_nobody_in(visitor: Visitor, told, bad: Bad):
    told(bad)
    answer = visitor.sign_in()
    assert visitor.is_refused(answer, 401, "provider-not-believed")
    assert visitor.errand is None
    assert visitor.http.get("/v1/session").status_code == 401


@pytest.mark.parametrize(
    "bad", [bad for bad in BAD if bad.off], ids=lambda bad: bad.name
)
def test_control_without_its_check_it_lets_somebody_in(
    visitor: Visitor, told, bad: Bad, monkeypatch: pytest.MonkeyPatch
):
    if bad.off == "signature":
        monkeypatch.setattr(signed_tokens, "must_be_signed", _look_away)
    for name in ("HEADER", "CLAIMS", "BINDINGS"):
        checks = getattr(identity_tokens, name)
        kept = {word: check for word, check in checks.items() if word != bad.off}
        monkeypatch.setattr(identity_tokens, name, kept)
    told(bad)
    assert visitor.sign_in().status_code == 200


async def _look_away(*_: object) -> None:
    """Believe every signature."""


def test_an_id_token_under_our_own_secret_lets_nobody_in(visitor, provider, mint):
    """HS256 under the client's secret, as OpenID Connect has it for some."""
    header = {"alg": "HS256", "typ": "JWT", "kid": mint.key.kid}
    token = mac(header, mint.claims("bo-kepala", nonce="n"), SECRET.encode())
    provider.sign_in(beside={"id_token": token})
    assert visitor.is_refused(visitor.sign_in(), 401, "provider-not-believed")


def test_no_id_token_opens_the_door_of_the_api(visitor, provider, mint):
    for nonce in (minting.ABSENT, "n"):
        claims = mint.claims("bo-kepala", nonce=nonce)
        token = mint.signed(mint.header(typ="JWT"), claims)
        assert visitor.counter.bearing(token).get("/v1/cases").status_code == 401


@pytest.mark.parametrize(
    "said",
    [
        {"header": {"typ": None}},
        {"header": {"typ": "application/jwt"}},
        {"claims": {"typ": "ID", "azp": CLIENT, "aud": [CLIENT]}},
        {"claims": {"aud": [CLIENT, "account"], "azp": CLIENT}},
        {"claims": {"at_hash": None}, "beside": {"access_token": None}},
        {"claims": {"sid": "9", "groups": ["/a"], "roles": ["agency_head"]}},
    ],
    ids=str,
)
def test_what_is_no_fault_is_no_fault(visitor, provider, said):
    provider.sign_in(**said)
    assert visitor.sign_in().status_code == 200


@pytest.mark.parametrize(
    "desk", ["down", "500", "503", "401", "403", "302", "empty", "no JSON", "huge"]
)
def test_an_outage_at_the_token_endpoint_is_told_and_passes(visitor, provider, desk):
    provider.sign_in(desk=desk)
    answer = visitor.sign_in()
    # A JSON object that holds no token is an answer, and not believed.
    is_answer = desk == "empty"
    code = "provider-not-believed" if is_answer else "provider-away"
    assert visitor.is_refused(answer, 401 if is_answer else 503, code)
    assert is_answer or answer.headers["retry-after"]
    assert visitor.errand is None
    provider.sign_in()
    assert visitor.sign_in().status_code == 200
