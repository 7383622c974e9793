"""Objections come in on a ground, in time, and from whoever may file them."""

from uuid import uuid4

import psycopg
import pytest

from tests.interfaces.http import contest, forms, life, shapes
from tests.interfaces.http.contest import OBJECTIONS, Contest, filing
from tests.open_counter import OpenCounter
from tests.staff import AGENCIES, BIRO, BPPD

LONG_AGO = {"occurred_at": "2026-02-10T09:00:00+08:00", "late_reason": "dari agenda"}
both = pytest.mark.parametrize("agency", AGENCIES)


def told_late(at: str) -> forms.Form:
    return {"occurred_at": at, "late_reason": "baru dicatat"}


@both
def test_an_objection_is_filed_and_read(counter: OpenCounter, agency: str):
    case = contest.refused_visit(counter, agency)
    objection = Contest(case)
    answer = objection.answer
    assert (answer["case"], answer["version"], answer["stage"]) == (
        case.answer["case"],
        1,
        "filed",
    )
    assert shapes.clocks(answer) == {"objection_reply": "running"}
    assert objection.read() == answer
    assert contest.look(case).version == case.version


def test_the_facts_are_the_requesters_and_stand_sealed(counter: OpenCounter):
    objection = Contest(contest.refused_visit(counter), note="lewat surel")
    inspector = counter["pengawas"]
    assert inspector.get(objection.path).status_code == 200
    told = inspector.get(f"{objection.path}/history").json()
    (filed,) = told["items"]
    assert (filed["type"], filed["by"]["role"], filed["note"]) == (
        "objection-filed",
        "ppid",
        "lewat surel",
    )
    assert filed["rule"] == "ppid"
    assert len(filed["data"]["facts"]) == 64
    assert forms.FACTS not in str(told)
    assert told["next"] is None


@both
def test_the_facts_are_read_by_who_files_and_by_who_decides(
    counter: OpenCounter, agency: str
):
    objection = Contest(contest.refused_visit(counter, agency))
    for seat in ("ppid", contest.SUPERIOR, "sekda"):
        assert objection.shown_to(seat)["facts"] == forms.FACTS, seat
    for seat in ("kepala", "analis", "penerima-tamu", "pengaduan", "pelapor"):
        assert objection.shown_to(seat)["facts"] is None, seat
    for seat in ("pengawas", "inspektorat"):
        assert counter[seat].get(objection.path).json()["facts"] is None, seat
    objection.step(contest.SUPERIOR, "decision", contest.decision("uphold"))
    assert objection.shown_to(contest.SUPERIOR)["facts"] == forms.FACTS


def test_the_facts_of_an_erased_person_are_told_to_nobody(counter: OpenCounter):
    objection = Contest(contest.refused_visit(counter))
    with psycopg.connect(counter.database_url) as connection:
        connection.execute(
            "update persons set wrapped_key = null, erased_at = now() where person ="
            " (select person from sealed where record = %s limit 1)",
            (objection.answer["objection"],),
        )
    assert objection.shown_to("ppid")["facts"] is None


@both
def test_the_superior_serves_both_agencies(counter: OpenCounter, agency: str):
    objection = Contest(contest.refused_visit(counter, agency))
    objection.step(contest.SUPERIOR, "decision", contest.decision("uphold"))
    assert objection.answer["stage"] == "decided"


@pytest.mark.parametrize("ground", ["b", "d", "e", "f"])
def test_an_answer_may_be_objected_to(counter: OpenCounter, ground: str):
    case = life.directed(counter).step("analis", "delivery", {"how": "oral"})
    assert filing(counter, "bo-ppid", case, ground).status_code == 201


@pytest.mark.parametrize("ground", ["a", "c", "g"])
def test_an_answer_in_time_that_grants_gives_no_ground(
    counter: OpenCounter, ground: str
):
    case = life.directed(counter).step("analis", "delivery", {"how": "oral"})
    answer = filing(counter, "bo-ppid", case, ground)
    assert (answer.status_code, answer.json()["code"]) == (409, "no-such-ground")
    assert f"huruf {ground} " in answer.json()["detail_id"]


@pytest.mark.parametrize("receive", [life.visit, life.letter])
def test_nothing_can_be_objected_to_before_there_is_an_answer(
    counter: OpenCounter, receive
):
    answer = filing(counter, "bo-ppid", receive(counter), "c")
    assert (answer.status_code, answer.json()["code"]) == (409, "no-such-ground")


def test_silence_may_be_objected_to_for_thirty_working_days(counter: OpenCounter):
    # Received on 10 February; its statute ends with the 26th.
    case = life.letter(counter, BPPD, **LONG_AGO)
    (window,) = (c for c in case.answer["clocks"] if c["clock"] == "objection")
    assert window["due_on"] == "2026-04-17"
    too_late = filing(counter, "bppd-ppid", case, "c", **told_late(window["due_at"]))
    assert (too_late.status_code, too_late.json()["code"]) == (
        409,
        "objection-too-late",
    )
    last = window["due_on"] + "T23:59:59+08:00"
    in_time = filing(counter, "bppd-ppid", case, "c", **told_late(last))
    assert in_time.status_code == 201
    assert shapes.clocks(in_time.json())["objection_reply"] == "missed"
    assert shapes.clocks(in_time.json())["dispute"] == "missed"


