"""Those who supervise search the trail of all that was done, and nobody else does."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import combinations

import pytest

from interfaces.http import audit
from tests import house
from tests.interfaces.http import forms, life
from tests.interfaces.http.contest import Contest
from tests.interfaces.http.forms import Form
from tests.interfaces.http.test_handling_complaints import SUPERVISE, Complaint
from tests.open_counter import Caller, OpenCounter, open_counter
from tests.staff import BIRO, BPPD

TRAIL = "/v1/audit"
FORBIDDEN = (403, "forbidden")
WRONG = (422, "invalid-query")

pytestmark = pytest.mark.usefixtures("projecting")


def found(caller: Caller, **query: str | int) -> list[Form]:
    """Everything that is found, page by page."""
    items: list[Form] = []
    said: dict[str, str | int] = {"limit": 200}
    while True:
        answer = caller.get(TRAIL, **said | query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        items += page["items"]
        if page["next"] is None:
            return items
        said["after"] = page["next"]


def refused(caller: Caller, **query: str | int) -> tuple[int, str]:
    answer = caller.get(TRAIL, **query)
    return answer.status_code, answer.json()["code"]


def table(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written, newline=""), strict=True))


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    """A counter of these tests' own: they walk through all of its trail, by ones."""
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("trail")) as opened,
    ):
        yield opened


@pytest.fixture(scope="module")
def drafted(counter: OpenCounter) -> life.Life:
    """A letter of BPPD that was answered as far as a draft, one step entered late."""
    case = life.letter(counter, BPPD)
    case.step("kepala", "disposition", forms.disposition("bppd-analis"))
    case.step("analis", "draft", forms.draft(note="=HYPERLINK(1)"), "draft")
    return case.step("kasubid", "approval", {"draft": 1, "capacity": "own"})


@pytest.fixture
def inspector(counter: OpenCounter, drafted: life.Life) -> Caller:
    """The inspector of both agencies, whose trail holds the letter."""
    counter["pengawas"].get(TRAIL, after_position=drafted.answer["position"])
    return counter["pengawas"]


def test_an_item_is_the_historys_and_says_whose_matter_it_is(
    counter: OpenCounter, drafted: life.Life, inspector: Caller
):
    case = drafted.answer["case"]
    told = found(inspector, case=case)
    history = inspector.get(f"{drafted.path}/history").json()["items"]

    assert [item["type"] for item in told] == [
        "approved", "drafted", "disposed", "received",
    ]  # fmt: skip
    for item, entry in zip(told, reversed(history), strict=True):
        entry.pop("superseded_by")
        assert item == entry | {
            "agency": BPPD,
            "subject": {"kind": "case", "id": case},
            "case": case,
            "registration_number": drafted.answer["registration_number"],
        }
    assert told[0]["by"]["name"] == "Pejabat bppd-kasubid"
    assert not [word for word in forms.PERSONAL if word in str(told)]
    assert counter["bppd-kepala"].get(TRAIL, case=case).json()["items"] == told


def test_the_trail_is_for_supervisors_of_their_agencies_alone(
    counter: OpenCounter, drafted: life.Life
):
    query = {"case": drafted.answer["case"], "limit": 1}
    query["after_position"] = drafted.answer["position"]
    for may in ("pengawas", "sekda", "bppd-kepala"):
        assert counter[may].get(TRAIL, **query).json()["items"], may
    assert counter["bo-kepala"].get(TRAIL, **query).json()["items"] == []
    for may_not in ("bppd-kabid", "bppd-analis", "bppd-pelapor", "bppd-admin"):
        assert refused(counter[may_not], **query) == FORBIDDEN
    assert refused(counter.stranger) == (401, "unauthenticated")
    agencies = {item["agency"] for item in found(counter["bo-kepala"])}
    assert agencies <= {BIRO}
    assert found(counter["bo-kepala"], agency=BPPD) == []


def test_a_complaint_about_the_head_is_hidden_from_him(counter: OpenCounter):
    complaint = Complaint(counter, BPPD, about="bppd-kepala")
    complaint.step("sekda", "classification")
    subject = complaint.answer["complaint"]
    seen = {"subject": subject, "after_position": complaint.answer["position"]}

    for may in ("pengawas", "sekda"):
        assert len(found(counter[may], **seen)) == 2
    assert found(counter["bppd-kepala"], **seen) == []
    head = found(counter["bppd-kepala"])
    assert not [item for item in head if item["subject"]["kind"] == "complaint"]

    complaint.step("sekda", "classification", SUPERVISE)
    seen["after_position"] = complaint.answer["position"]
    # Now it is the inspectorate's, which reads complaints and no trail.
    assert found(counter["sekda"], **seen) == []
    assert len(found(counter["pengawas"], **seen)) == 3
    assert refused(counter["inspektorat"]) == FORBIDDEN


