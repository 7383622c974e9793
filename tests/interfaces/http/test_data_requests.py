"""A person's rights over HTTP: asked, deferred with a reason, carried out, seen."""

from collections.abc import Iterator

import psycopg
import pytest

from application import reading_room
from application.readings import Ground
from tests import house
from tests.interfaces.http import contest, forms
from tests.interfaces.http.conftest import projecting_for
from tests.interfaces.http.subjects import (
    DPO,
    LONG_AGO,
    OTHER_DPO,
    PLACES,
    WISH,
    Asked,
    answered,
    erased,
    person_of,
)
from tests.open_counter import OpenCounter, open_counter


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), PLACES) as opened,
        projecting_for(opened),
    ):
        yield opened


def test_an_erasure_waits_while_the_requester_may_object(counter: OpenCounter):
    case = answered(counter)
    asked = Asked(counter, person_of(case), "erasure", "bo-agendaris")
    assert asked.answer["stage"] == "received"
    assert [one["clock"] for one in asked.answer["clocks"]] == ["data_request"]
    refusal = asked.post(DPO, "decision", {})
    assert (refusal.status_code, refusal.json()["code"]) == (409, "data-still-needed")
    assert "pemohon masih dapat mengajukan keberatan" in refusal.json()["detail_id"]
    assert "+08:00" in refusal.json()["detail"]
    (runs,) = asked.read()["holds"]
    assert runs["ground"] == "objection_window"
    assert runs["citation"] == "UU 14/2008 Pasal 36 ayat (1)"
    asked.step("deferral", {"reason": "jangka waktu keberatan masih berjalan"})
    shown = asked.read()
    assert (shown["stage"], shown["waits_for"]) == ("deferred", ["objection_window"])
    assert shown["waits_until"] == runs["until"]
    # Nothing was carried out in any matter so far.
    assert shown["matters"] == []
    file = counter["bo-ppid"].get(case.path).json()
    assert file["requester"]["name"] == forms.VISITOR


def test_once_the_windows_are_over_the_key_is_destroyed(counter: OpenCounter):
    case = answered(counter, LONG_AGO)
    person = person_of(case)
    asked = erased(case)
    assert asked.answer["stage"] == "answered"
    file = counter["bo-ppid"].get(case.path).json()
    assert file["requester"] is None
    assert file["erased"] is True
    assert [item["text"] for item in file["items"]] == [None]
    history = counter["bo-ppid"].get(f"{case.path}/history").json()["items"]
    assert history[-1]["type"] == "personal-data-erased"
    assert history[-1]["data"]["request"] == asked.answer["data_request"]
    shown = asked.read()
    assert (shown["stage"], shown["words"]) == ("answered", None)
    export = counter[DPO].get(f"/v1/persons/{person}").json()
    assert export["erased_at"] is not None
    assert all(one["identity"] is None for one in export["records"])
    with psycopg.connect(counter.database_url) as connection:
        left = connection.execute(
            "select count(*) from sealed where person = %s", (person,)
        ).fetchone()
    assert left == (0,)


def test_what_was_erased_is_told_though_nobody_ever_read_it(counter: OpenCounter):
    case = answered(counter, LONG_AGO)
    with psycopg.connect(counter.database_url) as connection:
        [person] = connection.execute(
            "select person::text from sealed where record = %s",
            (case.answer["case"],),
        ).fetchone() or [None]
    asked = Asked(counter, str(person), "erasure", "bo-ppid")
    asked.step("decision").step("execution", {"how": "surat"})
    export = counter[DPO].get(f"/v1/persons/{person}").json()
    kinds = {one["kind"]: one["id"] for one in export["records"]}
    assert kinds["case"] == case.answer["case"]
    assert "personal-data-erased" in {one["what"] for one in export["processing"]}


def test_a_wish_is_read_as_what_it_is(counter: OpenCounter):
    asked = Asked(counter, person_of(answered(counter)), "access", "bo-ppid")
    assert asked.read()["words"] == WISH
    counter[DPO].get(f"/v1/persons/{asked.person}")
    with psycopg.connect(counter.database_url) as connection:
        kinds = connection.execute(
            "select distinct kind from readings where subject = %s",
            (asked.answer["data_request"],),
        ).fetchall()
    assert kinds == [("data_request",)]


def test_an_execution_is_answered_once_under_its_key(counter: OpenCounter):
    case = answered(counter, LONG_AGO)
    asked = Asked(counter, person_of(case), "erasure", "bo-ppid").step("decision")
    path, body = f"{asked.path}/execution", {"how": "surat"}
    first = counter[DPO].post(path, body, 2, key="hapus-1")
    again = counter[DPO].post(path, body, 2, key="hapus-1")
    assert (first.status_code, again.status_code) == (200, 200)
    assert again.headers["idempotency-replayed"] == "true"
    assert first.content == again.content
    asked.answer = first.json()
    assert asked.refused("execution", body) == (409, "wrong-stage")


