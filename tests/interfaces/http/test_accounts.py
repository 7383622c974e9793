"""Administrators keep accounts: in their agency, never their own, and no case."""

import re
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest

from application.office.basis import Basis
from domain.values import Role
from interfaces.clock import now
from interfaces.http import bounds
from interfaces.http.route_actions import STEP_UP
from interfaces.identities import issuer_of
from interfaces.settings import Settings
from tests.awaiting import comes_true_outside
from tests.interfaces.http import life
from tests.interfaces.http.signing import (
    NEVER,
    SECRET,
    WRONG,
    let_in,
    own_counter,
    sign_in,
    with_session,
)
from tests.open_counter import Caller, OpenCounter
from tests.staff import BIRO, BPPD, Place

OWN = (
    *("/v1/accounts", "/v1/accounts/events", "/v1/sessions"),
    *("/v1/agencies", "/v1/agencies/{agency}/standard"),
)
"""What an administrator may look at, and what is everybody's."""


@pytest.fixture(scope="module")
def counter(server_url, template, tmp_path_factory):
    data = tmp_path_factory.mktemp("data")
    both = [Place("admin-semua", one, (Role.ADMINISTRATOR,)) for one in (BIRO, BPPD)]
    with own_counter(server_url, template, data, *both) as opened:
        yield opened


def newcomer(id_: str, agency: str = BIRO, **more: object) -> dict[str, object]:
    form = {"official": id_, "agency": agency, "name": "Pejabat baru"}
    return form | {"roles": ["handler"], "unit": "batas/lintas"} | more


def acts(counter: OpenCounter, about: str, of: str = "bo-admin") -> list[str]:
    items = counter[of].get("/v1/accounts/events", limit=200).json()["items"]
    return [each["what"] for each in items if each["official"] == about]


def test_an_official_is_entered_invited_let_in_and_disabled(counter: OpenCounter):
    admin = counter["bo-admin"]
    entered = admin.post("/v1/accounts", newcomer("magang"))
    assert (entered.status_code, entered.json()) == (201, {"official": "magang"})
    assert entered.headers["location"] == "/v1/accounts"
    invited = admin.post("/v1/accounts/magang/invitation", {})
    assert set(invited.json()) == {"official", "link", "expires_at"}
    form = {"link": invited.json()["link"], "password": SECRET}
    assert counter.stranger.post("/v1/sign-in/link", form).status_code == 200
    token = sign_in(counter, "magang").json()["access_token"]
    assert counter.bearing(token).get("/v1/cases").status_code == 200
    browser = with_session(counter, "magang")
    assert browser.get("/v1/session").status_code == 200
    assert admin.post("/v1/accounts/magang/disabling", {}).status_code == 200
    assert sign_in(counter, "magang").status_code == 401
    assert browser.get("/v1/session").status_code == 401
    comes_true_outside(
        lambda: counter.bearing(token).get("/v1/cases").status_code == 401, 3
    )
    assert acts(counter, "magang") == [
        *("official-disabled", "signed-in", "password-set", "invited"),
        "official-added",
    ]


def test_who_did_it_stands_there_with_what_was_given(counter: OpenCounter):
    counter["bo-admin"].post("/v1/accounts", newcomer("magang-dua"))
    (event,) = [
        each
        for each in counter["bo-admin"].get("/v1/accounts/events").json()["items"]
        if each["official"] == "magang-dua"
    ]
    assert (event["by"], event["agencies"]) == ("bo-admin", [BIRO])
    assert event["roles"] == ["handler"]
    assert "Pejabat" not in str(event)


def test_auditors_see_an_administrators_acts_and_others_do_not(counter: OpenCounter):
    counter["bppd-admin"].post("/v1/accounts", newcomer("magang-bppd", BPPD))
    assert acts(counter, "magang-bppd", of="pengawas")
    assert acts(counter, "magang-bppd", of="bppd-admin")
    assert not acts(counter, "magang-bppd", of="bo-admin")
    for other in ("bo-kepala", "bo-pelapor", "sekda", "bo-analis"):
        answer = counter[other].get("/v1/accounts/events")
        assert answer.status_code == 403
        assert counter[other].get("/v1/accounts").status_code == 403


def told_of(counter: OpenCounter, about: str, of: str) -> list[tuple[str, list[str]]]:
    items = counter[of].get("/v1/accounts/events", limit=200).json()["items"]
    return [
        (each["what"], each["agencies"]) for each in items if each["official"] == about
    ]