def test_nobody_finds_a_complaint_about_himself(counter: OpenCounter):
    complaint = Complaint(counter, BPPD, about="pengawas")
    seen = {"after_position": complaint.answer["position"]}
    subject = complaint.answer["complaint"]

    assert found(counter["pengawas"], subject=subject, **seen) == []


def test_a_case_is_found_with_what_stands_beside_it(counter: OpenCounter):
    case = life.directed(counter, BPPD).step("analis", "delivery", {"how": "oral"})
    about = Complaint(counter, BPPD, case=case.answer["case"])
    Contest(case, "f")
    visit = counter["bppd-penerima-tamu"].post("/v1/visits", forms.guest(BPPD))
    inspector = counter["pengawas"]
    at = {"after_position": visit.json()["position"]}

    told = found(inspector, case=case.answer["case"], **at)
    assert [(item["subject"]["kind"], item["type"]) for item in told] == [
        ("objection", "objection-filed"),
        ("complaint", "complaint-opened"),
        ("case", "complained"),
        ("case", "delivered"),
        ("case", "disposed"),
        ("case", "id-card-deposited"),
        ("case", "received"),
    ]
    assert {item["case"] for item in told} == {case.answer["case"]}
    assert {item["registration_number"] for item in told} == {
        case.answer["registration_number"]
    }
    alone = found(inspector, subject=about.answer["complaint"])
    assert [item["type"] for item in alone] == ["complaint-opened"]
    both = {"case": case.answer["case"], "subject": about.answer["complaint"]}
    assert found(inspector, **both) == alone
    assert (
        found(inspector, case=case.answer["case"], subject=visit.json()["visit"]) == []
    )
    [visited] = found(inspector, subject=visit.json()["visit"])
    assert (visited["subject"]["kind"], visited["case"]) == ("visit", None)


def test_filters_alone_and_in_pairs_leave_out_what_does_not_fit(
    counter: OpenCounter, inspector: Caller
):
    life.visit(counter, BIRO)
    at = datetime.fromisoformat(life.visit(counter, BPPD).answer["recorded_at"])
    yesterday = at - timedelta(days=1)
    said = {"occurred_at": yesterday.isoformat(), "late_reason": "dari buku tamu"}
    late = life.visit(counter, BPPD, **said)
    inspector.get(TRAIL, after_position=late.answer["position"])
    every = found(inspector)
    noon = (yesterday + timedelta(hours=1)).isoformat()
    fits = {
        "agency": (BPPD, lambda item: item["agency"] == BPPD),
        "official": (
            "bppd-kepala",
            lambda item: item["by"]["official"] == "bppd-kepala",
        ),
        "role": ("receptionist", lambda item: item["by"]["role"] == "receptionist"),
        "type": ("received", lambda item: item["type"] == "received"),
        "late": ("true", lambda item: item["late_reason"] is not None),
        "to": (noon, lambda item: _at(item, "occurred_at") < _time(noon)),
        "from": (noon, lambda item: _at(item, "occurred_at") >= _time(noon)),
        "recorded_from": (
            at.isoformat(),
            lambda item: _at(item, "recorded_at") >= at,
        ),
        "recorded_to": (at.isoformat(), lambda item: _at(item, "recorded_at") < at),
    }
    for name, (value, fit) in fits.items():
        wanted = [item for item in every if fit(item)]
        assert wanted, name
        assert wanted != every, name
        assert found(inspector, **{name: value}) == wanted, name
    for one, other in combinations(fits, 2):
        query = {one: fits[one][0], other: fits[other][0]}
        wanted = [item for item in every if fits[one][1](item) and fits[other][1](item)]
        assert found(inspector, **query) == wanted, query


def _time(said: str) -> datetime:
    return datetime.fromisoformat(said)


def _at(item: Form, which: str) -> datetime:
    return datetime.fromisoformat(item[which])


def test_a_day_is_the_offices_own_and_ends_with_it(
    counter: OpenCounter, drafted: life.Life, inspector: Caller
):
    day = datetime.fromisoformat(drafted.answer["recorded_at"]).date()
    about = {"case": drafted.answer["case"]}

    assert len(found(inspector, recorded_from=str(day), **about)) == 4
    assert len(found(inspector, recorded_to=str(day), **about)) == 4
    before = str(day - timedelta(days=1))
    assert found(inspector, recorded_to=before, **about) == []
    assert found(inspector, recorded_from=str(day + timedelta(days=1)), **about) == []


@pytest.mark.parametrize("limit", [1, 7, 200])
def test_pages_are_complete_and_nothing_comes_twice(inspector: Caller, limit: int):
    every = found(inspector)
    positions = [item["position"] for item in every]

    assert positions == sorted(set(positions), reverse=True)
    assert found(inspector, limit=limit) == every
    noon = {"from": "2020-01-01"}
    assert found(inspector, limit=limit, **noon) == every