def test_a_proxy_brings_a_power_of_attorney(counter: OpenCounter):
    case = contest.refused_visit(counter)
    bare = filing(counter, "bo-ppid", case, by="proxy")
    assert (bare.status_code, bare.json()["code"]) == (
        409,
        "power-of-attorney-missing",
    )
    strange = filing(counter, "bo-ppid", case, by="proxy", power_of_attorney="a" * 64)
    assert (strange.status_code, strange.json()["code"]) == (422, "unknown-document")
    brought = paper(counter, "bo-ppid", b"surat kuasa khusus")
    elsewhere = contest.refused_visit(counter, BPPD)
    foreign = filing(
        counter, "bppd-ppid", elsewhere, by="proxy", power_of_attorney=brought
    )
    assert (foreign.status_code, foreign.json()["code"]) == (422, "unknown-document")
    Contest(case, by="proxy", power_of_attorney=brought)


def paper(counter: OpenCounter, seat: str, content: bytes) -> str:
    """Bring a document; its digest."""
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="kuasa.pdf"',
    }
    made = counter[seat].send("POST", "/v1/documents", content, headers)
    assert made.status_code == 201, made.text
    return str(made.json()["sha256"])


@pytest.mark.parametrize(
    ("other", "status", "code"),
    [
        ({"case": str(uuid4())}, 422, "unknown-case"),
        ({"case": "bukan-id"}, 422, "invalid-body"),
        ({"ground": "h"}, 422, "invalid-body"),
        ({"facts": " "}, 422, "invalid-body"),
        ({"facts": None}, 422, "invalid-body"),
        ({"by": "lawyer"}, 422, "invalid-body"),
        ({"power_of_attorney": "kuasa"}, 422, "invalid-body"),
        ({"agency": BIRO}, 422, "unknown-field"),
        ({"occurred_at": "2020-01-01T00:00:00Z"}, 422, "late-entry-needs-reason"),
        (told_late("2020-01-01T00:00:00Z"), 409, "out-of-order"),
        ({"role": "agency_head"}, 403, "forbidden"),
    ],
)
def test_what_is_wrong_with_an_objection_is_told(
    counter: OpenCounter, other: forms.Form, status: int, code: str
):
    case = contest.refused_visit(counter)
    form = forms.objection(case.answer["case"]) | other
    answer = counter["bo-ppid"].post(OBJECTIONS, form)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_only_the_ppid_of_the_cases_agency_files(counter: OpenCounter):
    case = contest.refused_visit(counter)
    for seat in ("bo-kepala", "bo-penerima-tamu", "atasan-ppid", "bppd-ppid"):
        answer = filing(counter, seat, case)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), seat
    assert filing(counter, "bo-ppid", case).status_code == 201


def test_an_objection_is_filed_once_under_its_key(counter: OpenCounter):
    case = contest.refused_visit(counter)
    form, key = forms.objection(case.answer["case"]), f"keberatan {uuid4()}"
    first = counter["bo-ppid"].post(OBJECTIONS, form, key=key)
    again = counter["bo-ppid"].post(OBJECTIONS, form, key=key)
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.content, again.headers["location"]) == (
        first.content,
        first.headers["location"],
    )


def test_who_may_look_at_an_objection(counter: OpenCounter):
    objection = Contest(contest.refused_visit(counter))
    for path in (objection.path, f"{objection.path}/history"):
        assert counter["pengawas"].get(path).status_code == 200
        other = counter["bppd-kepala"].get(path)
        assert (other.status_code, other.json()["code"]) == (403, "forbidden")
        assert counter["bo-admin"].get(path).status_code == 403
        assert counter.stranger.get(path).status_code == 401


@pytest.mark.parametrize("tail", ["", "/history"])
def test_what_is_no_objection_is_not_found(counter: OpenCounter, tail: str):
    case = contest.refused_visit(counter)
    for there in (str(uuid4()), case.answer["case"]):
        answer = counter["bo-kepala"].get(f"{OBJECTIONS}/{there}{tail}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert counter["bo-kepala"].get(f"{OBJECTIONS}/bukan-id{tail}").status_code == 400


def test_a_power_of_attorney_is_for_whom_the_objection_concerns(counter: OpenCounter):
    kept = counter["bo-ppid"].send(
        "POST", "/v1/documents", b"surat kuasa", {"Content-Type": "text/plain"}
    )
    document = kept.json()["sha256"]
    path = f"/v1/documents/{document}"
    assert counter["bo-analis"].get(path).status_code == 200
    case = contest.refused_visit(counter)
    filed = contest.filing(
        counter, "bo-ppid", case, by="proxy", power_of_attorney=document
    )
    assert filed.status_code == 201, filed.text
    assert counter["bo-ppid"].get(path).status_code == 200
    assert counter["bo-analis"].get(path).status_code == 403
