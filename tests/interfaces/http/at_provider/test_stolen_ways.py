"""Somebody else's way there or back lets nobody in: not his, not the victim's."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg
import pytest
from psycopg import AsyncConnection

from application.office import identity_tokens, provider_sign_ins
from application.office.provider_sign_ins import Underway
from interfaces.http import provider_sign_in
from interfaces.provider.signing_in import ProviderSignIn
from tests.interfaces.http.at_provider.visitor import DOOR, Visitor
from tests.oidc_provider import Provider

NOT_BEGUN = (403, "sign-in-not-begun")


def with_other(place: str, **said: object) -> str:
    """The same way back, with some words of it otherwise."""
    told: dict[str, object] = {**dict(parse_qsl(urlsplit(place).query)), **said}
    query = urlencode({name: word for name, word in told.items() if word is not None})
    return f"{DOOR}/return?{query}"


def test_a_victim_is_not_signed_in_as_somebody_else(visitor, other, provider):
    """Login CSRF: the attacker's own way back, opened by the victim's browser."""
    provider.sign_in(official="bo-analis")
    trap = other.returned()
    asked = provider.asked("/token")
    assert visitor.is_refused(visitor.open(trap), *NOT_BEGUN)
    provider.sign_in()
    mine = visitor.returned()
    assert visitor.is_refused(visitor.open(trap), *NOT_BEGUN)
    assert provider.asked("/token") == asked, "the code was not even shown"
    # His own way is not spoilt by it.
    assert visitor.open(mine).json()["official"] == "bo-kepala"


def test_control_state_pkce_and_nonce_stand_each_for_itself(
    visitor: Visitor, other: Visitor, provider: Provider, monkeypatch
):
    def trapped() -> tuple[int, str]:
        visitor.leave()
        provider.sign_in(official="bo-analis", lax=lax)
        told = visitor.open(other.returned())
        body = told.json()
        return told.status_code, body.get("code") or body["official"]

    lax = False
    assert trapped() == NOT_BEGUN
    monkeypatch.setattr(provider_sign_ins, "is_state_of", lambda *_: True)
    assert trapped() == (401, "provider-refused")
    lax = True
    assert trapped() == (401, "provider-not-believed")
    monkeypatch.setattr(identity_tokens, "BINDINGS", {})
    assert trapped() == (200, "bo-analis")


def test_a_stolen_code_serves_no_other_browser(visitor, other, provider):
    """The attacker puts the victim's code into his own way back."""
    stolen = dict(parse_qsl(urlsplit(visitor.returned()).query))["code"]
    answer = other.open(with_other(other.returned(), code=stolen))
    assert other.is_refused(answer, 401, "provider-refused")


def test_control_a_stolen_code_serves_where_nothing_binds_it(
    visitor, other, provider, monkeypatch
):
    monkeypatch.setattr(identity_tokens, "BINDINGS", {})
    provider.sign_in(lax=True)
    stolen = dict(parse_qsl(urlsplit(visitor.returned()).query))["code"]
    provider.sign_in(lax=True, official="bo-kepala")
    answer = other.open(with_other(other.returned(), code=stolen))
    assert answer.json()["official"] == "bo-kepala"


def test_a_way_back_serves_once(visitor: Visitor, provider: Provider):
    place = visitor.returned()
    errand = visitor.errand or ""
    assert visitor.open(place).status_code == 200
    asked = provider.asked("/token")
    assert visitor.is_refused(visitor.open(place), *NOT_BEGUN)
    visitor.plant(provider_sign_in.NAME, errand)
    assert visitor.is_refused(visitor.open(place), *NOT_BEGUN)
    assert provider.asked("/token") == asked


