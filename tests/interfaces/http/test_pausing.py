"""Extension, pause and resumption over the wire; a refusal changes nothing."""

from datetime import timedelta

import pytest

from interfaces.clock import now
from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

LATE = {"late_reason": "dimasukkan kemudian dari buku agenda"}
CAME: Form = {"occurred_at": "2026-02-10T10:00:00+08:00"} | LATE
EXTENSION: Form = {
    "working_days": 7,
    "reason": "informasi belum dikuasai",
    "notice_sent_at": "2026-02-11T09:00:00+08:00",
}
GROUND = "menunggu penjelasan pemohon"


def on(day: str, time: str = "09:00:00") -> Form:
    """An act of a past day."""
    return {"occurred_at": f"{day}T{time}+08:00"} | LATE


def in_days(days: int) -> str:
    """A local day in Kupang, so many days from today."""
    return (now() + timedelta(hours=8, days=days)).date().isoformat()


def old_letter(counter: OpenCounter) -> life.Life:
    """A letter of February, whose terms ran out long ago."""
    return life.letter(counter, BPPD, **CAME)


def clock(case: life.Life, name: str = "statute") -> Form:
    return next(one for one in case.answer["clocks"] if one["clock"] == name)


def unchanged(case: life.Life, body: Form, word: str) -> tuple[int, str]:
    """The refusal; the version afterwards is the one before."""
    told = case.refused("kepala", word, body)
    head = case.counter[case.official("kepala")]
    assert head.get(case.path).headers["etag"] == f'"{case.version}"'
    return told


def test_seven_working_days_more_move_the_statute_only(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    before = clock(case), clock(case, "standard")
    case.step("kepala", "extension", EXTENSION | {"notice_sent_at": now().isoformat()})
    after = clock(case), clock(case, "standard")
    assert after[1] == before[1]
    assert after[0]["due_on"] > before[0]["due_on"]
    assert after[0]["state"] == "running"
    days = case.counter[case.official("kepala")].get(f"{case.path}/deadlines").json()
    statute = next(one for one in days["clocks"] if one["clock"] == "statute")
    assert sum(day["counted"] for day in statute["trace"]) == 17


def test_an_extension_that_is_entered_after_the_term_is_missed_all_the_same(
    counter: OpenCounter,
):
    case = old_letter(counter)
    case.step("kepala", "extension", EXTENSION | on("2026-02-11"))
    assert clock(case)["due_on"] == "2026-03-09"
    assert clock(case)["state"] == "missed"


def test_an_extension_is_refused_by_the_first_rule_it_breaks(counter: OpenCounter):
    case = old_letter(counter)
    on_day_11 = on("2026-02-27", "00:00:00")
    assert unchanged(case, EXTENSION | on_day_11, "extension") == (
        409,
        "extension-too-late",
    )
    longer = EXTENSION | on_day_11 | {"working_days": 8}
    assert unchanged(case, longer, "extension") == (409, "extension-too-long")
    case.step("kepala", "extension", EXTENSION | on("2026-02-26", "23:59:59"))
    again = longer | on("2026-02-28")
    assert unchanged(case, again, "extension") == (409, "extension-used")


@pytest.mark.parametrize(
    ("word", "body", "pointer"),
    [
        ("extension", EXTENSION | {"working_days": 0}, "/working_days"),
        ("extension", EXTENSION | {"reason": " "}, "/reason"),
        ("extension", EXTENSION | {"notice_sent_at": "2026-02-11"}, "/notice_sent_at"),
        ("pause", {"ground": GROUND, "from": "kemarin"}, "/from"),
        ("pause", {"ground": GROUND, "from": "9999-12-31"}, "/from"),
        ("pause", {"ground": "", "from": "2026-02-11"}, "/ground"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_place(
    counter: OpenCounter, word: str, body: Form, pointer: str
):
    case = life.letter(counter, BPPD)
    head = counter[case.official("kepala")]
    answer = head.post(f"{case.path}/{word}", body, case.version)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-body")
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_notice_is_sent_before_it_is_entered(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    ahead = EXTENSION | {"notice_sent_at": (now() + timedelta(hours=1)).isoformat()}
    assert unchanged(case, ahead, "extension") == (422, "time-in-future")


def test_clocks_rest_until_they_are_let_run_again(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    before = clock(case)
    case.step("kepala", "pause", {"ground": GROUND, "from": in_days(0)})
    assert {one["state"] for one in case.answer["clocks"]} == {"paused"}
    assert clock(case)["due_on"] == before["due_on"]
    again = {"ground": GROUND, "from": in_days(30)}
    assert unchanged(case, again, "pause") == (409, "already-paused")

    case.step("kepala", "resumption", {})
    assert clock(case) == before
    assert unchanged(case, {}, "resumption") == (409, "not-paused")


def test_a_pause_known_beforehand_moves_both_clocks_at_once(counter: OpenCounter):
    case = old_letter(counter)
    rest = {"ground": GROUND, "from": "2026-02-12", "until": "2026-02-13"}
    case.step("kepala", "pause", rest | on("2026-02-10", "11:00:00"))
    assert clock(case)["due_on"] == "2026-03-02"
    assert clock(case, "standard")["due_on"] == "2026-02-19"
    # Entered in retrospect, it makes up for nothing.
    assert clock(case)["state"] == clock(case, "standard")["state"] == "missed"


def test_a_pause_is_refused_by_the_first_rule_it_breaks(counter: OpenCounter):
    case = old_letter(counter)
    backwards = {"ground": GROUND, "from": "2026-02-09", "until": "2026-02-08"}
    assert unchanged(case, backwards, "pause") == (409, "pause-ends-before-start")
    early = backwards | {"until": "2026-02-12"}
    assert unchanged(case, early, "pause") == (409, "pause-before-receipt")
    visit = life.directed(counter).step("analis", "delivery", {"how": "oral"})
    told = visit.refused("kepala", "pause", {"ground": GROUND, "from": in_days(0)})
    assert told == (409, "wrong-stage")


def test_only_the_head_moves_clocks(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    rest = {"ground": GROUND, "from": in_days(0)}
    for word, body in (("pause", rest), ("extension", EXTENSION), ("resumption", {})):
        assert case.refused("agendaris", word, body) == (403, "forbidden")
        assert case.refused("kabid", word, body) == (403, "forbidden")
    to_secretary = life.letter(counter, BIRO)
    to_secretary.step("sekda", "pause", rest)


def test_the_day_of_a_resumption_in_retrospect_is_the_act_s(counter: OpenCounter):
    case = old_letter(counter)
    rest = {"ground": GROUND, "from": "2026-02-12"} | on("2026-02-12")
    case.step("kepala", "pause", rest)
    case.step("kepala", "resumption", on("2026-02-20"))
    assert clock(case)["due_on"] == "2026-03-04"
    history = counter[case.official("kepala")].get(f"{case.path}/history").json()
    assert history["items"][-1]["type"] == "clock-resumed"
    assert history["items"][-1]["data"]["on"] == "2026-02-20"
    assert forms.PERSONAL[0] not in str(history)
