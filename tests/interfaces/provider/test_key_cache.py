"""A provider's keys: fetched seldom, by one at a time, kept through an outage."""

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from interfaces.provider import fetching, key_cache
from interfaces.provider.chosen import Chosen, choose
from interfaces.provider.fetching import FetchError, client
from interfaces.provider.key_cache import (
    BETWEEN_SECONDS,
    FRESH_SECONDS,
    STALE_SECONDS,
    KeyCache,
)
from interfaces.provider.key_reading import readable
from interfaces.provider.trusting import Provider as Documents
from interfaces.settings import Settings
from interfaces.trouble import OperatorError
from tests import mint, oidc_provider
from tests.oidc_provider import DISCOVERY, Provider

FIRST, SECOND = mint.ed25519("first"), mint.p256("second")
pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """Give a provider that stays up for the module."""
    with oidc_provider.provider() as started:
        yield started


@pytest.fixture
def provider(running: Provider) -> Provider:
    """Give the provider, behaving well, with one key."""
    running.behave("well")
    running.publish(dict(FIRST.as_dict(private=False)))
    return running


def chosen(issuer: str, **other: str) -> Chosen:
    said: dict[str, Any] = {
        "issuer": issuer,
        "audience": "disposisi",
        "claim": "preferred_username",
        "algorithms": "EdDSA,ES256",
        "types": "at+jwt",
        "strong": "",
        "jwks_url": None,
    }
    found = choose(**(said | other))
    assert found
    return found


@pytest.fixture
async def cache(provider: Provider):
    """Give the cache, the time it believes in, and how often keys went away."""
    told = SimpleNamespace(seconds=0.0, changes=0)

    def changed() -> None:
        told.changes += 1

    async with client() as http:
        documents = Documents(chosen(provider.url), http)
        told.keys = KeyCache(documents.keys, lambda: told.seconds, changed)
        yield told
        await told.keys.close()


async def test_the_keys_are_found_by_discovery_and_asked_for_once(cache, provider):
    before = (provider.asked(DISCOVERY), provider.asked())
    for _ in range(20):
        assert (await cache.keys.find("first")).kid == "first"
    assert (provider.asked(DISCOVERY), provider.asked()) == tuple(
        one + 1 for one in before
    )


async def test_a_hundred_unknown_keys_at_once_make_one_request(cache, provider):
    await cache.keys.find("first")
    cache.seconds += BETWEEN_SECONDS
    before = provider.asked()
    provider.behave("well", seconds=0.2)
    found = await asyncio.gather(*(cache.keys.find(f"k{n}") for n in range(100)))
    assert found == [None] * 100
    assert provider.asked() == before + 1
    await asyncio.gather(*(cache.keys.find(f"k{n}") for n in range(100)))
    assert provider.asked() == before + 1, "nor soon after"


async def test_control_without_its_interval_every_guess_asks(
    cache, provider, monkeypatch: pytest.MonkeyPatch
):
    await cache.keys.find("first")
    monkeypatch.setattr(key_cache, "BETWEEN_SECONDS", 0.0)
    before = provider.asked()
    for n in range(5):
        await cache.keys.find(f"k{n}")
    assert provider.asked() == before + 5


async def test_a_new_key_is_found_with_the_first_token_under_it(cache, provider):
    await cache.keys.find("first")
    provider.publish(*(dict(key.as_dict(private=False)) for key in (FIRST, SECOND)))
    assert await cache.keys.find("second") is None, "too soon after the last request"
    cache.seconds += BETWEEN_SECONDS
    assert (await cache.keys.find("second")).kid == "second"
    assert cache.changes == 0


async def test_a_key_that_went_away_is_told(cache, provider):
    await cache.keys.find("first")
    provider.publish(dict(SECOND.as_dict(private=False)))
    cache.seconds += FRESH_SECONDS + 1
    # Nobody waits for the provider while there are keys.
    assert await cache.keys.find("first")
    await cache.keys.refresh()
    assert cache.changes == 1
    assert await cache.keys.find("first") is None


async def test_another_key_under_a_known_name_is_a_change(cache, provider):
    await cache.keys.find("first")
    provider.publish(dict(mint.ed25519("first").as_dict(private=False)))
    cache.seconds += FRESH_SECONDS + 1
    await cache.keys.refresh()
    assert cache.changes == 1


@pytest.mark.parametrize(
    "how", ["down", "broken", "no JSON", "empty", "huge", "packed", "elsewhere"]
)
async def test_through_an_outage_the_last_keys_serve_for_a_day(cache, provider, how):
    await cache.keys.find("first")
    provider.behave(how)
    cache.seconds += FRESH_SECONDS + 1
    assert await cache.keys.find("first")
    await cache.keys.refresh()
    assert await cache.keys.find("first")
    assert cache.changes == 0
    cache.seconds += STALE_SECONDS
    assert await cache.keys.find("first") is None
    provider.behave("well")
    cache.seconds += BETWEEN_SECONDS
    assert await cache.keys.find("first")


