"""Inspectors follow a case in the register itself, and take what they find away."""

import csv
import io
from collections.abc import Iterator

import pytest

from tests import house
from tests.interfaces.http import forms, life
from tests.interfaces.http.contest import Contest
from tests.interfaces.http.forms import Form
from tests.interfaces.http.test_handling_complaints import Complaint
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BPPD


@pytest.fixture(scope="module")
def bare(
    server_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    """A counter whose views nobody has ever made."""
    with (
        house.without_views(server_url) as url,
        open_counter(url, tmp_path_factory.mktemp("bare")) as opened,
    ):
        yield opened


def drafted(counter: OpenCounter) -> life.Life:
    """Three weeks of a letter's life, entered late."""
    late = {"late_reason": "dari agenda"}

    def at(day: int) -> Form:
        return {"occurred_at": f"2026-06-{day:02}T09:00:00+08:00"} | late

    # Friday, Monday, Wednesday.
    case = life.letter(counter, BPPD, **at(5))
    case.step("kepala", "disposition", forms.disposition("bppd-analis") | at(8))
    return case.step("analis", "draft", forms.draft() | at(10), "draft")


def table(case: life.Life, more: str) -> list[dict[str, str]]:
    answer = case.counter["pengawas"].send("GET", f"{case.path}/{more}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    return list(csv.DictReader(io.StringIO(answer.text, newline=""), strict=True))


def test_who_held_a_case_and_for_how_long_is_a_question_of_its_own(
    counter: OpenCounter,
):
    case = drafted(counter)
    inspector = counter["pengawas"]
    shown = inspector.get(case.path).json()
    past = {"occurred_at": "2026-06-09T09:00:00+08:00"}
    then = inspector.get(case.path, **past).json()

    told = inspector.get(f"{case.path}/holdings").json()
    assert [span["who"] for span in told["held"]] == [
        "agency_head", "handler", "subdivision_head",
    ]  # fmt: skip
    assert told["held"][:2] == shown["held"][:2]
    assert told["held_by"][:2] == shown["held_by"][:2]
    before = inspector.get(f"{case.path}/holdings", **past).json()
    assert before == {"held": then["held"], "held_by": then["held_by"]}

    head, analyst, _ = table(case, "holdings?format=csv")
    assert head == {
        "who": "agency_head",
        "official": "",
        "from": "2026-06-05T09:00:00+08:00",
        "until": "2026-06-08T09:00:00+08:00",
        "seconds": str(3 * 86_400),
        "working_days": "1",
        "paused_seconds": "0",
    }
    assert analyst["official"] == "bppd-analis"


def test_what_stands_beside_a_case_is_taken_away_too(counter: OpenCounter):
    case = life.directed(counter, BPPD).step("analis", "delivery", {"how": "oral"})
    inspector = counter["pengawas"]
    beside = {
        Complaint(counter, BPPD).path: "complaint-opened",
        Contest(case, "f").path: "objection-filed",
    }
    for path, first in beside.items():
        answer = inspector.get(f"{path}/history", format="csv")
        [row] = csv.DictReader(io.StringIO(answer.text, newline=""), strict=True)
        assert (row["version"], row["type"]) == ("1", first)
    about_head = Complaint(counter, BPPD, about="bppd-kepala").path
    refused = counter["bppd-kepala"].get(f"{about_head}/history", format="csv")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


def test_what_changed_is_taken_away_as_a_table(counter: OpenCounter):
    case = drafted(counter)
    asked = {"from": 1, "to": 2}
    diff = counter["pengawas"].get(f"{case.path}/diff", **asked).json()
    rows = table(case, "diff?from=1&to=2&format=csv")

    assert [row["pointer"] for row in rows] == [
        change["pointer"] for change in diff["changes"]
    ]
    [assigned] = [row for row in rows if row["pointer"] == "/assignee"]
    assert assigned == {
        "pointer": "/assignee",
        "before": "",
        "after": "bppd-analis",
        "version": "2",
    }


def test_a_case_is_followed_while_every_view_is_away(bare: OpenCounter):
    case = drafted(bare)
    inspector = bare["pengawas"]

    for more in (
        "",
        "?version=2",
        "?occurred_at=2026-06-09T09:00:00%2B08:00",
        "/history",
        "/history?recorded_at=2099-01-01T00:00:00Z",
        "/deadlines?version=2",
        "/holdings",
        "/diff?from=1&to=3",
    ):
        answer = inspector.send("GET", f"{case.path}{more}")
        assert answer.status_code == 200, (more, answer.text)
    assert len(table(case, "history?format=csv")) == 3
    for search in ("/v1/audit", "/v1/audit?format=csv"):
        answer = inspector.send("GET", search)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("more", ["holdings", "diff?from=1&to=2", "history"])
def test_only_readers_of_the_case_take_anything_away(counter: OpenCounter, more: str):
    case = drafted(counter)
    join = "&" if "?" in more else "?"
    path = f"{case.path}/{more}{join}format=csv"
    for nobody in ("bo-kepala", "bppd-admin"):
        answer = counter[nobody].send("GET", path)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
