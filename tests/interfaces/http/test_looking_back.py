"""Inspectors ask what became of a case: its terms, what changed, who had it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from tests.interfaces.http import forms, life
from tests.interfaces.http.forms import Form
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import BPPD

PAST = ("/deadlines", "/diff?from=1&to=1", "/history")
NOWHERE = "00000000-0000-4000-8000-00000000000a"


@pytest.fixture(scope="module")
def drafted(counter: OpenCounter) -> Life:
    """A letter of four versions; the last one is the lowest tier's initials."""
    case = life.disposed(counter, BPPD)
    case.step("analis", "draft", forms.draft(), "draft")
    return case.step("kasubid", "approval", {"draft": 1, "capacity": "own"})


def asked(case: Life, more: str, by: str = "pengawas") -> Form:
    answer = case.counter[by].send("GET", case.path + more)
    assert answer.status_code == 200, answer.text
    told: Form = answer.json()
    return told


def refused(case: Life, more: str, by: str = "pengawas") -> tuple[int, str]:
    answer = case.counter[by].send("GET", case.path + more)
    return answer.status_code, answer.json()["code"]


def sent(at: datetime) -> str:
    return at.isoformat().replace("+", "%2B")


def times(case: Life) -> Iterator[datetime]:
    """When each version was recorded."""
    for item in asked(case, "/history")["items"]:
        yield datetime.fromisoformat(item["recorded_at"])


def changed(told: Form) -> dict[str, tuple[object, object, int | None]]:
    return {
        each["pointer"]: (each["before"], each["after"], each["version"])
        for each in told["changes"]
    }


# Its terms, day by day.


def test_every_clock_has_its_trace_from_the_day_of_receipt_to_the_last_day(drafted):
    shown = asked(drafted, "")["clocks"]
    told = asked(drafted, "/deadlines")["clocks"]
    assert [clock["clock"] for clock in told] == ["standard", "statute"]
    for clock, face in zip(told, shown, strict=True):
        trace = clock.pop("trace")
        assert clock == face
        first = datetime.fromisoformat(clock["starts_at"]).date()
        days = [date.fromisoformat(line["date"]) for line in trace]
        assert days == [first + timedelta(days=n) for n in range(len(days))]
        assert trace[0] == {
            "date": str(first),
            "counted": False,
            "n": None,
            "why": "receipt",
            "name": None,
            "decree": None,
        }
        assert trace[-1]["date"] == clock["due_on"]
        numbers = [line["n"] for line in trace if line["counted"]]
        whole = {"standard": 7, "statute": 10}[clock["clock"]]
        assert numbers == list(range(1, whole + 1))


def test_the_objection_clock_that_began_by_itself_is_traced_too(counter):
    long_ago = "2026-01-05T10:00:00+08:00"
    old = life.letter(counter, BPPD, occurred_at=long_ago, late_reason="agenda lama")
    told = {clock["clock"]: clock for clock in asked(old, "/deadlines")["clocks"]}
    assert told["statute"]["state"] == "missed"
    trace = told["objection"]["trace"]
    assert trace[0]["date"] == told["statute"]["due_on"]
    assert trace[-1]["n"] == 30
    freed = [line for line in trace if line["why"] in {"holiday", "collective_leave"}]
    assert freed
    assert all(line["name"] and line["decree"] for line in freed)
    # Two weeks later nobody could know of it.
    later = asked(old, "/deadlines?occurred_at=2026-01-12T10:00:00Z")["clocks"]
    assert [clock["clock"] for clock in later] == ["standard", "statute"]


def test_a_report_sent_before_midnight_in_jakarta_begins_on_the_next_day_here(counter):
    submitted = forms.lapor(submitted_at="2026-05-12T23:40:00+07:00")
    report = life.report(counter, BPPD, lapor=submitted)
    for clock in asked(report, "/deadlines")["clocks"][:2]:
        assert clock["trace"][0]["date"] == "2026-05-13"