async def test_a_provider_that_is_slow_is_given_up(
    cache, provider, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fetching, "SECONDS", 0.1)
    provider.behave("well", seconds=1)
    assert await cache.keys.find("first") is None


async def test_who_hangs_up_takes_the_keys_from_nobody(cache, provider):
    provider.behave("well", seconds=0.2)
    impatient = asyncio.create_task(cache.keys.find("first"))
    patient = asyncio.create_task(cache.keys.find("first"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient


@pytest.mark.parametrize(
    "how",
    [
        "another issuer",
        "plain keys",
        "no address",
        "odd address",
        "elsewhere",
        "empty",
    ],
)
async def test_a_discovery_document_that_lies_is_not_followed(cache, provider, how):
    provider.behave(how)
    before = provider.asked()
    assert await cache.keys.find("first") is None
    assert provider.asked() == before


async def test_where_the_keys_stand_is_pinned(cache, provider):
    await cache.keys.find("first")
    provider.behave("another issuer")
    before = provider.asked(DISCOVERY)
    cache.seconds += FRESH_SECONDS + 1
    await cache.keys.refresh()
    assert provider.asked(DISCOVERY) == before


async def test_an_address_of_keys_that_was_set_needs_no_discovery(provider):
    before = provider.asked(DISCOVERY)
    async with client() as http:
        told = chosen("https://login.example", jwks_url=f"{provider.url}/jwks")
        assert list(await Documents(told, http).keys()) == ["first"]
    assert provider.asked(DISCOVERY) == before


def test_keys_that_are_none_are_passed_over():
    good = dict(FIRST.as_dict(private=False))
    bad = [
        {"kty": "oct", "k": "c2VjcmV0", "kid": "a"},
        dict(mint.ed25519("b").as_dict(private=True)),
        {**good, "kid": "c", "use": "enc"},
        {**good, "kid": 7},
        {name: good[name] for name in ("kty", "crv", "x")},
        {"kty": "RSA", "n": "q" * 171, "e": "AQAB", "kid": "e"},
        {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA", "kid": "f"},
        {"kty": "OKP", "crv": "X25519", "x": good["x"], "kid": "g"},
        {"kty": "AKP", "kid": "h"},
        {"kty": ["OKP"], "kid": "i"},
        "key",
        None,
    ]
    assert list(readable({"keys": [*bad, good]})) == ["first"]
    documents: tuple[dict[str, Any], ...] = ({"keys": bad}, {"keys": {}}, {})
    for document in documents:
        with pytest.raises(FetchError):
            readable(document)


@pytest.mark.parametrize(
    ("variable", "environ"),
    [
        ("DISPOSISI_OIDC_AUDIENCE", {"DISPOSISI_OIDC_AUDIENCE": ""}),
        ("DISPOSISI_OIDC_ISSUER", {"DISPOSISI_OIDC_ISSUER": "http://login.example"}),
        ("DISPOSISI_OIDC_ISSUER", {"DISPOSISI_OIDC_ISSUER": "login.example"}),
        ("DISPOSISI_OIDC_ISSUER", {"DISPOSISI_OIDC_ISSUER": "https://a@b.example"}),
        (
            "DISPOSISI_OIDC_ISSUER",
            {"DISPOSISI_OIDC_ISSUER": "http://localhost.a.example"},
        ),
        ("DISPOSISI_OIDC_JWKS_URL", {"DISPOSISI_OIDC_JWKS_URL": "http://b.example/k"}),
        ("DISPOSISI_OIDC_ALGORITHMS", {"DISPOSISI_OIDC_ALGORITHMS": "none"}),
        ("DISPOSISI_OIDC_ALGORITHMS", {"DISPOSISI_OIDC_ALGORITHMS": "ES256,HS256"}),
        ("DISPOSISI_OIDC_ALGORITHMS", {"DISPOSISI_OIDC_ALGORITHMS": ","}),
        ("DISPOSISI_PUBLIC_URL", {"DISPOSISI_PUBLIC_URL": "disposisi.example"}),
        ("DISPOSISI_PUBLIC_URL", {"DISPOSISI_PUBLIC_URL": "https://a.example/path"}),
    ],
)
def test_a_setting_that_will_not_do_is_named(variable, environ):
    good = {
        "DISPOSISI_OIDC_ISSUER": "https://login.example/realms/ntt",
        "DISPOSISI_OIDC_AUDIENCE": "disposisi",
    }
    assert Settings.read(good).provider
    with pytest.raises(OperatorError) as trouble:
        Settings.read(good | environ)
    assert variable in trouble.value.indonesian
    assert variable in trouble.value.english
    assert trouble.value.code == 2


def test_without_an_issuer_there_is_no_provider():
    assert Settings.read({"DISPOSISI_OIDC_AUDIENCE": "disposisi"}).provider is None


def test_our_own_issuer_is_named_by_our_address():
    assert Settings.read({}).issuer == "http://127.0.0.1:8000"
    assert Settings().at_port(8123).issuer == "http://127.0.0.1:8123"
    told = Settings.read({"DISPOSISI_PUBLIC_URL": "https://disposisi.example"})
    assert told.issuer == "https://disposisi.example"