def test_nothing_more_is_asked_of_an_erased_person(counter: OpenCounter):
    case = answered(counter, LONG_AGO)
    person = person_of(case)
    erased(case)
    form = {"kind": "access", "how": "surat", "words": WISH}
    answer = counter["bo-ppid"].post(f"/v1/persons/{person}/requests", form)
    assert (answer.status_code, answer.json()["code"]) == (409, "person-erased")


def test_the_export_holds_everything_and_is_itself_a_reading(counter: OpenCounter):
    case = answered(counter, nik="5371014107859999")
    person = person_of(case)
    Asked(counter, person, "access", "bo-ppid").step("decision")
    export = counter[DPO].get(f"/v1/persons/{person}")
    assert export.status_code == 200, export.text
    told = export.json()
    kinds = {one["kind"]: one for one in told["records"]}
    assert kinds["case"]["identity"]["name"] == forms.VISITOR
    assert kinds["case"]["identity"]["nik"] == "************9999"
    assert kinds["case"]["words"]["items"] == [forms.ITEM]
    assert kinds["data_request"]["texts"] == [WISH]
    acts = [one["what"] for one in told["processing"]]
    assert {"received", "delivered", "data-request-received", "read"} <= set(acts)
    mine = [one for one in told["processing"] if one["official"] == DPO]
    assert {one["why"] for one in mine} >= {"subject-request"}
    assert [one["kind"] for one in told["requests"]] == ["access"]
    csv = counter[DPO].get(f"/v1/persons/{person}", format="csv")
    assert csv.headers["content-type"].startswith("text/csv")
    assert forms.VISITOR not in csv.text
    assert "subject-request" in csv.text


def test_a_correction_holds_from_now_on_and_the_past_stays(counter: OpenCounter):
    case = answered(counter)
    before = case.version
    asked = Asked(counter, person_of(case), "correction", "bo-ppid").step("decision")
    new = {"how": "surat", "requester": {"phone": "081300009999"}}
    asked.step("correction", new)
    ppid = counter["bo-ppid"]
    now = ppid.get(case.path).json()
    assert now["requester"]["phone"] == "081300009999"
    assert now["requester"]["name"] == forms.VISITOR
    then = ppid.get(case.path, version=before).json()
    assert then["requester"]["phone"] == forms.VISITOR_PHONE
    last = ppid.get(f"{case.path}/history").json()["items"][-1]
    assert (last["type"], last["data"]["fields"]) == (
        "personal-data-corrected",
        ["phone"],
    )
    empty = {"how": "surat", "requester": {}}
    assert asked.refused("correction", empty) == (422, "invalid-body")


def test_what_is_put_right_is_not_named_in_clear_beside_it(counter: OpenCounter):
    person = person_of(answered(counter))
    asked = Asked(counter, person, "correction", "bo-ppid").step("decision")
    name = "Yohana Tefa Lede"
    new = {"how": f"surat dari {name}", "requester": {"name": name}}

    answer = asked.post(DPO, "correction", new)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "personal-data-in-text")
    assert problem["errors"][0]["pointer"] == "/how"
    asked.step("correction", new | {"how": "surat dari pemohon"})


def test_while_restricted_nobody_but_the_person_sees_his_data(counter: OpenCounter):
    case = answered(counter)
    person = person_of(case)
    asked = Asked(counter, person, "restriction", "bo-ppid").step("decision")
    asked.step("restriction", {"how": "surat"})
    ppid = counter["bo-ppid"]
    file = ppid.get(case.path).json()
    assert file["restricted"] is True
    assert file["requester"]["name"] is None
    assert file["requester"]["person"] == person
    assert file["subject"] is None
    export = counter[DPO].get(f"/v1/persons/{person}").json()
    assert export["restricted"] is True
    assert forms.VISITOR not in str(export)
    Asked(counter, person, "access", "bo-ppid")
    export = counter[DPO].get(f"/v1/persons/{person}").json()
    assert forms.VISITOR in str(export)
    asked.step("lifting", {"reason": "sudah diperbaiki"})
    file = ppid.get(case.path).json()
    assert "restricted" not in file
    assert file["requester"]["name"] == forms.VISITOR


def test_an_objection_keeps_the_data(counter: OpenCounter):
    case = contest.refused_visit(counter)
    case.step("penerima-tamu", "identity-return", {"to": "visitor"})
    contest.Contest(case)
    asked = Asked(counter, person_of(case), "erasure", "bo-ppid")
    grounds = {one["ground"] for one in asked.read()["holds"]}
    assert grounds == {"objection_window", "objection_open"}
    asked.step("deferral", {"reason": "keberatan belum diputus"})
    assert asked.read()["waits_until"] is None


