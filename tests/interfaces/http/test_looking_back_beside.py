"""The terms of complaints and objections explain themselves, and replay agrees."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.http import contest, forms, life
from tests.interfaces.http.contest import Contest
from tests.open_counter import OpenCounter
from tests.served import run
from tests.staff import BPPD

LATE = {"late_reason": "dari agenda"}
NOWHERE = "00000000-0000-4000-8000-00000000000a"
KINDS = pytest.mark.parametrize("kind", ["complaints", "objections"])


@pytest.fixture(scope="module")
def paths(counter: OpenCounter) -> dict[str, str]:
    """A complaint and an objection of one agency."""
    about = forms.complaint(BPPD)
    made = counter["bppd-pengaduan"].post("/v1/complaints", about)
    assert made.status_code == 201, made.text
    objection = Contest(contest.refused_visit(counter, BPPD))
    return {"complaints": made.headers["Location"], "objections": objection.path}


def asked(counter: OpenCounter, path: str, who: str = "pengawas") -> tuple[int, Any]:
    answer = counter[who].send("GET", path)
    return answer.status_code, answer.json()


@KINDS
def test_each_clock_of_it_has_a_trace_that_ends_on_its_last_day(counter, paths, kind):
    _, shown = asked(counter, paths[kind])
    status, told = asked(counter, f"{paths[kind]}/deadlines")
    assert status == 200
    assert told["clocks"]
    for clock, face in zip(told["clocks"], shown["clocks"], strict=True):
        trace = clock.pop("trace")
        assert clock == face
        assert trace[0]["why"] == "receipt"
        assert trace[-1]["date"] == clock["due_on"]
        assert trace[-1]["counted"]


@KINDS
def test_it_can_be_asked_as_it_stood(counter, paths, kind):
    path = f"{paths[kind]}/deadlines"
    now, first = asked(counter, path), asked(counter, f"{path}?version=1")
    assert first == now
    for past, refusal in (
        ("version=2", (404, "unknown-version")),
        ("recorded_at=2001-01-01T00:00:00Z", (404, "unknown-version")),
        ("occurred_at=2001-01-01T00:00:00Z", (404, "unknown-version")),
        ("version=0", (422, "invalid-query")),
        ("version=1&occurred_at=2001-01-01T00:00:00Z", (422, "invalid-query")),
        ("occurred_at=2001", (422, "invalid-query")),
    ):
        status, problem = asked(counter, f"{path}?{past}")
        assert (status, problem["code"]) == refusal


@KINDS
def test_it_is_open_to_readers_of_the_agency_alone(counter, paths, kind):
    path = f"{paths[kind]}/deadlines"
    assert asked(counter, path, "bppd-kepala")[0] == 200
    assert asked(counter, path, "bo-kepala")[0] == 403
    assert counter.stranger.get(path).status_code == 401
    other = {"complaints": "objections", "objections": "complaints"}[kind]
    another_kind = paths[other].replace(other, kind)
    for nothing in (f"/v1/{kind}/{NOWHERE}", another_kind):
        status, problem = asked(counter, f"{nothing}/deadlines")
        assert (status, problem["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    "moment",
    [
        {},
        {"version": "2"},
        {"occurred_at": "2026-06-09T09:00:00+08:00"},
        {"recorded_at": "2099-01-01T00:00:00+08:00"},
    ],
)
def test_replay_tells_what_the_file_the_history_and_the_clocks_tell(
    counter: OpenCounter, tmp_path: Path, moment: dict[str, str]
):
    def at(day: int) -> forms.Form:
        return {"occurred_at": f"2026-06-{day:02}T09:00:00+08:00"} | LATE

    case = life.letter(counter, BPPD, **at(5))
    case.step("kepala", "disposition", forms.disposition("bppd-analis") | at(8))
    case.step("analis", "draft", forms.draft() | at(10), "draft")
    options = [
        part
        for name, said in moment.items()
        for part in (f"--{name.replace('_', '-')}", said)
    ]

    def replayed(*more: str) -> str:
        environ = {"DATABASE_URL": counter.database_url}
        told = run("replay", case.path[-36:], *options, *more, data=tmp_path,
                   environ=environ)  # fmt: skip
        assert told.returncode == 0, told.stderr
        return told.stdout

    told = json.loads(replayed("--json"))
    file = counter["pengawas"].get(case.path, **moment).json()
    for same in ("version", "stage", "whose_turn", "clocks"):
        assert told[same] == file[same]
    spans = [(span["who"], span["from"], span["until"]) for span in told["held"]]
    assert spans == [(one["who"], one["from"], one["until"]) for one in file["held"]]
    assert [each["who"] for each in told["held_by"]] == ["agency_head", "handler"] + (
        ["subdivision_head"] if told["version"] == 3 else []
    )
    past = {name: said for name, said in moment.items() if name != "version"}
    history = counter["pengawas"].get(f"{case.path}/history", **past).json()
    for step, item in zip(told["steps"], history["items"], strict=False):
        assert step["superseded_by"] == item["superseded_by"]
        assert (step["version"], step["type"]) == (item["version"], item["type"])
    assert len(told["steps"]) == told["version"]
    assert (
        "      agency_head: 2026-06-05 09:00 - 2026-06-08 09:00, "
        "1 hari kerja / working days"
    ) in replayed().splitlines()


def test_an_inspector_sees_both_values_of_a_corrected_receipt(counter: OpenCounter):
    wrong, right = "2026-06-05T09:00:00+08:00", "2026-06-03T09:00:00+08:00"
    case = life.letter(counter, BPPD, occurred_at=wrong, **LATE)
    said = {"version": 1, "fact": "occurred_at", "value": right, "reason": "keliru"}
    case.step("kepala", "fact-correction", said)

    def told(more: str) -> Any:  # noqa: ANN401 - JSON
        status, answer = asked(counter, case.path + more)
        assert status == 200, answer
        return answer

    first, second = told("/history")["items"]
    assert (first["superseded_by"], second["superseded_by"]) == (2, None)
    assert first["occurred_at"] == wrong
    between = "2026-06-04T00:00:00Z"
    happened = told(f"/history?occurred_at={between}")["items"]
    assert [item["version"] for item in happened] == [1, 2]
    known = first["recorded_at"].replace("+", "%2B")
    assert told(f"/history?recorded_at={known}")["items"][0]["superseded_by"] is None

    def receipt(more: str) -> set[str]:
        clocks = told(f"/deadlines?{more}")["clocks"]
        return {clock["trace"][0]["date"] for clock in clocks[:2]}

    assert receipt("version=1") == {"2026-06-05"}
    assert receipt("version=2") == {"2026-06-03"}
    assert receipt(f"occurred_at={between}") == {"2026-06-03"}
    places = {one["pointer"]: one for one in told("/diff?from=1&to=2")["changes"]}
    starts = places["/clocks/0/starts_at"]
    assert (starts["before"], starts["after"], starts["version"]) == (wrong, right, 2)
    assert told("?version=1")["held"][0]["from"] == wrong
    assert told("")["held"][0]["from"] == right
