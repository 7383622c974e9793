"""Signing in at the provider, there and back over real sockets."""

from contextlib import closing
from urllib.parse import parse_qsl, urlsplit

import psycopg
import pytest

from interfaces.http import provider_sign_in, session_cookie
from tests import house
from tests.interfaces.http.at_provider.visitor import DOOR, Visitor
from tests.interfaces.http.signing import NEVER
from tests.interfaces.http.test_security_headers import must_be_safe
from tests.oidc_provider import DISCOVERY
from tests.open_counter import open_counter
from tests.sign_in_desk import CLIENT, SECRET

WHO = "bo-kepala"
APPROVAL = f"/v1/cases/{NEVER}/approval"
FORM = {"draft": 1, "capacity": "own"}


def test_who_signs_in_there_has_a_session_here(visitor: Visitor):
    answer = visitor.sign_in()
    assert answer.status_code == 200
    told = answer.json()
    assert told["official"] == WHO
    assert told["authenticated_at"] < told["began_at"]
    assert visitor.http.get("/v1/session").json() == told
    caller = visitor.counter.bearing(visitor.token())
    assert caller.get("/v1/cases").status_code == 200
    assert visitor.errand is None, "it has served its turn"


def test_the_provider_is_asked_for_a_code_with_pkce_state_and_nonce(visitor: Visitor):
    left = visitor.leave()
    place = urlsplit(left.headers["location"])
    said = dict(parse_qsl(place.query))
    assert place.path == "/authorize"
    assert len({said.pop(name) for name in ("state", "nonce", "code_challenge")}) == 3
    assert said == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": f"http://127.0.0.1:8000{DOOR}/return",
        "scope": "openid profile",
        "code_challenge_method": "S256",
        "max_age": "36000",
    }
    assert SECRET not in left.headers["location"]
    assert visitor.errand
    assert visitor.errand not in left.headers["location"]


def test_the_cookies_are_for_this_host_and_no_script(visitor: Visitor):
    left = visitor.leave()
    name, _, rest = left.headers["set-cookie"].partition("=")
    _, *attributes = rest.split("; ")
    assert name == provider_sign_in.NAME == "__Host-disposisi-sign-in"
    lasting = {"Path=/", "Secure", "HttpOnly", "SameSite=lax", "Max-Age=600"}
    assert set(attributes) == lasting
    given = visitor.cookies_of(visitor.sign_in())
    session = given[session_cookie.NAME]
    assert session.endswith("; Path=/; Secure; HttpOnly; SameSite=Strict")
    assert "Max-Age=0" in given[provider_sign_in.NAME]


def test_no_secret_of_the_way_there_is_kept(visitor: Visitor):
    visitor.leave()
    with psycopg.connect(visitor.counter.database_url) as connection:
        kept = str(connection.execute("select * from provider_sign_ins").fetchall())
    assert visitor.errand
    assert visitor.errand not in kept


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1"])
def test_where_to_come_back_is_never_the_requests_own_word(visitor: Visitor, host: str):
    said = {"host": host, "x-forwarded-host": host, "forwarded": f"host={host}"}
    left = visitor.http.get(DOOR, headers=said)
    assert host not in left.headers["location"]
    for query in ("?next=https://evil.example", "?redirect_uri=https://evil.example"):
        assert visitor.is_refused(visitor.leave(query), 422, "invalid-query")


def test_no_other_site_begins_it(visitor: Visitor):
    for site in ("cross-site", "same-site"):
        answer = visitor.http.get(DOOR, headers={"sec-fetch-site": site})
        assert visitor.is_refused(answer, 403, "cross-site")
    for site in ("same-origin", "none"):
        answer = visitor.http.get(DOOR, headers={"sec-fetch-site": site})
        assert answer.status_code == 303


def test_a_session_of_before_ends_with_the_new_one(visitor: Visitor, other):
    """Also one that somebody planted: session fixation gives him nothing."""
    visitor.sign_in()
    planted = visitor.session
    visitor.sign_in()
    assert visitor.session != planted
    other.plant(session_cookie.NAME, planted or "")
    assert other.http.get("/v1/session").status_code == 401
    assert visitor.http.get("/v1/session").status_code == 200


def test_stepping_up_asks_the_person_and_makes_the_session_fresh(
    visitor, other, provider
):
    provider.sign_in(ago=3_600)
    visitor.sign_in()
    stale, old = visitor.token(), visitor.session
    refused = visitor.counter.bearing(stale).post(APPROVAL, FORM, 1)
    assert refused.json()["code"] == "step-up-required"
    place = urlsplit(visitor.leave("?step_up=true").headers["location"])
    said = dict(parse_qsl(place.query))
    assert (said["prompt"], said["max_age"]) == ("login", "0")
    assert visitor.sign_in("?step_up=true").status_code == 200
    assert visitor.session != old
    fresh = visitor.counter.bearing(visitor.token())
    assert fresh.post(APPROVAL, FORM, 1).status_code == 404
    other.plant(session_cookie.NAME, old or "")
    assert other.http.get("/v1/session").status_code == 401