def test_an_agency_is_not_told_what_another_does_with_an_official_of_both(counter):
    """Where else he serves, in which roles, and when he leaves, is the other's."""
    both = counter["admin-semua"]
    both.post("/v1/accounts", newcomer("dua-kantor"))
    both.post("/v1/accounts", newcomer("dua-kantor", BPPD, roles=["ppid"]))
    both.post("/v1/accounts/dua-kantor/invitation", {})
    done = counter["bppd-admin"].post("/v1/accounts/dua-kantor/disabling", {})
    assert done.status_code == 200
    assert told_of(counter, "dua-kantor", "bo-admin") == [
        ("invited", [BIRO]),
        ("official-added", [BIRO]),
    ]
    assert told_of(counter, "dua-kantor", "bppd-admin") == [
        ("official-disabled", [BPPD]),
        ("invited", [BPPD]),
        ("official-added", [BPPD]),
    ]
    # Control: who keeps both is told all of it.
    assert told_of(counter, "dua-kantor", "admin-semua") == [
        ("official-disabled", [BPPD]),
        ("invited", [BIRO, BPPD]),
        ("official-added", [BPPD]),
        ("official-added", [BIRO]),
    ]


def test_who_was_disabled_everywhere_still_has_a_trail_in_his_agency(counter):
    counter["bppd-admin"].post("/v1/accounts", newcomer("sudah-pergi", BPPD))
    counter["bppd-admin"].post("/v1/accounts/sudah-pergi/disabling", {})
    assert acts(counter, "sudah-pergi", of="bppd-admin") == [
        "official-disabled",
        "official-added",
    ]
    assert not acts(counter, "sudah-pergi")


def test_what_was_done_to_accounts_is_never_changed(counter: OpenCounter):
    with psycopg.connect(counter.database_url, autocommit=True) as connection:
        for statement in (
            "update account_events set by = 'lain'",
            "delete from account_events",
            "truncate account_events",
        ):
            with pytest.raises(psycopg.errors.RestrictViolation):
                connection.execute(statement)


def test_an_administrator_changes_neither_himself_nor_another_agency(counter):
    admin = counter["bo-admin"]
    for word in ("invitation", "disabling"):
        own = admin.post(f"/v1/accounts/bo-admin/{word}", {})
        assert (own.status_code, own.json()["code"]) == (409, "own-account")
    own = admin.post("/v1/accounts", newcomer("bo-admin", roles=["agency_head"]))
    assert own.json()["code"] == "own-account"
    for word in ("invitation", "disabling", "unlocking"):
        for id_ in ("bppd-kepala", "tidak-ada"):
            other = admin.post(f"/v1/accounts/{id_}/{word}", {})
            assert (other.status_code, other.json()["code"]) == (404, "unknown-account")
    # Who serves both agencies is let in only by who keeps both.
    assert admin.post("/v1/accounts/sekda/invitation", {}).status_code == 404
    elsewhere = admin.post("/v1/accounts", newcomer("magang-tiga", BPPD))
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"agency": "dinas"}, 422, "unknown-agency"),
        ({"official": "Bukan Slug"}, 422, "invalid-body"),
        ({"roles": []}, 422, "invalid-body"),
        ({"roles": ["raja"]}, 422, "invalid-body"),
        ({"unit": "a//b"}, 422, "invalid-body"),
        ({"name": " "}, 422, "invalid-body"),
        ({"password": SECRET}, 422, "unknown-field"),
        ({"roles": ["administrator", "agency_head"]}, 422, "administrator-alone"),
        ({"official": "bo-kepala"}, 409, "official-exists"),
    ],
)
def test_what_can_not_be_entered_is_refused(counter, more, status, code):
    answer = counter["bo-admin"].post("/v1/accounts", newcomer("magang-empat") | more)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_nobody_becomes_administrator_and_something_else_in_two_steps(counter):
    both = counter["admin-semua"]
    for first, second in (("administrator", "handler"), ("handler", "administrator")):
        id_ = f"dua-langkah-{first}"
        entered = both.post("/v1/accounts", newcomer(id_, roles=[first]))
        assert entered.status_code == 201, entered.text
        again = both.post("/v1/accounts", newcomer(id_, BPPD, roles=[second]))
        assert (again.status_code, again.json()["code"]) == (422, "administrator-alone")


def test_an_administrator_draws_nobody_in_from_another_agency(counter):
    form = newcomer("bppd-kepala", roles=["handler"])
    answer = counter["bo-admin"].post("/v1/accounts", form)
    assert (answer.status_code, answer.json()["code"]) == (409, "serves-elsewhere")


