"""Times that can be meant are taken; the others are told apart."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from interfaces.clock import now
from tests.interfaces.http import forms
from tests.open_counter import OpenCounter

HERE = ZoneInfo("Asia/Makassar")
CASES = "/v1/cases"


def said(at: datetime) -> str:
    return at.isoformat()


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2026-02-10T09:05:00", "naive-time"),
        ("2026-02-10", "invalid-body"),
        ("2026-02-30T09:05:00+08:00", "invalid-body"),
        ("09:05", "invalid-body"),
        (1_770_000_000, "invalid-body"),
        ("0001-01-01T00:00:00+14:00", "invalid-body"),
        ("0001-01-01T00:00:00Z", "invalid-body"),
        ("9999-12-31T23:59:59-14:00", "invalid-body"),
        ("2100-01-01T00:00:00Z", "time-in-future"),
    ],
)
@pytest.mark.parametrize(
    "place",
    [
        ("bo-agendaris", lambda at: forms.letter(occurred_at=at), "/occurred_at"),
        (
            "bo-agendaris",
            lambda at: forms.letter(letter={"received_by_regional_secretary_at": at}),
            "/letter/received_by_regional_secretary_at",
        ),
        (
            "bo-penghubung",
            lambda at: forms.report(lapor=forms.lapor(submitted_at=at)),
            "/lapor/submitted_at",
        ),
        (
            "bo-penghubung",
            lambda at: forms.report(lapor=forms.lapor(forwarded_at=at)),
            "/lapor/forwarded_at",
        ),
    ],
)
def test_an_impossible_instant_is_told_with_its_place(
    counter: OpenCounter,
    place: tuple[str, Callable[[object], forms.Form], str],
    value: object,
    code: str,
):
    caller, form, pointer = place
    answer = counter[caller].post(CASES, form(value))
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == code
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_an_instant_deep_in_a_list_is_looked_at_too(counter: OpenCounter):
    contact = {"at": "2026-02-10T09:05:00", "medium": "telepon", "result": "diangkat"}
    path = f"{CASES}/00000000-0000-0000-0000-000000000000/pickup"
    for at, code in (
        ("2026-02-10T09:05:00", "naive-time"),
        ("2099-02-10T09:05:00Z", "time-in-future"),
    ):
        form = {"contacts": [contact | {"at": at}], "collect_by": "2026-02-20"}
        answer = counter["bo-agendaris"].post(path, form, 1)
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert answer.json()["errors"][0]["pointer"] == "/contacts/0/at"


def test_clocks_may_differ_by_a_minute(counter: OpenCounter):
    clerk = counter["bo-agendaris"]
    soon = said(now() + timedelta(seconds=50))
    later = said(now() + timedelta(seconds=75))
    assert clerk.post(CASES, forms.letter(occurred_at=soon)).status_code == 201
    answer = clerk.post(CASES, forms.letter(occurred_at=later))
    assert answer.json()["code"] == "time-in-future"


def test_an_earlier_local_day_needs_a_reason(counter: OpenCounter):
    clerk = counter["bo-agendaris"]
    midnight = now().astimezone(HERE).replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday = said((midnight - timedelta(seconds=1)).astimezone(UTC))
    for reason in (None, "", "  \n"):
        form = forms.letter(occurred_at=yesterday, late_reason=reason)
        answer = clerk.post(CASES, form)
        assert answer.status_code == 422
        assert answer.json()["code"] == "late-entry-needs-reason"
    form = forms.letter(occurred_at=yesterday, late_reason="dari buku agenda")
    assert clerk.post(CASES, form).status_code == 201
    assert (
        clerk.post(CASES, forms.letter(occurred_at=said(midnight))).status_code == 201
    )


def test_an_act_before_the_last_one_is_out_of_order(counter: OpenCounter):
    made = counter["bo-agendaris"].post(CASES, forms.letter())
    answer = counter["bo-kepala"].post(
        f"{made.headers['location']}/disposition",
        forms.disposition(
            "bo-analis", occurred_at="2026-01-05T08:00:00+08:00", late_reason="lupa"
        ),
        1,
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "out-of-order")


@pytest.mark.parametrize("day", ["2026-13-01", "1900-01-01", "2300-01-01", "x", 5])
def test_a_day_that_can_not_be_is_an_invalid_body(counter: OpenCounter, day: object):
    form = forms.letter(letter={"date": day})
    answer = counter["bo-agendaris"].post(CASES, form)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-body")
    assert answer.json()["errors"][0]["pointer"] == "/letter/date"