def test_control_a_way_back_that_is_kept_shows_its_code_again(
    visitor: Visitor, provider: Provider, monkeypatch
):
    kept: list[Underway | None] = []

    async def take(
        conn: AsyncConnection[object], secret: str, at: datetime
    ) -> Underway | None:
        kept.append(await once(conn, secret, at))
        return kept[0]

    once = provider_sign_ins.take
    monkeypatch.setattr(provider_sign_ins, "take", take)
    place = visitor.returned()
    errand = visitor.errand or ""
    assert visitor.open(place).status_code == 200
    visitor.plant(provider_sign_in.NAME, errand)
    # A code serves once, too, as long as the provider keeps to it.
    answer = visitor.open(place)
    assert visitor.is_refused(answer, 401, "provider-refused")
    provider.sign_in(lax=True)
    place = visitor.returned()
    errand = visitor.errand or ""
    kept.clear()
    assert visitor.open(place).status_code == 200
    visitor.plant(provider_sign_in.NAME, errand)
    assert visitor.open(place).status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 403)])
def test_a_way_that_lay_ten_minutes_leads_nowhere(visitor, minutes, status):
    place = visitor.returned()
    with psycopg.connect(visitor.counter.database_url) as connection:
        connection.execute(
            "update provider_sign_ins set began_at = began_at - %s * interval '1 min'",
            [minutes],
        )
    assert visitor.open(place).status_code == status


@pytest.mark.parametrize("errand", [None, "", "x" * 43, "x" * 300, "\u00e9", "a b"])
def test_a_browser_without_its_cookie_came_from_nowhere(other, visitor, errand):
    place = visitor.returned()
    headers = {} if errand is None else {"cookie": f"{provider_sign_in.NAME}={errand}"}
    answer = other.http.get(place, headers={k: v.encode() for k, v in headers.items()})
    assert other.is_refused(answer, *NOT_BEGUN)


def test_a_cookie_that_somebody_made_up_leads_nowhere(visitor: Visitor):
    made = "attackerchosenattackerchosenattackerchosen1"
    visitor.plant(provider_sign_in.NAME, made)
    state = provider_sign_ins.state(made)
    answer = visitor.open(f"{DOOR}/return?code=abc&state={state}")
    assert visitor.is_refused(answer, *NOT_BEGUN)


@pytest.mark.parametrize("state", ["", "x", "\u00e9", "%00", b"\xed\xa0\x80"])
def test_another_state_is_none(visitor: Visitor, state):
    place = with_other(visitor.returned(), state=state)
    assert visitor.is_refused(visitor.open(place), *NOT_BEGUN)


@pytest.mark.parametrize("code", [None, "", "\u0000", "\u00e9", "x" * 2_049, "a\nb"])
def test_another_code_is_none(visitor: Visitor, code):
    place = with_other(visitor.returned(), code=code)
    answer = visitor.open(place)
    assert visitor.is_refused(answer, 401, "provider-refused")


@pytest.mark.parametrize("name", ["code", "state", "iss", "error"])
def test_nothing_is_said_twice(visitor: Visitor, name: str):
    place = visitor.returned()
    for query in (f"&{name}=a&{name}=b", f"&{name}=&{name}="):
        answer = visitor.open(place + query)
        assert visitor.is_refused(answer, 422, "invalid-query")
    assert visitor.open(place).status_code == 200


MIXED_UP = [None, "", "https://login.example", "{}/", "{}#"]


@pytest.mark.parametrize("iss", MIXED_UP)
def test_another_provider_answers_for_nobody(visitor, provider, iss):
    """Mix-up: the code of one provider is not shown to another (RFC 9207)."""
    place = visitor.returned()
    asked = provider.asked("/token")
    said = None if iss is None else iss.format(provider.url)
    answer = visitor.open(with_other(place, iss=said))
    assert visitor.is_refused(answer, 401, "provider-not-believed")
    assert provider.asked("/token") == asked


@pytest.mark.parametrize("iss", MIXED_UP)
def test_control_unasked_another_provider_may_answer(
    visitor, provider, iss, monkeypatch
):
    async def look_away(*_: object) -> None:
        """Believe every provider."""

    monkeypatch.setattr(ProviderSignIn, "must_be_ours", look_away)
    said = None if iss is None else iss.format(provider.url)
    assert visitor.open(with_other(visitor.returned(), iss=said)).status_code == 200