def test_a_refusal_names_its_article(counter: OpenCounter):
    asked = Asked(counter, person_of(answered(counter)), "access", "bo-ppid")
    wrong = {"legal_basis": "kip17.c", "reason": "rahasia"}
    assert asked.refused("refusal", wrong)[1] == "unknown-legal-basis"
    asked.step("refusal", wrong | {"legal_basis": "pdp15.c"})
    assert asked.read()["legal_basis"] == "pdp15.c"


def test_refusals_come_in_the_contract_s_order(counter: OpenCounter):
    asked = Asked(counter, person_of(answered(counter)), "erasure", "bo-ppid")
    path = f"{asked.path}/decision"
    dpo = counter[DPO]
    nobody = "00000000-0000-4000-8000-00000000dead"
    unknown = dpo.post(f"/v1/data-requests/{nobody}/decision", {}, 1)
    assert unknown.status_code == 404
    assert dpo.post(path, {}).status_code == 428
    assert dpo.post(path, {"strange": 1}, 1).json()["code"] == "unknown-field"
    for seat in ("bo-ppid", "bo-kepala", OTHER_DPO, "bo-admin"):
        assert counter[seat].post(path, {}, 7).status_code == 403, seat
    assert dpo.post(path, {}, 7).status_code == 412
    assert dpo.post(path, {}, 1).status_code == 409


def test_a_stranger_s_person_is_nobody_s(counter: OpenCounter):
    person = person_of(answered(counter))
    for seat, status in (
        (DPO, 200),
        (OTHER_DPO, 403),
        ("bo-ppid", 403),
        ("bo-penerima-tamu", 403),
        ("bo-admin", 403),
        ("pengawas", 403),
    ):
        answer = counter[seat].get(f"/v1/persons/{person}")
        assert answer.status_code == status, seat
    nobody = "00000000-0000-4000-8000-00000000dead"
    answer = counter[DPO].get(f"/v1/persons/{nobody}")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-person")
    form = {"kind": "access", "how": "surat"}
    path = f"/v1/persons/{person}/requests"
    assert counter["bo-analis"].post(path, form).status_code == 403
    assert counter["bppd-ppid"].post(path, form).status_code == 403


def test_the_list_shows_what_is_owed_page_by_page(counter: OpenCounter):
    person = person_of(answered(counter))
    asked = [Asked(counter, person, "access", "bo-ppid") for _ in range(3)]
    asked[0].step("refusal", {"legal_basis": "pdp14", "reason": "bukan orangnya"})
    ids = {one.answer["data_request"] for one in asked}
    mark = {"after_position": asked[0].answer["position"]}
    first = counter[DPO].get("/v1/data-requests", limit=2, **mark).json()
    # What is done about one later moves none to another page.
    newest = [one.answer["data_request"] for one in (asked[2], asked[1])]
    assert [one["data_request"] for one in first["items"]] == newest
    rest = counter[DPO].get("/v1/data-requests", after=first["next"]).json()
    seen = [one["data_request"] for one in (*first["items"], *rest["items"])]
    assert len(first["items"]) == 2
    assert ids <= set(seen)
    assert len(seen) == len(set(seen))
    refused = counter[DPO].get("/v1/data-requests", stage="refused").json()["items"]
    assert {one["due_at"] for one in refused} == {None}
    path = f"/v1/persons/{person}/requests"
    his = counter["bo-ppid"].get(path, **mark).json()["items"]
    assert {one["data_request"] for one in his} == ids
    page = counter["bo-ppid"].get(path, limit=1).json()
    assert [one["data_request"] for one in page["items"]] == newest[:1]
    page = counter["bo-ppid"].get(path, limit=1, after=page["next"]).json()
    assert [one["data_request"] for one in page["items"]] == newest[1:]
    theirs = counter[OTHER_DPO].get("/v1/data-requests").json()["items"]
    assert theirs == []


def test_its_history_tells_who_and_under_which_row(counter: OpenCounter):
    asked = Asked(counter, person_of(answered(counter)), "access", "bo-ppid")
    asked.step("decision").step("execution", {"how": "diserahkan"})
    items = counter[DPO].get(f"{asked.path}/history").json()["items"]
    assert [(one["type"], one["rule"]) for one in items] == [
        ("data-request-received", "data-requests-in"),
        ("data-request-granted", "data-subjects-rights"),
        ("data-request-answered", "data-subjects-rights"),
    ]
    assert WISH not in str(items)


def test_the_control_without_the_closed_door_shows_the_same_name(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch
):
    case = answered(counter)
    asked = Asked(counter, person_of(case), "restriction", "bo-ppid").step("decision")
    asked.step("restriction", {"how": "surat"})
    monkeypatch.setattr(reading_room, "IN_HIS_NAME", frozenset(Ground))
    file = counter["bo-ppid"].get(case.path).json()
    assert file["requester"]["name"] == forms.VISITOR