def test_the_list_shows_how_accounts_stand_page_by_page(counter: OpenCounter):
    let_in(counter, "bo-ppid")
    for _ in range(5):
        sign_in(counter, "bo-kasubid", WRONG)
    rows = {row["official"]: row for row in pages(counter["bo-admin"])}
    assert {row["agency"] for row in rows.values()} == {BIRO}
    assert {"bo-ppid", "bo-admin", "sekda", "bo-kasubid"} <= rows.keys()
    assert rows["bo-ppid"]["has_password"]
    assert not rows["bo-kabid"]["has_password"]
    assert rows["bo-kasubid"]["paused_until"]
    done = counter["bo-admin"].post("/v1/accounts/bo-kasubid/unlocking", {})
    assert done.status_code == 200
    rows = {row["official"]: row for row in pages(counter["bo-admin"])}
    assert rows["bo-kasubid"]["paused_until"] is None
    for bad in ("x", "%%%", "AAAA\x00"):
        answer = counter["bo-admin"].get("/v1/accounts", after=bad)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-query")


def pages(admin: Caller) -> Iterator[dict[str, object]]:
    query: dict[str, str | int] = {"limit": 4}
    while True:
        page = admin.get("/v1/accounts", **query).json()
        yield from page["items"]
        if page["next"] is None:
            return
        query["after"] = page["next"]


def test_an_administrator_sees_nothing_of_any_case(counter: OpenCounter):
    """Every address there is, with a case that stands; A's own are left out."""
    case = life.letter(counter).path.rpartition("/")[2]
    document = counter.stranger.get("/schema/openapi.json").json()
    asked = 0
    for path, methods in document["paths"].items():
        if not path.startswith("/v1/") or "get" not in methods or path in OWN:
            continue
        if methods["get"].get("security") == [] or path.startswith("/v1/log/"):
            continue
        told = path.replace("{case}", case).replace("{agency}", BIRO)
        told = re.sub(r"\{[^}]+\}", NEVER, told.replace("{sha256}", "0" * 64))
        answer = counter["bo-admin"].get(told)
        asked += 1
        assert answer.status_code in {403, 404, 422}, (path, answer.text[:200])
        assert case not in answer.text
    assert asked > 20
    # Control: the head of the agency sees it.
    assert counter["bo-kepala"].get(f"/v1/cases/{case}").status_code == 200


ACTS: tuple[tuple[str, dict[str, object]], ...] = (
    ("/v1/accounts", newcomer("magang-lima")),
    ("/v1/accounts/bo-kabid/invitation", {}),
    ("/v1/accounts/bo-kabid/unlocking", {}),
    ("/v1/accounts/magang-lima/disabling", {}),
)


def last_proved(counter: OpenCounter, minutes_ago: int) -> Caller:
    """An administrator with a token of our issuer, who proved himself then."""
    issuer = issuer_of(Settings(data=str(counter.data)))
    at = now()
    return counter.bearing(
        issuer.issue("bo-admin", at, at - timedelta(minutes=minutes_ago), basis=Basis())
    )


def test_accounts_are_changed_by_who_proved_himself_just_now(counter: OpenCounter):
    stale = last_proved(counter, 6)
    for path, form in ACTS:
        answer = stale.post(path, form)
        told = (answer.status_code, answer.json()["code"])
        assert told == (401, "step-up-required"), path
    assert stale.get("/v1/accounts").status_code == 200, "he may still look"
    fresh = last_proved(counter, 4)
    for path, form in ACTS:
        assert fresh.post(path, form).status_code in {200, 201}, path


def test_control_without_that_rule_a_stale_sign_in_changes_accounts(
    server_url, template, tmp_path, monkeypatch
):
    monkeypatch.setattr(bounds, "STEP_UP", STEP_UP - {"accounts"})
    with own_counter(server_url, template, tmp_path) as unbound:
        stale = last_proved(unbound, 6)
        for path, form in ACTS:
            assert stale.post(path, form).status_code in {200, 201}, path


def test_the_programs_own_role_reads_no_hash_and_makes_nobody_an_official(counter):
    """Only the accounts' role does, which is taken for these acts alone."""
    with psycopg.connect(counter.database_url, autocommit=True) as connection:
        connection.execute("set role disposisi_desk")
        for statement in (
            "select password from accounts",
            "select hash from sessions",
            "update officials set roles = '{agency_head}'",
            "insert into tokens (hash) values ('x')",
            "delete from account_events",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