def test_a_page_goes_on_where_it_was_left_though_more_was_done(
    counter: OpenCounter, inspector: Caller
):
    first = inspector.get(TRAIL, limit=2).json()
    more = life.visit(counter, BPPD)
    inspector.get(TRAIL, after_position=more.answer["position"])
    rest = inspector.get(TRAIL, limit=2, after=first["next"]).json()

    assert rest["items"][0]["position"] < first["items"][-1]["position"]


def test_what_was_just_done_is_found_if_one_says_so(
    counter: OpenCounter, inspector: Caller
):
    done = life.visit(counter, BIRO)
    at = done.answer["position"]
    [newest] = inspector.get(TRAIL, limit=1, after_position=at).json()["items"]

    assert newest["position"] == at
    assert refused(inspector, after_position=10**12) == (503, "overloaded")


@pytest.mark.parametrize(
    "query",
    [
        {"agency": "dinas-lain"},
        {"type": "teleported"},
        {"role": "king"},
        {"case": "BPPD-2026-00001"},
        {"subject": "x"},
        {"late": "maybe"},
        {"from": "yesterday"},
        {"from": "2026-13-01"},
        {"from": "2026-01-01T00:00:00"},
        {"to": "9999-12-31T23:59:59-12:00"},
        {"from": "2026-10-10", "to": "2026-01-01"},
        {"from": "2026-01-02", "to": "2026-01-01"},
        {"from": "2026-01-01T00:00:01Z", "to": "2026-01-01T00:00:00Z"},
        {"recorded_from": "2026-01-02", "recorded_to": "2026-01-01"},
        {"recorded_from": "1767225600"},
        {"recorded_to": ""},
        {"after": "x"},
        {"limit": "0"},
        {"limit": "201"},
        {"format": "xlsx"},
    ],
)
def test_a_filter_that_cannot_be_understood_is_refused(inspector: Caller, query: Form):
    assert refused(inspector, **query) == WRONG


def test_days_reach_to_the_ends_of_all_calendars(inspector: Caller):
    ever = {
        name: day
        for kind in ("", "recorded_")
        for name, day in (
            (f"{kind}from", "0001-01-01"),
            (f"{kind}to", "9999-12-31"),
        )
    }
    assert found(inspector, **ever) == found(inspector) != []
    today = {"from": "2026-01-01", "to": "2026-01-01"}
    assert inspector.get(TRAIL, **today).status_code == 200


def test_an_official_whom_nobody_knows_did_nothing(inspector: Caller):
    assert found(inspector, official="tiada") == []


# As a file.


def test_the_trail_is_exported_as_it_is_found(drafted: life.Life, inspector: Caller):
    answer = inspector.get(TRAIL, case=drafted.answer["case"], format="csv", limit=1)
    rows = table(answer.text)

    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    assert "link" not in answer.headers
    assert [row["type"] for row in rows] == [
        "approved", "drafted", "disposed", "received",
    ]  # fmt: skip
    assert rows[1]["note"] == "'=HYPERLINK(1)"
    assert rows[2]["official"] == "bppd-kepala"
    assert '"to":"bppd-analis"' in rows[2]["data"]
    assert {row["registration_number"] for row in rows} == {
        drafted.answer["registration_number"]
    }
    whole = table(inspector.get(TRAIL, format="csv").text)
    assert [int(row["position"]) for row in whole] == [
        item["position"] for item in found(inspector)
    ]


@pytest.mark.usefixtures("drafted")
def test_too_long_an_export_says_where_it_goes_on(
    inspector: Caller, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(audit, "MOST_EXPORTED", 2)
    monkeypatch.setattr(audit, "_EXPORTED_AT_ONCE", 1)
    every = [item["position"] for item in found(inspector, agency=BPPD)]
    exported: list[int] = []
    path = f"{TRAIL}?format=csv&agency={BPPD}"
    while path:
        answer = inspector.send("GET", path)
        rows = table(answer.text)
        assert 0 < len(rows) <= 2
        exported += [int(row["position"]) for row in rows]
        link = answer.headers.get("link", "")
        path = link.partition(">")[0].removeprefix("<")

    assert exported == every
    assert len(every) > 2


def test_an_empty_export_is_its_header(inspector: Caller):
    answer = inspector.get(TRAIL, official="tiada", format="csv")

    assert answer.text.startswith("version,position,type,official,name,role,")
    assert table(answer.text) == []


def test_a_history_is_exported_whole(drafted: life.Life, inspector: Caller):
    path = f"{drafted.path}/history"
    answer = inspector.send("GET", f"{path}?limit=1", headers={"Accept": "text/csv"})
    rows = table(answer.text)

    assert [row["version"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[3]["name"] == "Pejabat bppd-kasubid"
    name = f"history-{drafted.answer['case']}.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert not [word for word in forms.PERSONAL if word in answer.text]
    rest = inspector.get(path, after=3, format="csv").text
    assert [row["version"] for row in table(rest)] == ["4"]
    json = inspector.send("GET", f"{path}?format=json", headers={"Accept": "text/csv"})
    assert json.json()["next"] is None
