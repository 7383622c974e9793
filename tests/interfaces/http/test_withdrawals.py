"""The requester takes a request back before it is answered."""

import pytest

from tests.interfaces.http import forms, life, shapes
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter
from tests.staff import BPPD

WITHDRAWN: Form = {"how": "surat pencabutan", "reason": forms.WORDS}


def test_after_initials_the_draft_stays_and_nothing_is_delivered(counter: OpenCounter):
    case = life.disposed(counter, BPPD)
    case.step("analis", "draft", forms.draft(), "draft")
    case.step("kasubid", "approval", {"draft": 1, "capacity": "own"})
    case.step("agendaris", "withdrawal", WITHDRAWN)
    assert (case.stage, case.answer["outcome"]) == ("withdrawn", "withdrawn")
    assert shapes.clocks(case.answer) == {"standard": "stopped", "statute": "stopped"}
    head = counter[case.official("kepala")]
    file = head.get(case.path).json()
    assert file["draft"]["n"] == 1
    assert file["tiers"][0]["by"] == case.official("kasubid")
    assert [item["outcome"] for item in file["items"]] == ["withdrawn"]
    history = head.get(f"{case.path}/history")
    assert "delivered" not in [item["type"] for item in history.json()["items"]]
    assert forms.WORDS not in history.text
    case.step("agendaris", "closing", {})
    assert (case.stage, case.answer["outcome"]) == ("closed", "withdrawn")


def test_why_he_withdrew_is_for_who_may_read_the_requesters_words(
    counter: OpenCounter,
):
    case = life.letter(counter, BPPD)
    before = counter["bppd-kepala"].get(case.path).json()
    assert "withdrawal_reason" not in before
    case.step("agendaris", "withdrawal", WITHDRAWN)
    for seat in ("bppd-kepala", "bppd-agendaris", "pengawas"):
        seen = counter[seat].get(case.path).json()
        assert seen["withdrawal_reason"] == forms.WORDS, seat
    seen = counter["bppd-pelapor"].get(case.path).json()
    assert (seen["withdrawal_reason"], seen["subject"]) == (None, None)
    diff = counter["bppd-kepala"].send("GET", f"{case.path}/diff?from=1&to=2")
    assert diff.status_code == 200, diff.text
    assert forms.WORDS not in diff.text
    changed = {change["pointer"] for change in diff.json()["changes"]}
    assert "/withdrawal_reason" not in changed
    case.step("agendaris", "closing", {})
    closed = counter["bppd-kepala"].get(case.path).json()
    assert closed["withdrawal_reason"] == forms.WORDS


def test_a_withdrawal_without_a_reason_shows_none(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    case.step("agendaris", "withdrawal", {"how": "lisan"})
    assert "withdrawal_reason" not in counter["bppd-kepala"].get(case.path).json()


def test_a_visitor_who_withdraws_gets_the_card_before_the_case_is_closed(
    counter: OpenCounter,
):
    case = life.directed(counter)
    case.step("penerima-tamu", "withdrawal", {"how": "lisan"})
    assert case.refused("penerima-tamu", "closing", {}) == (409, "id-card-held")
    case.step("penerima-tamu", "identity-return", {"to": "visitor"})
    assert case.step("penerima-tamu", "closing", {}).stage == "closed"


def test_the_liaison_enters_it_for_a_report(counter: OpenCounter):
    case = life.report(counter)
    assert case.step("penghubung", "withdrawal", WITHDRAWN).stage == "withdrawn"


@pytest.mark.parametrize("seat", ["kepala", "analis", "penerima-tamu", "ppid"])
def test_others_do_not_withdraw_a_letter(counter: OpenCounter, seat: str):
    case = life.letter(counter)
    assert case.refused(seat, "withdrawal", WITHDRAWN) == (403, "forbidden")


def test_an_answered_request_cannot_be_withdrawn(counter: OpenCounter):
    case = life.directed(counter).step("analis", "delivery", {"how": "oral"})
    body = {"how": "lisan"}
    assert case.refused("penerima-tamu", "withdrawal", body) == (409, "wrong-stage")


@pytest.mark.parametrize(
    "body", [{}, {"how": ""}, {"how": "surat", "reason": "\x00"}, {"how": 1}]
)
def test_a_faulty_withdrawal_changes_nothing(counter: OpenCounter, body: Form):
    case = life.letter(counter)
    assert case.refused("agendaris", "withdrawal", body)[0] == 422
    head = counter[case.official("kepala")]
    assert head.get(case.path).json()["version"] == 1
