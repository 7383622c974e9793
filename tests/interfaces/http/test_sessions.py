"""Sessions of pages: made here and nowhere else, and no authority for commands."""

from datetime import timedelta

import pytest

from application.office import sessions
from interfaces.http.session_cookie import NAME
from tests.awaiting import comes_true_outside
from tests.interfaces.http.signing import (
    NEVER,
    SECRET,
    WRONG,
    Browser,
    let_in,
    own_counter,
    with_session,
)
from tests.open_counter import OpenCounter

CHOSEN = "attackerchosenattackerchosenattackerchosen1"
OFFICIAL = "bo-kepala"


@pytest.fixture(scope="module")
def counter(server_url, template, tmp_path_factory):
    with own_counter(server_url, template, tmp_path_factory.mktemp("data")) as opened:
        for official in (OFFICIAL, "bppd-kepala", "bo-kabid"):
            let_in(opened, official)
        yield opened


@pytest.fixture
def browser(counter):
    """Give a browser with a session."""
    return with_session(counter, OFFICIAL)


def test_the_cookie_is_for_this_host_alone_and_no_script_reads_it(counter):
    made = Browser(counter)
    answer = made.begin(OFFICIAL)
    name, _, rest = answer.headers["set-cookie"].partition("=")
    secret, *attributes = rest.split("; ")
    assert name == NAME == "__Host-disposisi"
    assert set(attributes) == {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"}
    assert len(secret) == 43
    assert secret not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_cookie_that_somebody_chose_is_worth_nothing(counter: OpenCounter):
    """Session fixation: the victim signs in with the attacker's cookie set."""
    victim = Browser(counter, CHOSEN)
    assert victim.begin(OFFICIAL).status_code == 200
    assert victim.cookie != CHOSEN
    attacker = Browser(counter, CHOSEN)
    answer = attacker.get("/v1/session")
    assert (answer.status_code, answer.json()["code"]) == (401, "session-refused")
    attacker.synchronizer = victim.synchronizer
    assert attacker.post("/v1/session/token").status_code == 403
    # Control: the same question with the cookie that we gave is answered.
    assert victim.get("/v1/session").json()["official"] == OFFICIAL


def test_a_session_of_before_does_not_outlive_a_new_sign_in(browser: Browser):
    """The attacker's own, valid session, planted in the victim's browser."""
    planted = browser.cookie
    browser.begin("bppd-kepala")
    assert browser.cookie != planted
    assert browser.get("/v1/session").json()["official"] == "bppd-kepala"
    assert Browser(browser.counter, planted).get("/v1/session").status_code == 401


def test_stepping_up_gives_another_cookie_and_a_fresh_moment(browser: Browser):
    before = browser.get("/v1/session").json()
    old = browser.cookie
    wrong = browser.post("/v1/session/step-up", {"password": WRONG})
    assert (wrong.status_code, browser.cookie) == (401, old)
    answer = browser.post("/v1/session/step-up", {"password": SECRET})
    assert answer.status_code == 200
    assert browser.cookie != old
    assert answer.json()["session"] == before["session"]
    assert answer.json()["authenticated_at"] > before["authenticated_at"]
    assert Browser(browser.counter, old).get("/v1/session").status_code == 401
    assert browser.post("/v1/session/token").status_code == 200


def test_the_cookie_commands_and_reads_nothing(browser: Browser):
    """Only a token does; the cookie is what other sites can make a browser send."""
    for path in ("/v1/cases", "/v1/accounts", "/v1/sessions", "/v1/agencies"):
        assert browser.get(path).status_code == 401
    for path in ("/v1/cases", "/v1/password", f"/v1/sessions/{NEVER}/ending"):
        assert browser.post(path, {"x": "1"}).status_code == 401
    token = browser.post("/v1/session/token").json()["access_token"]
    assert browser.counter.bearing(token).get("/v1/cases").status_code == 200


@pytest.mark.parametrize("path", ["token", "step-up", "ending"])
@pytest.mark.parametrize(
    "more",
    [
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"X_Disposisi_Synchronizer": "0" * 64},
        {"X_Disposisi_Synchronizer": ""},
    ],
)
def test_what_another_site_made_the_browser_send_is_refused(browser, path, more):
    form = {"password": SECRET} if path == "step-up" else {}
    answer = browser.post(f"/v1/session/{path}", form, **more)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross-site")
    # Control: without it, the same request is answered.
    if path == "token":
        ours = {"Sec_Fetch_Site": "same-origin", "Origin": browser.counter.url}
        assert browser.post("/v1/session/token", **ours).status_code == 200


