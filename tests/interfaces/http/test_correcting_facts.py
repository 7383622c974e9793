"""Facts are corrected over the wire, told in both times, and never rewritten."""

from datetime import timedelta

import pytest

from interfaces.clock import now
from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter
from tests.staff import BPPD

LATE = {"late_reason": "dimasukkan kemudian dari buku agenda"}
WRONG = "2026-02-10T10:00:00+08:00"
RIGHT = "2026-02-06T10:00:00+08:00"


def correction(value: object, fact: str = "occurred_at", version: int = 1) -> Form:
    return {"version": version, "fact": fact, "value": value, "reason": "keliru baca"}


def old_letter(counter: OpenCounter) -> life.Life:
    return life.letter(counter, BPPD, occurred_at=WRONG, **LATE)


def due_on(clocks: list[Form]) -> dict[str, str]:
    return {one["clock"]: one["due_on"] for one in clocks if one["clock"][0] == "s"}


def seen(case: life.Life, **query: str) -> Form:
    answer = case.counter[case.official("kepala")].get(case.path, **query)
    assert answer.status_code == 200, answer.text
    shown: Form = answer.json()
    return shown


def test_the_clocks_follow_the_right_day_and_both_times_tell_their_own(
    counter: OpenCounter,
):
    case = old_letter(counter)
    recorded_at = case.answer["recorded_at"]
    as_told = due_on(case.answer["clocks"])
    case.step("kepala", "fact-correction", correction(RIGHT, "received_at"))
    as_it_was = due_on(case.answer["clocks"])
    assert as_told == {"standard": "2026-02-17", "statute": "2026-02-26"}
    assert as_it_was == {"standard": "2026-02-13", "statute": "2026-02-24"}

    assert due_on(seen(case)["clocks"]) == as_it_was
    known = seen(case, recorded_at=recorded_at)
    assert (known["version"], due_on(known["clocks"])) == (1, as_told)
    happened = seen(case, occurred_at="2026-02-08T00:00:00+08:00")
    assert (happened["version"], due_on(happened["clocks"])) == (1, as_it_was)
    head = counter[case.official("kepala")]
    before = "2026-02-05T00:00:00+08:00"
    assert head.get(case.path, occurred_at=before).status_code == 404

    (first, second) = head.get(f"{case.path}/history").json()["items"]
    assert first["occurred_at"] == WRONG
    assert second["type"] == "fact-corrected"
    assert second["data"]["value"] == "2026-02-06T02:00:00+00:00"
    assert second["data"]["before"] == "2026-02-10T02:00:00+00:00"


def test_a_correction_is_corrected_by_naming_it(counter: OpenCounter):
    case = old_letter(counter)
    case.step("kepala", "fact-correction", correction("12/LSM", "letter.number"))
    again = correction("13/LSM", "letter.number")
    assert case.refused("kepala", "fact-correction", again) == (409, "fact-superseded")
    case.step("kepala", "fact-correction", again | {"version": 2})
    case.step("kepala", "fact-correction", correction(None, "letter.agenda_number"))
    assert case.version == 4


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (correction(RIGHT, version=9), (422, "unknown-version")),
        (correction(RIGHT, version=0), (422, "invalid-body")),
        (correction(RIGHT, "requester.name"), (422, "invalid-body")),
        (correction("kemarin"), (422, "invalid-body")),
        (correction("2026-02-06"), (422, "invalid-body")),
        (correction(None), (422, "invalid-body")),
        (correction("0001-01-01T00:00:00Z"), (422, "invalid-body")),
        (correction("2026-02-06T10:00:00"), (422, "naive-time")),
        (correction("2100-01-01T00:00:00Z"), (422, "time-in-future")),
        (correction("2026-03-10T00:00:00Z", "letter.date"), (422, "invalid-body")),
        (correction("9999-12-31", "letter.date"), (422, "invalid-body")),
        (correction(" ", "letter.number"), (422, "invalid-body")),
        (correction("1" * 201, "letter.number"), (422, "text-too-long")),
        (correction("1\u0007", "letter.number"), (422, "control-character")),
        (correction(7, "letter.number"), (422, "invalid-body")),
        (correction(RIGHT) | {"reason": ""}, (422, "invalid-body")),
        (correction(RIGHT) | {"why": "-"}, (422, "unknown-field")),
        (correction(RIGHT, "lapor.submitted_at"), (409, "no-such-fact")),
        (correction("2026-03-01", "letter.date"), (409, "out-of-order")),
    ],
)
def test_what_cannot_be_corrected_so_changes_nothing(
    counter: OpenCounter, body: Form, refusal: tuple[int, str]
):
    case = old_letter(counter)
    assert case.refused("kepala", "fact-correction", body) == refusal
    head = counter[case.official("kepala")]
    assert head.get(case.path).headers["etag"] == f'"{case.version}"'


def test_a_value_that_is_none_for_the_fact_is_told_with_its_place(
    counter: OpenCounter,
):
    case = old_letter(counter)
    head = counter[case.official("kepala")]
    answer = head.post(f"{case.path}/fact-correction", correction("kemarin"), 1)
    assert answer.json()["errors"][0]["pointer"] == "/value"


def test_a_fact_is_corrected_to_the_past_only(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    ahead = (now() + timedelta(seconds=30)).isoformat()
    told = case.refused("kepala", "fact-correction", correction(ahead))
    assert told == (409, "out-of-order")


def test_only_the_head_corrects_in_every_stage(counter: OpenCounter):
    visit = life.directed(counter, BPPD).step("analis", "delivery", {"how": "oral"})
    visit.step("penerima-tamu", "identity-return", {"to": "visitor"})
    visit.step("penerima-tamu", "closing", {})
    told_at = seen(visit)["id_card"]["returned_at"]
    body = correction(told_at, version=5)
    assert visit.refused("penerima-tamu", "fact-correction", body)[0] == 403
    assert "fact-correction" in seen(visit)["actions"]
    visit.step("kepala", "fact-correction", body)
    assert visit.stage == "closed"
    assert forms.VISITOR not in str(visit.answer)
