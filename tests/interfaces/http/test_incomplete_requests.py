"""What is missing is asked for, and comes, or the request lapses."""

from datetime import timedelta

import pytest

from interfaces.clock import now
from tests.interfaces.http import forms, life, shapes
from tests.interfaces.http.forms import Form
from tests.open_counter import OpenCounter
from tests.staff import BPPD

ASKED: Form = {"missing": ["phone"], "reply_by": "2026-12-31", "medium": "telepon"}
LATE = "dimasukkan kemudian dari buku agenda"
NEW_PHONE = "081399998888"


def bare_letter(counter: OpenCounter, agency: str = BPPD, **other: object) -> life.Life:
    """A letter with neither a copy of a card nor a phone number."""
    written: Form = {"addressee": "agency_head"}
    requester: Form = {"name": forms.WRITER, "address": forms.ADDRESS}
    return life.letter(counter, agency, requester=requester, letter=written, **other)


def in_days(days: int) -> str:
    """A local day in Kupang, so many days from today."""
    return (now() + timedelta(hours=8, days=days)).date().isoformat()


def asked(counter: OpenCounter, agency: str = BPPD) -> life.Life:
    return bare_letter(counter, agency).step(
        "agendaris", "completion-request", ASKED | {"reply_by": in_days(3)}, "missing"
    )


def test_the_requester_is_asked_and_the_request_waits_for_him(counter: OpenCounter):
    case = bare_letter(counter)
    assert set(case.answer["missing"]) == {
        "identity_copy",
        "institution_identity",
        "phone",
    }
    clerk = counter[case.official("agendaris")]
    assert clerk.get(case.path).json()["whose_turn"] == "letter_clerk"

    body = ASKED | {"reply_by": in_days(3)}
    case.step("agendaris", "completion-request", body, "missing")
    assert (case.stage, case.answer["missing"]) == ("incomplete", ["phone"])
    (clock,) = [one for one in case.answer["clocks"] if one["clock"] == "completion"]
    assert (clock["day_kind"], clock["state"]) == ("calendar", "running")
    assert clock["due_on"] == in_days(3)
    assert clerk.get(case.path).json()["whose_turn"] == "requester"


def test_a_completed_request_is_received_and_the_statute_begins_anew(
    counter: OpenCounter,
):
    case = bare_letter(
        counter, occurred_at="2026-05-13T09:00:00+08:00", late_reason=LATE
    )
    asks = ASKED | {"reply_by": "2026-05-19", "late_reason": LATE}
    at = {"occurred_at": "2026-05-13T10:00:00+08:00"}
    case.step("agendaris", "completion-request", asks | at, "missing")
    before = {one["clock"]: one for one in case.answer["clocks"]}
    came = {"occurred_at": "2026-05-18T10:00:00+08:00", "late_reason": LATE}
    case.step("agendaris", "completion", {"received": ["phone"]} | came)
    after = {one["clock"]: one for one in case.answer["clocks"]}
    assert case.stage == "received"
    assert before["statute"]["due_on"] == "2026-06-03"
    # 19-22, 25, 26 and 29 May, 2-4 June; 27 and 28 May and 1 June are holidays.
    assert after["statute"]["due_on"] == "2026-06-04"
    assert after["standard"]["due_on"] == before["standard"]["due_on"]
    assert after["completion"]["state"] == "met"


def test_what_the_requester_tells_later_stands_in_the_file(counter: OpenCounter):
    case = asked(counter)
    told = {"phone": NEW_PHONE, "address": "Jalan Timor Raya 3"}
    body = {"received": [], "requester": told}
    case.step("agendaris", "completion", body)
    assert case.stage == "received"
    head = counter[case.official("kepala")]
    requester = head.get(case.path).json()["requester"]
    assert requester["name"] == forms.WRITER
    assert requester["phone"] == NEW_PHONE
    assert requester["address"] == "Jalan Timor Raya 3"
    before = head.get(case.path, version=2).json()["requester"]
    assert (before["phone"], before["address"]) == (None, forms.ADDRESS)
    history = head.get(f"{case.path}/history").text
    assert NEW_PHONE not in history
    assert "completion-received" in history