def test_a_visitors_quarter_of_an_hour_is_told_by_its_day(counter):
    noon = "2026-03-05T12:00:00+08:00"
    visit = life.visit(counter, occurred_at=noon, late_reason="buku tamu")
    standard = asked(visit, "/deadlines")["clocks"][0]
    assert standard["day_kind"] == "minutes"
    assert [line["date"] for line in standard["trace"]] == ["2026-03-05"]
    assert standard["trace"][0]["why"] == "receipt"


# What changed.


def test_a_diff_of_versions_says_each_place_and_the_last_version_that_changed_it(
    drafted,
):
    told = asked(drafted, "/diff?from=1&to=4")
    assert (told["from"], told["to"]) == (1, 4)
    places = changed(told)
    assert places["/stage"] == ("received", "in_review", 4)
    assert places["/assignee"] == (None, "bppd-analis", 2)
    assert places["/draft"][1:] == (
        {"n": 1, "kind": "answer", "document": None, "by": "bppd-analis"},
        3,
    )
    assert places["/whose_turn"] == ("agency_head", "division_head", 4)


def test_a_diff_goes_into_forms_and_lists_by_index(drafted):
    places = changed(asked(drafted, "/diff?from=3&to=4"))
    assert places["/tier"] == (1, 2, 4)
    assert places["/tiers/0/by"] == (None, "bppd-kasubid", 4)
    assert "/tiers/1/by" not in places
    assert "/draft" not in places


def test_the_same_moment_twice_shows_no_change(drafted):
    at = sent(max(times(drafted)) + timedelta(seconds=1))
    for point in ("1", "4", at):
        assert asked(drafted, f"/diff?from={point}&to={point}")["changes"] == []


def test_a_diff_of_instants_is_that_of_the_versions_recorded_by_then(drafted):
    first, _, third, fourth = times(drafted)
    told = asked(drafted, f"/diff?from={sent(first)}&to={sent(third)}")
    assert told["changes"] == asked(drafted, "/diff?from=1&to=3")["changes"]
    assert told["from"] == first.isoformat()
    mixed = asked(drafted, f"/diff?from=3&to={sent(fourth)}")
    assert mixed["changes"] == asked(drafted, "/diff?from=3&to=4")["changes"]


def test_what_was_entered_late_is_in_the_diff_of_the_time_in_which_it_happened(
    counter,
):
    received = "2026-06-02T09:00:00+08:00"
    late = {"late_reason": "dari agenda"}
    case = life.letter(counter, BPPD, occurred_at=received, **late)
    head = forms.disposition("bppd-analis", occurred_at="2026-06-03T09:00:00+08:00")
    case.step("kepala", "disposition", head | late)
    span = "from=2026-06-02T23:00:00Z&to=2026-06-03T23:00:00Z"
    assert refused(case, f"/diff?{span}") == (404, "unknown-version")
    places = changed(asked(case, f"/diff?{span}&time=occurred_at"))
    assert places["/assignee"] == (None, "bppd-analis", 2)
    before = "from=2026-06-02T02:00:00Z&to=2026-06-02T23:00:00Z&time=occurred_at"
    assert asked(case, f"/diff?{before}")["changes"] == []


def test_a_clock_that_time_alone_ran_out_was_changed_by_no_version(counter):
    received = "2026-06-02T09:00:00+08:00"
    case = life.letter(counter, BPPD, occurred_at=received, late_reason="agenda")
    span = "from=2026-06-02T23:00:00Z&to=2026-06-12T23:00:00Z&time=occurred_at"
    assert changed(asked(case, f"/diff?{span}")) == {
        "/clocks/0/state": ("running", "missed", None)
    }


def test_a_diff_holds_only_what_was_known_by_the_time_that_is_asked_for(drafted):
    _, second, third, _ = times(drafted)
    known = f"recorded_at={sent(second)}"
    places = changed(asked(drafted, f"/diff?from=1&to=2&{known}"))
    assert places["/stage"] == ("received", "disposed", 2)
    assert refused(drafted, f"/diff?from=1&to=3&{known}") == (404, "unknown-version")
    upto = asked(drafted, f"/diff?from=1&to={sent(third)}&{known}")
    assert changed(upto) == places


