"""The SLA board over HTTP: figures of the caller's agencies, and of no other."""

import pytest

from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import PERSONAL, Form
from tests.open_counter import Caller, OpenCounter
from tests.staff import BIRO, BPPD

pytestmark = pytest.mark.usefixtures("projecting")

SLA = "/v1/sla"
LOAD = {
    "open", "due_today", "due_within_3_days", "late", "late_by", "target_overrun",
    "undated",
}  # fmt: skip


def board(caller: Caller, **query: str | int) -> Form:
    """The board, with nothing of anybody in it."""
    asked = caller.get(SLA, **query)
    assert asked.status_code == 200, asked.text
    for name in PERSONAL:
        assert name not in asked.text
    told: Form = asked.json()
    return told


def at_work(shown: Form, **of: str | None) -> int:
    """Open cases in the rows that are told so."""
    return sum(
        row["open"]
        for row in shown["rows"]
        if all(row[key] == value for key, value in of.items())
    )


def test_it_says_what_it_counted_and_when(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    shown = board(counter["bppd-kepala"], after_position=case.answer["position"])

    assert set(shown) == {
        "position", "as_of", "calendar_edition", "days", "totals", "rows", "waiting",
        "pace",
    }  # fmt: skip
    assert shown["position"] >= case.answer["position"]
    edition = case.answer["clocks"][0]["calendar_edition"]
    assert (shown["calendar_edition"], shown["days"]) == (edition, 30)
    assert set(shown["totals"]) == LOAD
    assert set(shown["totals"]["late_by"]) == {"standard", "statute"}
    assert shown["totals"]["open"] == at_work(shown)
    assert {row["agency"] for row in shown["rows"]} == {BPPD}
    for row in shown["rows"]:
        assert set(row) == LOAD | {"agency", "channel", "unit", "stage", "turns"}
        assert sum(row["turns"].values()) == row["open"]
    waiting = sum(one["open"] for one in shown["waiting"])
    assert waiting == shown["totals"]["open"]


def test_it_follows_a_case_at_once_if_one_says_so(counter):
    head = counter["bppd-kepala"]
    case = life.letter(counter, BPPD)

    def seen(stage: str) -> int:
        shown = board(head, after_position=case.answer["position"])
        assert shown["position"] >= case.answer["position"]
        return at_work(shown, channel="letter", stage=stage)

    received, disposed = seen("received"), seen("disposed")
    case.step("kepala", "disposition", forms.disposition(case.official("analis")))
    assert (seen("received"), seen("disposed")) == (received - 1, disposed + 1)


def test_whoever_asks_again_at_rest_is_shown_the_same_board(counter):
    case = life.letter(counter, BPPD)
    one, two = (
        board(counter[who], after_position=case.answer["position"])
        for who in ("bppd-kepala", "bppd-agendaris")
    )
    assert one == two
    other = board(counter["bppd-kepala"], days=31)
    assert (other["days"], other["rows"]) == (31, one["rows"])


def test_an_answer_is_in_the_pace_and_no_longer_open(counter):
    head = counter["bppd-kepala"]
    case = life.directed(counter, BPPD)
    before = board(head, channel="face_to_face", after_position=case.answer["position"])
    case.step("analis", "delivery", {"how": "oral"})
    after = board(head, channel="face_to_face", after_position=case.answer["position"])

    def answered(shown: Form) -> int:
        told = [one for one in shown["pace"] if one["agency"] is None]
        return sum(one["answered"] for one in told)

    assert after["totals"]["open"] == before["totals"]["open"] - 1
    assert answered(after) == answered(before) + 1
    assert {row["channel"] for row in after["rows"]} <= {"face_to_face"}


def test_another_agency_s_figures_are_not_told(counter):
    life.letter(counter, BPPD)
    ours = life.letter(counter, BIRO)
    for query in ({}, {"agency": BPPD}):
        shown = board(
            counter["bppd-kepala"], after_position=ours.answer["position"], **query
        )
        assert {row["agency"] for row in shown["rows"]} == {BPPD}
        assert {one["agency"] for one in shown["pace"]} <= {BPPD, None}
    refused = counter["bppd-kepala"].get(SLA, agency=BIRO)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    both = board(counter["pengawas"], after_position=ours.answer["position"])
    assert {row["agency"] for row in both["rows"]} == {BIRO, BPPD}


@pytest.mark.parametrize(
    "query",
    [
        {"agency": "nowhere"},
        {"channel": "pigeon"},
        {"days": 0},
        {"days": 367},
        {"unit": "x" * 201},
        {"after_position": "x"},
    ],
)
def test_what_cannot_be_understood_is_refused(counter, query):
    answer = counter["bppd-kepala"].get(SLA, **query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-query")


def test_who_may_list_nothing_sees_no_board(counter):
    refused = counter["bppd-admin"].get(SLA)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
