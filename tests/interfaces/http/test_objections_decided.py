"""The superior decides: what falls is answered again; the Commission comes after."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.interfaces.http import contest, forms, life, shapes
from tests.interfaces.http.contest import (
    OBJECTIONS,
    POSTED,
    SUPERIOR,
    Contest,
    decision,
    dispute,
)
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import AGENCIES, BIRO

both = pytest.mark.parametrize("agency", AGENCIES)
Refused = Callable[[OpenCounter, str], Life]
LONG_AGO = {"occurred_at": "2026-02-10T09:00:00+08:00", "late_reason": "dari agenda"}


def oral(case: Life) -> Life:
    return case.step("analis", "delivery", {"how": "oral"})


def by_post(case: Life) -> Life:
    case.step("analis", "draft", forms.draft(), "draft")
    return life.approve(case, draft=2).step("agendaris", "delivery", {"how": "post"})


def in_lapor(case: Life) -> Life:
    case.step("analis", "draft", forms.draft(), "draft")
    return life.approve(case, draft=2).step("penghubung", "delivery", POSTED)


@both
@pytest.mark.parametrize("ruling", ["grant", "part"])
@pytest.mark.parametrize(
    ("refused", "answer_again"),
    [
        (contest.refused_visit, oral),
        (contest.refused_letter, by_post),
        (contest.refused_report, in_lapor),
    ],
    ids=["visit", "letter", "report"],
)
def test_an_objection_granted_leads_to_a_second_delivery_on_the_same_case(
    counter: OpenCounter,
    agency: str,
    ruling: str,
    refused: Refused,
    answer_again: Callable[[Life], Life],
):
    case = refused(counter, agency)
    before = case.version
    objection = Contest(case)
    items = {"items": [{"n": 1, "outcome": "granted"}]} if ruling == "part" else {}
    objection.step(SUPERIOR, "decision", decision(ruling, **items))
    assert objection.answer["stage"] == "decided"
    assert shapes.clocks(objection.answer) == {
        "objection_reply": "met",
        "dispute": "running",
    }
    assert (case.version, case.stage) == (before + 1, "disposed")
    answer_again(case)
    assert (case.stage, case.answer["outcome"]) == ("delivered", "granted")
    history = counter["pengawas"].get(f"{case.path}/history").json()["items"]
    types = [item["type"] for item in history]
    assert types.count("reopened") == 1
    reopened = history[types.index("reopened")]
    assert reopened["data"]["objection"] == objection.answer["objection"]
    assert reopened["by"]["official"] == SUPERIOR
    assert types.index("delivered", types.index("reopened")) == len(types) - 1
    again = Contest(case, "d")
    assert again.path != objection.path


def test_an_objection_upheld_leaves_the_case_as_it_is(counter: OpenCounter):
    case = contest.refused_letter(counter)
    before = case.version
    Contest(case).step(SUPERIOR, "decision", decision("uphold"))
    assert (case.version, case.stage) == (before, "delivered")


def test_a_case_still_at_work_is_not_opened_again(counter: OpenCounter):
    case = life.letter(counter, BIRO, **LONG_AGO)
    at = {"occurred_at": "2026-03-05T09:00:00+08:00", "late_reason": "dari agenda"}
    objection = Contest(case, "c", **at)
    before = case.version
    objection.step(SUPERIOR, "decision", decision())
    assert (case.version, case.stage) == (before, "received")
    assert shapes.clocks(objection.answer)["objection_reply"] == "missed"


def test_every_refusal_of_a_decision_changes_nothing(counter: OpenCounter):
    objection = Contest(contest.refused_letter(counter))
    item = {"n": 1, "outcome": "granted"}
    for body, status, code in (
        (decision("part"), 409, "item-without-outcome"),
        (decision("part", items=[item | {"n": 2}]), 409, "unknown-item"),
        (decision(items=[item, item]), 409, "unknown-item"),
        (decision(items=[item | {"outcome": "lapsed"}]), 422, "invalid-body"),
        (decision("maybe"), 422, "invalid-body"),
        (decision(reason=""), 422, "invalid-body"),
    ):
        assert objection.refused(SUPERIOR, "decision", body) == (status, code)
    for seat in ("ppid", "kepala", "analis"):
        told = objection.refused(seat, "decision", decision())
        assert told == (403, "forbidden")
    told = objection.refused("ppid", "dispute", dispute())
    assert told == (409, "wrong-stage")
    objection.step(SUPERIOR, "decision", decision("uphold"))
    told = objection.refused(SUPERIOR, "decision", decision())
    assert told == (409, "wrong-stage")


def test_in_whose_stead_the_answer_was_signed_does_not_decide(counter: OpenCounter):
    case = contest.refused_letter(counter)
    objection = Contest(case)
    told = objection.refused("sekda", "decision", decision())
    assert told == (409, "decider-was-tier")
    elsewhere = Contest(contest.refused_visit(counter))
    elsewhere.step("sekda", "decision", decision())


def test_the_version_of_the_objection_is_needed_and_no_other(counter: OpenCounter):
    objection = Contest(contest.refused_letter(counter))
    superior, path = counter[SUPERIOR], f"{objection.path}/decision"
    assert superior.post(path, decision()).status_code == 428
    stale = superior.post(path, decision(), 7)
    assert (stale.status_code, stale.json()["code"]) == (412, "version-stale")
    # Even where the case stands at that version.
    case = superior.post(path, decision(), objection.case.version)
    assert case.status_code == 412


def test_a_decision_on_what_is_no_objection_is_not_found(counter: OpenCounter):
    case = contest.refused_visit(counter)
    complaint = counter["bo-pengaduan"].post("/v1/complaints", forms.complaint())
    for there in (uuid4(), case.answer["case"], complaint.json()["complaint"]):
        for seat, word, body in (
            (SUPERIOR, "decision", decision()),
            ("bo-ppid", "dispute", dispute()),
        ):
            path = f"{OBJECTIONS}/{there}/{word}"
            answer = counter[seat].post(path, body, 1)
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
            assert counter[seat].post(path, body).status_code == 428
    assert counter["bo-kepala"].get(case.path).json()["version"] == case.version


def test_the_dispute_after_a_decision_is_noted_and_noted_again(counter: OpenCounter):
    objection = Contest(contest.refused_visit(counter))
    objection.step(SUPERIOR, "decision", decision("uphold"))
    objection.step("ppid", "dispute", dispute())
    assert objection.answer["stage"] == "disputed"
    assert shapes.clocks(objection.answer)["dispute"] == "met"
    won = dispute(status="diputus", result="permohonan dikabulkan")
    objection.step("ppid", "dispute", won)
    assert (objection.version, objection.answer["stage"]) == (4, "disputed")


def test_the_superior_silent_the_dispute_needs_no_decision(counter: OpenCounter):
    case = life.letter(counter, BIRO, **LONG_AGO)
    at = {"occurred_at": "2026-03-05T09:00:00+08:00", "late_reason": "dari agenda"}
    objection = Contest(case, "c", **at)
    assert shapes.clocks(objection.answer) == {
        "objection_reply": "missed",
        "dispute": "missed",
    }
    (clock,) = (c for c in objection.answer["clocks"] if c["clock"] == "dispute")
    in_time = clock["due_on"] + "T10:00:00+08:00"
    noted = dispute(occurred_at=in_time, late_reason="baru dicatat")
    objection.step("ppid", "dispute", noted)
    assert objection.answer["stage"] == "disputed"
    assert shapes.clocks(objection.answer)["dispute"] == "met"


def test_a_decision_that_races_with_commands_on_the_case_loses_none_of_them(
    counter: OpenCounter,
):
    case = contest.refused_letter(counter)
    objections = [Contest(case) for _ in range(4)]
    complaint = forms.complaint(case=case.answer["case"])
    before = case.version

    def decide(objection: Contest) -> int:
        path = f"{objection.path}/decision"
        return counter[SUPERIOR].post(path, decision(), 1).status_code

    def complain(_: int) -> int:
        return counter["bo-pengaduan"].post("/v1/complaints", complaint).status_code

    with ThreadPoolExecutor(8) as pool:
        ruled = pool.map(decide, objections)
        complained = pool.map(complain, range(8))
        assert [*ruled] == [200] * 4
        assert [*complained] == [201] * 8
    history = counter["pengawas"].get(f"{case.path}/history").json()["items"]
    later = [item["type"] for item in history if item["version"] > before]
    # The first ruling opens the case again; it is at work when the others come.
    assert sorted(later) == ["complained"] * 8 + ["reopened"]
    assert [item["version"] for item in history] == [*range(1, len(history) + 1)]