def test_nothing_personal_stands_in_a_diff_whoever_asks(counter):
    case = life.visit(counter)
    case.step("penerima-tamu", "identity-return", {"to": forms.VISITOR})
    for who in ("bo-penerima-tamu", "bo-kepala", "pengawas"):
        answer = counter[who].get(f"{case.path}/diff", **{"from": 1, "to": 3})
        assert answer.status_code == 200, answer.text
        assert "/id_card" in answer.text
        assert not [word for word in forms.PERSONAL if word in answer.text]
        assert "requester" not in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?from=1",
        "?to=1",
        "?from=2&to=1",
        "?from=2026-06-03T00:00:00Z&to=2026-06-02T00:00:00Z",
        "?from=2099-06-03T00:00:00Z&to=2098-06-02T00:00:00Z",
        "?from=2098-06-03T00:00:00Z&to=1",
        "?from=0&to=1",
        "?from=-1&to=1",
        "?from=1.5&to=2",
        "?from=first&to=2",
        "?from=null&to=2",
        "?from=1&to=99999999999999999999",
        "?from=1&to=2026-06-02T00:00:00",
        "?from=1&to=2026-06-02",
        "?from=1&from=1&to=2",
        "?from=1&to=2&time=then",
        "?from=1&to=2099-06-02T00:00:00Z&time=occurred_at",
        "?from=1&to=2&recorded_at=2026-06-02T00:00:00",
    ],
)
def test_a_diff_of_what_cannot_be_understood_is_refused(drafted, query):
    assert refused(drafted, f"/diff{query}") == (422, "invalid-query")


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("/diff?from=1", "/to"),
        ("/diff?to=1", "/from"),
        ("/diff?from=1&to=2&time=tomorrow", "/time"),
        ("/history?limit=999", "/limit"),
    ],
)
def test_a_query_that_is_refused_says_at_which_parameter(drafted, query, place):
    answer = drafted.counter["pengawas"].send("GET", drafted.path + query)

    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [place]


def test_a_diff_of_a_version_that_never_was_is_unknown(drafted):
    unknown = (404, "unknown-version")
    assert refused(drafted, "/diff?from=1&to=5") == unknown
    assert refused(drafted, "/diff?from=2001-01-01T00:00:00Z&to=4") == unknown
    assert refused(drafted, "/diff?from=1&to=1&recorded_at=2001-01-01T00:00:00Z") == (
        unknown
    )


# The history, as it was known and as it was.


def test_a_history_of_the_past_has_what_was_known_or_what_had_happened(counter):
    late = {"late_reason": "dari agenda"}
    case = life.letter(counter, BPPD, occurred_at="2026-06-02T09:00:00+08:00", **late)
    given = forms.disposition("bppd-analis", occurred_at="2026-06-03T09:00:00+08:00")
    case.step("kepala", "disposition", given | late)
    first, second = times(case)

    def versions(query: str) -> list[int]:
        told = asked(case, f"/history?{query}")
        assert told["next"] is None
        return [item["version"] for item in told["items"]]

    assert versions(f"recorded_at={sent(first)}") == [1]
    assert versions(f"recorded_at={sent(second)}") == [1, 2]
    assert versions("occurred_at=2026-06-02T23:00:00Z") == [1]
    assert versions("occurred_at=2026-06-03T23:00:00Z") == [1, 2]
    assert versions("occurred_at=2026-06-03T23:00:00Z&after=1") == [2]
    early = "2026-06-01T00:00:00Z"
    assert refused(case, f"/history?occurred_at={early}") == (404, "unknown-version")
    assert refused(case, f"/history?recorded_at={early}") == (404, "unknown-version")
    both = f"recorded_at={early}&occurred_at={early}"
    assert refused(case, f"/history?{both}") == (422, "invalid-query")