def test_what_came_in_part_leaves_the_rest_missing(counter: OpenCounter):
    bare = {"requester": {"name": None, "address": None}}
    case = life.report(counter, BPPD, **bare)
    assert case.stage == "incomplete"
    case.step("penghubung", "completion", {"received": ["name"]}, "missing")
    assert (case.stage, case.answer["missing"]) == ("incomplete", ["address"])
    body = {"received": [], "requester": {"address": forms.ADDRESS}}
    case.step("penghubung", "completion", body)
    assert case.stage == "received"


def test_a_request_lapses_after_the_day_and_is_closed(counter: OpenCounter):
    case = bare_letter(
        counter, occurred_at="2026-05-13T09:00:00+08:00", late_reason=LATE
    )
    asks = ASKED | {"reply_by": "2026-05-19", "late_reason": LATE}
    at = {"occurred_at": "2026-05-13T10:00:00+08:00"}
    case.step("agendaris", "completion-request", asks | at, "missing")
    lapse = {"notice": "Surat pemberitahuan", "late_reason": LATE}
    early = lapse | {"occurred_at": "2026-05-19T23:59:59+08:00"}
    assert case.refused("agendaris", "lapse", early) == (409, "lapse-too-early")
    in_time = lapse | {"occurred_at": "2026-05-20T00:00:00+08:00"}
    case.step("agendaris", "lapse", in_time)
    assert (case.stage, case.answer["outcome"]) == ("lapsed", "lapsed")
    assert shapes.clocks(case.answer) == {
        "standard": "stopped",
        "statute": "stopped",
        "completion": "missed",
    }
    case.step("agendaris", "closing", {})
    assert (case.stage, case.answer["outcome"]) == ("closed", "lapsed")


@pytest.mark.parametrize(
    ("word", "body", "status", "code"),
    [
        ("completion-request", ASKED | {"missing": []}, 422, "invalid-body"),
        ("completion-request", ASKED | {"missing": ["nik"]}, 422, "invalid-body"),
        (
            "completion-request",
            ASKED | {"missing": ["identity_shown"]},
            422,
            "invalid-body",
        ),
        ("completion-request", ASKED | {"reply_by": None}, 422, "invalid-body"),
        ("completion-request", ASKED | {"medium": " "}, 422, "invalid-body"),
        ("completion-request", ASKED | {"medium": "\x07"}, 422, "control-character"),
        (
            "completion-request",
            ASKED | {"reply_by": "2020-01-01"},
            409,
            "reply-by-passed",
        ),
        ("completion", {"received": []}, 422, "invalid-body"),
        ("completion", {"received": [], "requester": {}}, 422, "invalid-body"),
        ("completion", {}, 422, "invalid-body"),
        ("completion", {"received": ["phone"], "nik": "1"}, 422, "unknown-field"),
        (
            "completion",
            {"received": [], "requester": {"nik": "1"}},
            422,
            "unknown-field",
        ),
        ("completion", {"received": ["phone", "foto"]}, 422, "invalid-body"),
        ("lapse", {}, 422, "invalid-body"),
        ("lapse", {"notice": "Surat"}, 409, "lapse-too-early"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    counter: OpenCounter, word: str, body: Form, status: int, code: str
):
    case = bare_letter(counter)
    assert case.refused("agendaris", word, body) == (status, code)
    head = counter[case.official("kepala")]
    assert head.get(case.path).json()["version"] == case.version


@pytest.mark.parametrize("seat", ["kepala", "analis", "penerima-tamu", "penghubung"])
def test_the_letter_desk_alone_completes_letters(counter: OpenCounter, seat: str):
    case = asked(counter)
    body = {"received": ["phone"]}
    assert case.refused(seat, "completion", body) == (403, "forbidden")
    assert case.refused(seat, "lapse", {"notice": "-"}) == (403, "forbidden")


def test_a_complete_request_is_not_completed(counter: OpenCounter):
    case = life.letter(counter)
    body = ASKED | {"reply_by": in_days(3)}
    assert case.refused("agendaris", "completion-request", body) == (
        409,
        "wrong-stage",
    )
    assert case.refused("agendaris", "completion", {"received": ["phone"]}) == (
        409,
        "wrong-stage",
    )
