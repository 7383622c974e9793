"""Signing in over HTTP: what a stranger learns, and what a link or a password gives."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.interfaces.http.signing import (
    SECRET,
    WRONG,
    let_in,
    link_for,
    own_counter,
    sign_in,
    unlock,
    with_session,
)
from tests.open_counter import OpenCounter

FORMS = {
    "/v1/sign-in": {"official": "bo-kepala", "password": SECRET},
    "/v1/sign-in/link": {"link": "dsl_x", "password": SECRET},
    "/v1/session": {"official": "bo-kepala", "password": SECRET},
    "/v1/password": {"current": SECRET, "new": WRONG},
}
CASE = "/v1/cases/0a1b2c3d-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def counter(server_url, template, tmp_path_factory):
    with own_counter(server_url, template, tmp_path_factory.mktemp("data")) as opened:
        let_in(opened, "bo-kepala")
        yield opened


def test_a_password_gives_a_token_for_some_minutes(counter: OpenCounter):
    answer = sign_in(counter, "bo-kepala")
    assert answer.status_code == 200
    told = answer.json()
    assert set(told) == {"official", "access_token", "token_type", "expires_in"}
    assert (told["token_type"], told["expires_in"]) == ("Bearer", 600)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    caller = counter.bearing(told["access_token"])
    assert caller.get("/v1/cases").status_code == 200


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(counter):
    told = []
    for name in ("bo-kepala", "bo-agendaris", "siapa-pun", "bukan id", "x\u0000"):
        answer = sign_in(counter, name, WRONG)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["cache-control"] == "no-store"
        body = answer.json()
        assert body.pop("request_id")
        told.append((body, sorted(set(answer.headers) - {"x-request-id"})))
    assert all(each == told[0] for each in told)
    assert told[0][0]["code"] == "sign-in-failed"


@pytest.mark.parametrize("name", ["bppd-kepala", "tidak-ada"])
def test_after_wrong_tries_everyone_waits_alike(counter: OpenCounter, name: str):
    codes = [sign_in(counter, name, WRONG).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]
    paused = sign_in(counter, name)
    assert paused.status_code == 429
    assert paused.json()["code"] == "sign-in-paused"
    assert 0 < int(paused.headers["retry-after"]) <= 30


def test_a_link_lets_in_whoever_others_keep_out(counter: OpenCounter):
    """Wrong tries without end pause a name again and again, but shut nobody out."""
    let_in(counter, "bppd-admin")
    link = link_for(counter, "bppd-admin")
    codes = [sign_in(counter, "bppd-admin", WRONG).status_code for _ in range(6)]
    assert codes[-1] == sign_in(counter, "bppd-admin").status_code == 429
    form = {"link": link, "password": SECRET}
    told = counter.stranger.post("/v1/sign-in/link", form).json()
    caller = counter.bearing(told["access_token"])
    assert caller.get("/v1/accounts").status_code == 200


def test_of_twenty_with_one_link_one_sets_the_password(server_url, template, tmp_path):
    # On a counter of its own: so many tries use up what one address may do.
    with (
        own_counter(server_url, template, tmp_path) as counter,
        ThreadPoolExecutor(20) as pool,
    ):
        link = link_for(counter, "bo-ppid")

        def use(n: int) -> int:
            form = {"link": link, "password": f"{SECRET} nomor {n}"}
            return counter.stranger.post("/v1/sign-in/link", form).status_code

        codes = list(pool.map(use, range(20)))
    assert codes.count(200) == 1
    # The others came too late, or asked too often.
    assert set(codes) <= {200, 401, 429}


def test_a_password_that_is_no_good_is_told_with_its_field(counter: OpenCounter):
    link = link_for(counter, "bo-analis")
    for said, code in (
        ("Zq9#vLw", "password-too-short"),
        ("x7!kQpz2wLmv" * 12, "password-too-long"),
        ("bo-analis-2026", "password-too-common"),
        ("rahasia123456", "password-too-common"),
    ):
        form = {"link": link, "password": said}
        answer = counter.stranger.post("/v1/sign-in/link", form)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        (place,) = answer.json()["errors"]
        assert place["pointer"] == "/password"
        assert place["detail"] == answer.json()["detail"]
        assert said not in answer.text
    form = {"link": link, "password": SECRET}
    assert counter.stranger.post("/v1/sign-in/link", form).status_code == 200
    again = counter.stranger.post("/v1/sign-in/link", form)
    assert (again.status_code, again.json()["code"]) == (401, "link-refused")


def test_ones_password_is_changed_with_the_old_one(counter: OpenCounter):
    let_in(counter, "bppd-ppid")
    token = sign_in(counter, "bppd-ppid").json()["access_token"]
    caller = counter.bearing(token)
    wrong = caller.post("/v1/password", {"current": WRONG, "new": SECRET + " baru"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "sign-in-failed")
    weak = caller.post("/v1/password", {"current": SECRET, "new": "bppd-ppid-2026"})
    assert weak.json()["errors"][0]["pointer"] == "/new"
    same = caller.post("/v1/password", {"current": SECRET, "new": SECRET})
    assert (same.status_code, same.json()["code"]) == (422, "password-unchanged")
    assert same.json()["errors"][0]["pointer"] == "/new"
    # Who does not know it is not told so.
    guess = caller.post("/v1/password", {"current": WRONG, "new": WRONG})
    assert guess.json()["code"] == "sign-in-failed"
    good = caller.post("/v1/password", {"current": SECRET, "new": WRONG})
    assert good.status_code == 200
    assert sign_in(counter, "bppd-ppid").status_code == 401
    assert sign_in(counter, "bppd-ppid", WRONG).status_code == 200


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "kind",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
    ],
)
def test_forms_are_json_or_nothing(counter: OpenCounter, path: str, kind: str | None):
    """A page of another site can send all of these without asking anybody."""
    headers = {} if kind is None else {"Content-Type": kind}
    body = b'{"official": "bo-kepala", "password": "x"}'
    answer = counter["bo-kepala"].send("POST", path, body, headers)
    assert (answer.status_code, answer.json()["code"]) == (
        415,
        "unsupported-media-type",
    )


@pytest.mark.parametrize("path", FORMS)
def test_a_field_that_no_form_has_is_refused(counter: OpenCounter, path: str):
    form = FORMS[path] | {"role": "administrator"}
    answer = counter["bo-kepala"].post(path, form)
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown-field")


def test_signing_needs_a_recent_sign_in_and_tries_are_limited(counter: OpenCounter):
    let_in(counter, "bppd-kasubid")
    caller = counter.bearing(sign_in(counter, "bppd-kasubid").json()["access_token"])
    asked = caller.post(f"{CASE}/approval", {"draft": 1, "capacity": "own"}, 1)
    assert asked.status_code != 401


def test_the_table_of_tries_holds_no_name_as_it_was_typed(counter: OpenCounter):
    sign_in(counter, "kata-sandi-di-kolom-nama", WRONG)
    with psycopg.connect(counter.database_url) as connection:
        rows = connection.execute("select t::text from sign_in_tries t").fetchall()
    assert rows
    assert "kata-sandi-di-kolom-nama" not in str(rows)


def test_no_stranger_keeps_an_official_from_what_wants_his_password_again(
    server_url, template, tmp_path
):
    with own_counter(server_url, template, tmp_path) as counter:
        let_in(counter, "bo-kepala")
        browser = with_session(counter, "bo-kepala")
        caller = counter.bearing(sign_in(counter, "bo-kepala").json()["access_token"])
        # More than the account's own limit lets through at once.
        codes = [sign_in(counter, "bo-kepala", WRONG).status_code for _ in range(15)]
        assert codes == [401] * 5 + [429] * 10
        assert sign_in(counter, "bo-kepala").json()["code"] == "sign-in-paused"
        again = browser.post("/v1/session/step-up", {"password": SECRET})
        assert again.status_code == 200
        form = {"current": SECRET, "new": f"{SECRET} lagi"}
        assert caller.post("/v1/password", form).status_code == 200
        unlock(counter, "bo-kepala")
        assert sign_in(counter, "bo-kepala", f"{SECRET} lagi").status_code == 200
