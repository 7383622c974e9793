"""Signed tokens at the door: a provider's and our own, and none that is neither."""

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import httpx
import psycopg
import pytest

from application.office import directory
from application.office.basis import Basis
from interfaces.clock import now
from interfaces.identities import issuer_of
from interfaces.provider.key_cache import BETWEEN_SECONDS
from interfaces.settings import Settings
from tests import house, oidc_provider
from tests import mint as minting
from tests.awaiting import comes_true_outside
from tests.bad_tokens import corpus
from tests.interfaces.http import forms
from tests.mint import ABSENT, Mint
from tests.oidc_provider import Provider
from tests.open_counter import OpenCounter, open_counter

WHO = "bo-analis"
NOBODY = 'Bearer realm="disposisi"'
NOT_BELIEVED = f'{NOBODY}, error="invalid_token"'


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """Give the province's provider."""
    with oidc_provider.provider() as started:
        yield started


@pytest.fixture(scope="module")
def signing(provider: Provider) -> Mint:
    """Give the provider's own mint, whose key it publishes."""
    made = Mint(provider.url, "disposisi", int(time.time()), minting.ed25519(), "EdDSA")
    provider.publish(made.public)
    return made


@pytest.fixture(scope="module")
def counter(
    server_url: str,
    template: str,
    tmp_path_factory: pytest.TempPathFactory,
    provider: Provider,
    signing: Mint,
) -> Iterator[OpenCounter]:
    """Give a worker that believes the provider."""
    environ = {
        "DISPOSISI_OIDC_ISSUER": provider.url,
        "DISPOSISI_OIDC_AUDIENCE": signing.audience,
    }
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), environ=environ) as opened,
    ):
        yield opened


@pytest.fixture
def mint(signing: Mint) -> Mint:
    """Give the mint, with the time as it is."""
    signing.now = int(time.time())
    return signing


def asked(
    counter: OpenCounter, token: str, path: str = "/v1/agencies"
) -> httpx.Response:
    """Answer of a look that every official may take."""
    return counter.bearing(token).get(path)


def is_refused(counter: OpenCounter, token: str) -> bool:
    """Whether the token opens nothing."""
    return asked(counter, token).status_code == 401


def ours(counter: OpenCounter, who: str, minutes_ago: float = 0, scopes=None) -> str:
    """A token of our own issuer, for somebody who proved himself then."""
    at = now()
    proved = at - timedelta(minutes=minutes_ago)
    issuer = issuer_of(Settings(data=str(counter.data)))
    return issuer.issue(who, at, proved, scopes, basis=Basis())


def test_a_providers_token_opens_the_door(counter, mint):
    assert asked(counter, mint.good(WHO)).status_code == 200


def test_our_own_issuers_token_opens_it_too(counter):
    assert asked(counter, ours(counter, WHO)).status_code == 200


def test_no_bad_token_opens_it_and_none_breaks_anything(counter, mint):
    tried = 0
    with httpx.Client(base_url=counter.url) as http:
        for bad in corpus(mint, WHO):
            said = f"Bearer {bad.token}".encode("utf-8", "surrogatepass")
            if b"\n" in said:
                continue
            answer = http.get("/v1/agencies", headers={b"authorization": said})
            assert answer.status_code == 401, bad.name
            assert answer.headers["www-authenticate"] == NOT_BELIEVED, bad.name
            assert answer.json()["code"] == "unauthenticated", bad.name
            tried += 1
    assert tried >= 100