def test_no_other_site_signs_a_browser_in(counter: OpenCounter):
    for more in ({"Sec_Fetch_Site": "cross-site"}, {"Origin": "https://evil.example"}):
        made = Browser(counter)
        assert made.begin(OFFICIAL, **more).status_code == 403
        assert made.cookie is None


def test_the_synchronizer_of_one_session_serves_no_other(counter: OpenCounter):
    one = with_session(counter, OFFICIAL)
    other = with_session(counter, "bppd-kepala")
    one.synchronizer, other.synchronizer = other.synchronizer, one.synchronizer
    assert one.post("/v1/session/token").status_code == 403


def test_signing_wants_the_password_again_and_reading_does_not(counter: OpenCounter):
    browser = with_session(counter, OFFICIAL, timedelta(minutes=10))
    approval = f"/v1/cases/{NEVER}/approval"
    form = {"draft": 1, "capacity": "own"}
    old = counter.bearing(browser.post("/v1/session/token").json()["access_token"])
    assert old.get("/v1/cases").status_code == 200
    refused = old.post(approval, form, 1)
    assert (refused.status_code, refused.json()["code"]) == (401, "step-up-required")
    assert "insufficient_user_authentication" in refused.headers["www-authenticate"]
    browser.post("/v1/session/step-up", {"password": SECRET})
    new = counter.bearing(browser.post("/v1/session/token").json()["access_token"])
    assert new.post(approval, form, 1).status_code == 404
    # A token that was taken before is no fresher for it.
    assert old.post(approval, form, 1).status_code == 401


@pytest.mark.parametrize("ago", [sessions.IDLE, sessions.ABSOLUTE])
def test_a_session_that_lay_too_long_is_none(counter: OpenCounter, ago: timedelta):
    late = with_session(counter, OFFICIAL, ago)
    answers = (
        late.get("/v1/session"),
        late.post("/v1/session/token"),
        late.post("/v1/session/step-up", {"password": SECRET}),
    )
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (401, "session-refused")
    # Control: a little sooner, it is one.
    sooner = with_session(counter, OFFICIAL, sessions.IDLE - timedelta(minutes=1))
    assert sooner.post("/v1/session/token").status_code == 200


def test_one_sees_ones_own_sessions_and_ends_them(counter: OpenCounter):
    one, other = Browser(counter), Browser(counter)
    named = one.begin("bo-kabid").json()["session"]
    other.begin("bo-kabid")
    token = other.post("/v1/session/token").json()["access_token"]
    mine = counter.bearing(token)
    listed = [row["session"] for row in mine.get("/v1/sessions").json()["items"]]
    assert named in listed
    assert len(listed) == 2
    stranger = counter["bppd-kepala"].post(f"/v1/sessions/{named}/ending", {})
    assert stranger.status_code == 404
    assert one.get("/v1/session").status_code == 200
    assert mine.post(f"/v1/sessions/{named}/ending", {}).status_code == 200
    assert one.get("/v1/session").status_code == 401
    assert other.get("/v1/session").status_code == 200
    assert mine.post("/v1/sessions/not-an-id/ending", {}).status_code == 400
    mine.post("/v1/password", {"current": SECRET, "new": WRONG})
    assert other.get("/v1/session").status_code == 401


def test_signing_out_ends_the_session_and_takes_the_cookie(browser: Browser):
    secret = browser.cookie
    token = browser.post("/v1/session/token").json()["access_token"]
    caller = browser.counter.bearing(token)
    assert caller.get("/v1/cases").status_code == 200
    answer = browser.post("/v1/session/ending")
    assert answer.status_code == 200
    assert "Max-Age=0" in answer.headers["set-cookie"]
    # At once, and not when its ten minutes are over.
    comes_true_outside(lambda: caller.get("/v1/cases").status_code == 401, 3)
    assert Browser(browser.counter, secret).get("/v1/session").status_code == 401