def test_a_provider_that_asks_nobody_anew_makes_nothing_fresh(visitor, provider):
    visitor.sign_in()
    kept = visitor.session
    provider.sign_in(obeys=False)
    answer = visitor.sign_in("?step_up=true")
    assert visitor.is_refused(answer, 401, "sign-in-not-recent")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert visitor.session == kept
    assert visitor.http.get("/v1/session").status_code == 200


def test_nobody_steps_up_in_anothers_session(visitor, provider):
    visitor.sign_in()
    kept = visitor.session
    provider.sign_in(official="bppd-kepala")
    answer = visitor.sign_in("?step_up=true")
    assert visitor.is_refused(answer, 403, "other-official")
    assert visitor.session == kept
    # Without it he may: then it is his own session, and the other one ends.
    assert visitor.sign_in().json()["official"] == "bppd-kepala"


def test_of_whom_the_provider_says_no_time_signs_nothing(visitor, provider):
    provider.sign_in(claims={"auth_time": None})
    assert visitor.sign_in().status_code == 200
    caller = visitor.counter.bearing(visitor.token())
    assert caller.get("/v1/cases").status_code == 200
    assert caller.post(APPROVAL, FORM, 1).json()["code"] == "step-up-required"
    answer = visitor.sign_in("?step_up=true")
    assert visitor.is_refused(answer, 401, "sign-in-not-recent")


@pytest.mark.parametrize(("hours", "status"), [(10, 200), (11, 401)])
def test_a_sign_in_there_of_yesterday_is_none_here(visitor, provider, hours, status):
    provider.sign_in(ago=hours * 3_600)
    assert visitor.sign_in().status_code == status


def test_who_is_unknown_and_who_was_disabled_get_the_same_answer(visitor, provider):
    with psycopg.connect(visitor.counter.database_url) as connection:
        connection.execute(
            "update officials set disabled_at = now() where id = 'bppd-kasubid'"
        )
    told = []
    for who in ("bppd-kasubid", "tidak-ada", "BO-KEPALA", "x\u0000", "bo kepala", ""):
        provider.sign_in(official=who)
        answer = visitor.sign_in()
        assert visitor.is_refused(answer, 403, "not-in-office"), who
        body = answer.json()
        assert body.pop("request_id")
        told.append((body, sorted(set(answer.headers) - {"x-request-id"})))
    assert all(each == told[0] for each in told)
    provider.sign_in(official="bppd-analis")
    assert visitor.sign_in().status_code == 200


def test_who_is_refused_or_gives_up_there_is_told_so(visitor, provider):
    provider.sign_in(denies=True)
    answer = visitor.sign_in()
    assert visitor.is_refused(answer, 401, "provider-refused")
    assert "tidak</b>" not in answer.text
    assert visitor.errand is None


def test_signing_in_is_noted(visitor):
    visitor.sign_in()
    with psycopg.connect(visitor.counter.database_url) as connection:
        found = connection.execute(
            "select official, by from account_events where what = 'signed-in'"
            " order by position desc"
        ).fetchone()
    assert found == (WHO, WHO)


def test_answers_are_as_safe_as_all_others(visitor):
    for path in (DOOR, f"{DOOR}/return"):
        must_be_safe(visitor.http.get(path))
        other = visitor.http.post(path, json={})
        assert (other.status_code, other.headers["allow"]) == (
            405,
            "GET, HEAD, OPTIONS",
        )
        assert visitor.http.options(path).status_code == 204
    must_be_safe(visitor.sign_in())


def test_both_addresses_are_described_where_they_are_served(visitor):
    paths = visitor.http.get("/schema/openapi.json").json()["paths"]
    leaving, coming = paths[DOOR]["get"], paths[f"{DOOR}/return"]["get"]
    assert (leaving["security"], coming["security"]) == ([], [])
    assert set(leaving["responses"]) == {"303", "403", "422", "429", "503"}
    assert "Location" in leaving["responses"]["303"]["headers"]
    assert set(coming["responses"]) == {"200", "401", "403", "422", "429", "503"}
    asked = {each["name"] for each in coming["parameters"] if each["in"] == "query"}
    assert asked == {"code", "state", "iss", "error"}


def test_knocking_is_limited_and_an_absent_provider_is_asked_seldom(
    server_url, template, tmp_path, environ, provider
):
    provider.behave("broken")
    before = provider.asked(DISCOVERY)
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path, environ=environ) as opened,
        closing(Visitor(opened)) as visitor,
    ):
        answers = [visitor.leave()]
        while answers[-1].status_code == 503 and len(answers) < 120:
            answers.append(visitor.leave())
    assert len(answers) > 60
    assert answers[0].json()["code"] == "provider-away"
    assert answers[0].headers["retry-after"]
    assert answers[-1].json()["code"] == "rate-limited"
    # Once for its keys, and once for its doors in ten seconds.
    assert provider.asked(DISCOVERY) - before <= 3