def test_all_bad_tokens_are_answered_alike(counter, mint):
    """What is wrong with a token helps whoever makes them, and nobody else."""
    texts = set()
    for bad in list(corpus(mint, WHO))[::10]:
        told = asked(counter, bad.token.replace("\n", "")).json()
        told.pop("request_id")
        texts.add(str(sorted(told.items())))
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ([], NOBODY),
        (["Basic eDp5"], NOT_BELIEVED),
        (["Bearer"], NOT_BELIEVED),
        (["Bearer a.b.c"], NOT_BELIEVED),
        (["Bearer dsp_x", "Bearer dsp_x"], NOT_BELIEVED),
    ],
)
def test_who_brings_no_token_is_told_which_kind_is_needed(counter, said, told):
    headers = [("authorization", one) for one in said]
    answer = httpx.get(f"{counter.url}/v1/agencies", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == told


def test_a_token_said_twice_is_refused_though_it_is_good(counter):
    said = f"Bearer {counter.token(WHO)}"
    headers = [("authorization", said), ("authorization", said)]
    answer = httpx.get(f"{counter.url}/v1/agencies", headers=headers)
    assert answer.status_code == 401


def test_roles_come_from_our_directory_and_never_from_a_claim(counter, mint):
    """A handler whose token calls him head of everything stays a handler."""
    claims = {
        "roles": ["agency_head", "administrator"],
        "realm_access": {"roles": ["agency_head"]},
        "groups": ["/biro-organisasi/kepala"],
        "agency": "biro-organisasi",
    }
    token = mint.good(WHO, **claims)
    caller = counter.bearing(token)
    refused = caller.post("/v1/cases", forms.letter())
    assert refused.json()["code"] == "forbidden"
    received = counter["bo-agendaris"].post("/v1/cases", forms.letter()).json()
    path = f"/v1/cases/{received['case']}/disposition"
    assert caller.post(path, forms.disposition(WHO), 1).status_code == 403


def test_who_is_disabled_is_refused_with_the_next_request(counter, mint):
    who = "bppd-kasubid"
    tokens = (mint.good(who), ours(counter, who))
    assert {asked(counter, token).status_code for token in tokens} == {200}

    async def disable() -> None:
        url = counter.database_url
        async with await psycopg.AsyncConnection.connect(url) as connection:
            await directory.disable(connection, who, now())

    asyncio.run(disable())
    for token in tokens:
        comes_true_outside(partial(is_refused, counter, token), 3)
    assert asked(counter, mint.good(who)).status_code == 401


def test_a_key_that_was_rotated_ends_its_tokens(counter):
    token = ours(counter, WHO)
    keys = issuer_of(Settings(data=str(counter.data))).keys
    keys.rotate()
    assert asked(counter, token).status_code == 200
    new = ours(counter, WHO)
    keys.rotate(keep_former=False)
    announce(counter)
    for former in (token, new):
        comes_true_outside(partial(is_refused, counter, former), 3)
    assert asked(counter, ours(counter, WHO)).status_code == 200


def announce(counter: OpenCounter) -> None:
    """Tell the workers, as whoever rotates the keys does."""
    with psycopg.connect(counter.database_url) as connection:
        connection.execute("select pg_notify('directory', '')")


def test_a_hundred_unknown_keys_at_once_ask_the_provider_once(counter, mint, provider):
    assert asked(counter, mint.good(WHO)).status_code == 200
    before = provider.asked()
    strange = Mint(mint.issuer, mint.audience, mint.now, minting.ed25519("?"), "EdDSA")

    async def knock() -> set[int]:
        async with httpx.AsyncClient(base_url=counter.url, timeout=20) as http:
            answers = await asyncio.gather(
                *(
                    http.get(
                        "/v1/agencies",
                        headers={
                            "authorization": "Bearer "
                            + strange.signed(
                                strange.header(kid=f"strange-{n}"),
                                strange.claims(WHO),
                            )
                        },
                    )
                    for n in range(100)
                )
            )
        return {answer.status_code for answer in answers}

    began = time.monotonic()
    assert asyncio.run(knock()) == {401}
    most = 1 + int((time.monotonic() - began) / BETWEEN_SECONDS)
    assert provider.asked() - before <= most
    assert asked(counter, mint.good(WHO)).status_code == 200


def test_while_the_provider_is_away_its_tokens_serve(counter, mint, provider):
    assert asked(counter, mint.good(WHO)).status_code == 200
    provider.behave("down")
    try:
        assert asked(counter, mint.good(WHO, jti="another")).status_code == 200
        assert asked(counter, counter.token(WHO)).status_code == 200
    finally:
        provider.behave("well")


@pytest.fixture
def drafted(counter) -> str:
    """Give the path of a case whose answer waits for the subdivision's head."""
    case = counter["bo-agendaris"].post("/v1/cases", forms.letter()).json()["case"]
    path = f"/v1/cases/{case}"
    told = counter["bo-kepala"].post(f"{path}/disposition", forms.disposition(WHO), 1)
    assert told.status_code == 200
    assert counter[WHO].post(f"{path}/draft", forms.draft(), 2).status_code == 200
    return path


APPROVAL = {"draft": 1, "capacity": "own"}


@pytest.mark.parametrize("proved", [{"auth_time": ABSENT}, {"auth_time": -301}])
def test_signing_wants_somebody_who_proved_himself_just_now(
    counter, mint, drafted, proved
):
    if proved["auth_time"] is not ABSENT:
        proved = {"auth_time": mint.now + proved["auth_time"]}
    who = counter.bearing(mint.good("bo-kasubid", **proved))
    answer = who.post(f"{drafted}/approval", APPROVAL, 3)
    assert answer.status_code == 401
    assert answer.json()["code"] == "step-up-required"
    told = answer.headers["www-authenticate"]
    assert told.startswith(NOBODY)
    assert 'error="insufficient_user_authentication"' in told
    assert 'max_age="300"' in told
    assert who.get(drafted).status_code == 200, "he may still look"
    again = counter.bearing(mint.good("bo-kasubid", auth_time=mint.now))
    assert again.post(f"{drafted}/approval", APPROVAL, 3).status_code == 200


@pytest.mark.parametrize("path", ["/v1/cases/{}/refusal", "/v1/objections/{}/decision"])
def test_refusing_and_deciding_want_it_too(counter, path):
    stale = counter.bearing(ours(counter, "bo-kepala", minutes_ago=6))
    answer = stale.post(path.format("0a1b2c3d-0000-4000-8000-000000000000"), {}, 1)
    assert answer.json()["code"] == "step-up-required"
    fresh = counter.bearing(ours(counter, "bo-kepala", minutes_ago=4))
    answer = fresh.post(path.format("0a1b2c3d-0000-4000-8000-000000000000"), {}, 1)
    assert answer.json()["code"] != "step-up-required"


def test_a_token_that_the_operator_issued_signs_without_more(counter, drafted):
    told = counter["bo-kasubid"].post(f"{drafted}/approval", APPROVAL, 3)
    assert told.status_code == 200


def test_a_narrowed_token_does_what_it_is_for_and_nothing_else(counter):
    narrowed = counter.bearing(ours(counter, "bo-kepala", scopes={"read-list"}))
    assert narrowed.get("/v1/cases").status_code == 200
    for answer in (
        narrowed.get("/v1/agencies"),
        narrowed.post("/v1/cases", forms.letter()),
        narrowed.get("/v1/audit"),
    ):
        assert answer.status_code == 403
        assert answer.json()["code"] == "forbidden"
        assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]


