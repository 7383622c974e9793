"""Exact shapes of answers, written down from the contract: every key and its kind."""

import re
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from tests.interfaces.http.forms import Form

CLOCK: Final = {
    "clock",
    "day_kind",
    "starts_at",
    "due_on",
    "due_at",
    "also_due_on",
    "soft",
    "state",
    "met_at",
    "calendar_edition",
    "provisional",
}
CASE: Final = {
    "case",
    "registration_number",
    "version",
    "position",
    "recorded_at",
    "stage",
    "outcome",
    "clocks",
}
COMPLAINT: Final = {
    "complaint",
    "case",
    "version",
    "position",
    "recorded_at",
    "stage",
    "clocks",
}
COMPLAINT_FILE: Final = COMPLAINT | {
    "agency",
    "channel",
    "category",
    "class",
    "anonymous",
    "confidential",
    "about",
    "text",
    "complainant",
    "answer",
}
OBJECTION: Final = {
    "objection",
    "case",
    "version",
    "position",
    "recorded_at",
    "stage",
    "clocks",
}
OBJECTION_FILE: Final = OBJECTION | {"facts"}
STAGES: Final = frozenset(
    [
        "received",
        "incomplete",
        "disposed",
        "drafted",
        "in_review",
        "returned",
        "approved",
        "awaiting_pickup",
        "delivered",
        "refused",
        "converted",
        "transferred",
        "withdrawn",
        "lapsed",
        "closed",
    ]
)
OUTCOMES: Final = frozenset(
    [
        "granted",
        "partial",
        "refused_as_exempt",
        "not_held",
        "not_documented",
        "transferred",
        "withdrawn",
        "lapsed",
    ]
)
CLOCKS: Final = frozenset(
    [
        "standard",
        "statute",
        "completion",
        "objection",
        "objection_reply",
        "dispute",
        "complaint",
        "lapor_follow_up",
        "lapor_auto_close",
    ]
)
STATES: Final = frozenset(["running", "paused", "met", "missed", "stopped"])
NUMBER: Final = re.compile(r"(BO|BPPD|ARS)-20\d\d-\d{5,}")


def instant(said: object) -> datetime:
    """An instant of the agency's zone; its offset is told."""
    at = datetime.fromisoformat(str(said))
    assert at.tzinfo is not None
    return at


def must_be_a_clock(clock: Form) -> None:
    assert set(clock) == CLOCK
    assert clock["clock"] in CLOCKS
    assert clock["day_kind"] in {"calendar", "working", "minutes"}
    assert clock["state"] in STATES
    assert type(clock["soft"]) is type(clock["provisional"]) is bool
    assert isinstance(clock["calendar_edition"], str)
    assert instant(clock["starts_at"]) <= instant(clock["due_at"])
    date.fromisoformat(clock["due_on"])
    if clock["also_due_on"] is not None:
        date.fromisoformat(clock["also_due_on"])
    if clock["met_at"] is not None:
        instant(clock["met_at"])
    if clock["day_kind"] != "minutes":
        # The local midnight that ends `due_on`, exclusive.
        ends = instant(clock["due_at"])
        assert (ends.hour, ends.minute, ends.second) == (0, 0, 0)
        assert (ends.date() - date.fromisoformat(clock["due_on"])).days == 1


def _must_be_recorded(answer: Form) -> None:
    assert type(answer["version"]) is type(answer["position"]) is int
    instant(answer["recorded_at"])
    for clock in answer["clocks"]:
        must_be_a_clock(clock)


def must_be_a_case_answer(answer: Form, *more: str) -> None:
    """The answer to a command about a case; `more` are the keys it has besides."""
    assert set(answer) == CASE | set(more)
    UUID(answer["case"])
    assert NUMBER.fullmatch(answer["registration_number"])
    assert answer["stage"] in STAGES
    assert answer["outcome"] is None or answer["outcome"] in OUTCOMES
    _must_be_recorded(answer)


def must_be_a_complaint_answer(answer: Form) -> None:
    """The answer to a command about a complaint."""
    assert set(answer) == COMPLAINT
    UUID(answer["complaint"])
    if answer["case"] is not None:
        UUID(answer["case"])
    _must_be_recorded(answer)


def must_be_a_complaint_file(answer: Form) -> None:
    """A complaint as it is shown."""
    assert set(answer) == COMPLAINT_FILE
    must_be_a_complaint_answer({key: answer[key] for key in COMPLAINT})


def must_be_an_objection_answer(answer: Form) -> None:
    """The answer to a command about an objection."""
    assert set(answer) == OBJECTION
    UUID(answer["objection"])
    UUID(answer["case"])
    assert answer["stage"] in {"filed", "decided", "disputed"}
    _must_be_recorded(answer)


def must_be_an_objection_file(answer: Form) -> None:
    """An objection as it is shown."""
    assert set(answer) == OBJECTION_FILE
    must_be_an_objection_answer({key: answer[key] for key in OBJECTION})


def clocks(answer: Form) -> dict[str, Any]:
    """The state of each clock, by its name."""
    return {clock["clock"]: clock["state"] for clock in answer["clocks"]}