# Who had it.


def test_the_file_says_who_held_the_case_and_for_how_long(counter):
    late = {"late_reason": "dari agenda"}

    def at(day: int) -> Form:
        return {"occurred_at": f"2026-06-{day:02}T09:00:00+08:00"} | late

    # Friday, Monday, Wednesday.
    case = life.letter(counter, BPPD, **at(5))
    case.step("kepala", "disposition", forms.disposition("bppd-analis") | at(8))
    case.step("analis", "draft", forms.draft() | at(10), "draft")
    seen = asked(case, "")
    head, analyst, tier = seen["held"]
    assert head == {
        "who": "agency_head",
        "official": None,
        "from": "2026-06-05T09:00:00+08:00",
        "until": "2026-06-08T09:00:00+08:00",
        "seconds": 3 * 86_400,
        "working_days": 1,
        "paused_seconds": 0,
    }
    assert (analyst["who"], analyst["official"]) == ("handler", "bppd-analis")
    assert (analyst["from"], analyst["working_days"]) == (head["until"], 2)
    assert (tier["who"], tier["until"]) == (seen["whose_turn"], None)
    assert tier["seconds"] > 86_400
    assert [each["who"] for each in seen["held_by"]] == [
        "agency_head",
        "handler",
        "subdivision_head",
    ]
    past = asked(case, "?occurred_at=2026-06-09T09:00:00%2B08:00")["held"]
    assert [span["who"] for span in past] == ["agency_head", "handler"]
    assert (past[1]["until"], past[1]["seconds"]) == (None, 86_400)


# Who may ask.


@pytest.mark.parametrize("more", PAST)
def test_the_past_is_open_to_those_who_may_read_the_case(counter, drafted, more):
    path = drafted.path + more
    for may in ("pengawas", "bppd-kepala", "bppd-pelapor"):
        assert counter[may].send("GET", path).status_code == 200
    assert refused(drafted, more, "bo-kepala") == (403, "forbidden")
    assert refused(drafted, more, "bppd-admin") == (403, "forbidden")
    stranger = counter.stranger.send("GET", path)
    assert (stranger.status_code, stranger.json()["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("more", PAST)
def test_the_past_of_no_case_is_unknown(counter, more):
    nowhere = counter["pengawas"].send("GET", f"/v1/cases/{NOWHERE}{more}")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown-case")
    number = counter["pengawas"].send("GET", f"/v1/cases/BPPD-2026-00001{more}")
    assert (number.status_code, number.json()["code"]) == (400, "malformed-path")


@pytest.mark.parametrize(
    "query",
    [
        "version=0",
        "version=1&recorded_at=2026-01-01T00:00:00Z",
        "recorded_at=2026-01-01T00:00:00",
        "occurred_at=yesterday",
    ],
)
def test_deadlines_of_a_past_that_cannot_be_understood_are_refused(drafted, query):
    assert refused(drafted, f"/deadlines?{query}") == (422, "invalid-query")
    unknown = refused(drafted, "/deadlines?version=99")
    assert unknown == (404, "unknown-version")


def test_the_document_says_what_a_diff_is_asked_by(counter):
    told = counter.stranger.get("/schema/openapi.json").json()
    asked_by = told["paths"]["/v1/cases/{case}/diff"]["get"]["parameters"]
    required = {each["name"]: each["required"] for each in asked_by}
    assert required == {
        "case": True,
        "from": True,
        "to": True,
        "time": False,
        "recorded_at": False,
        "format": False,
    }
    point = next(each["schema"] for each in asked_by if each["name"] == "from")
    headers = told["paths"]["/v1/cases/{case}/diff"]["get"]["responses"]["200"]
    assert "ETag" not in headers["headers"]
    whole, instant = point["anyOf"]
    assert (whole["type"], whole["minimum"]) == ("integer", 1)
    assert instant["type"] == "string"