def test_a_token_that_is_narrowed_to_nothing_does_nothing(counter):
    narrowed = counter.bearing(ours(counter, "bo-kepala", scopes=set()))
    assert narrowed.get("/v1/cases").status_code == 403


def test_a_provider_may_narrow_a_token_too(counter, mint):
    token = mint.good("bo-kepala", scope="openid disposisi:read-list")
    assert asked(counter, token, "/v1/cases").status_code == 200
    assert asked(counter, token).status_code == 403


def test_the_keys_of_our_issuer_are_published_without_their_secret(counter):
    told = counter.stranger.get("/.well-known/jwks.json")
    assert told.status_code == 200
    keys = told.json()["keys"]
    assert keys
    for key in keys:
        assert set(key) == {"kid", "x", "kty", "crv", "use", "alg"}
        assert key["crv"] == "Ed25519"
    issuer = counter.stranger.get("/.well-known/oauth-authorization-server").json()
    assert issuer["issuer"] == "http://127.0.0.1:8000"
    assert issuer["jwks_uri"] == f"{issuer['issuer']}/.well-known/jwks.json"
    # Nobody signs in here on another's behalf, and that is said (RFC 8414, 2).
    assert issuer["response_types_supported"] == issuer["grant_types_supported"] == []
    assert "authorization_endpoint" not in issuer
    assert "token_endpoint" not in issuer
    told = counter.stranger.get("/.well-known/openid-configuration")
    assert told.status_code == 404, "no OpenID provider"
