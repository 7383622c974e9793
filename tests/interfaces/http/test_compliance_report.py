"""Reporting jobs read figures over HTTP, of their agencies alone, with the cases."""

import csv
import io
from datetime import date, timedelta

import pytest

from tests.interfaces.http import forms
from tests.interfaces.http.test_handling_complaints import Complaint
from tests.open_counter import Caller
from tests.staff import BIRO, BPPD

pytestmark = pytest.mark.usefixtures("projecting")

PATH = "/v1/reports/compliance"


def days(**query: str | int) -> dict[str, str | int]:
    """Last week and the next: what the tests do is in it."""
    today = date.fromisoformat("2026-01-01")
    return {"from": str(today), "to": str(today + timedelta(days=720)), **query}


def reported(caller: Caller, **query: str | int) -> forms.Form:
    answered = caller.get(PATH, **days(**query))
    assert answered.status_code == 200, answered.text
    report: forms.Form = answered.json()
    return report


def letter(counter) -> forms.Form:
    answered = counter["bppd-agendaris"].post("/v1/cases", forms.letter(BPPD))
    assert answered.status_code == 201, answered.text
    receipt: forms.Form = answered.json()
    return receipt


def group(report: forms.Form, agency=None, channel=None) -> forms.Form:
    found: list[forms.Form] = [
        one
        for one in report["groups"]
        if (one["agency"], one["channel"]) == (agency, channel)
    ]
    assert len(found) == 1
    return found[0]


def test_a_report_counts_what_was_recorded_before_it_was_asked_for(counter):
    pelapor = counter["bppd-pelapor"]
    # What other tests received just now may still be on its way to the view.
    earlier = letter(counter)["position"]
    before = group(reported(pelapor, after_position=earlier))["figures"]["received"]
    position = letter(counter)["position"]

    report = reported(pelapor, after_position=position)

    assert group(report)["figures"]["received"] == before + 1
    assert report["position"] >= position
    assert report["head"] >= report["position"]


def test_a_report_is_stated_with_all_that_it_rests_on(counter):
    report = reported(counter["bppd-pelapor"])

    assert report["adds_up"] is True
    assert report["report"] == "compliance"
    assert (report["from"], report["to"]) == tuple(days().values())
    assert report["zones"] == {BPPD: "Asia/Makassar"}
    assert report["left_out"] == 0
    assert report["definitions_version"] == "1"
    assert report["calendar_edition"]
    assert report["generated_at"]
    assert {"reporter", "inspector", "agency_head"} <= set(report["seen_by"])
    assert "handler" not in report["seen_by"]
    defined = {one["figure"]: one for one in report["definitions"]}
    for name in group(report)["figures"]:
        told = defined[name.partition(":")[0]]
        assert told["indonesian"]
        assert told["english"]


def test_only_the_callers_own_agencies_are_counted(counter):
    position = letter(counter)["position"]

    own = reported(counter["bppd-pelapor"], after_position=position)
    both = reported(counter["pengawas"], after_position=position)

    assert {one["agency"] for one in own["groups"]} == {None, BPPD}
    assert {one["agency"] for one in both["groups"]} == {None, BIRO, BPPD}
    assert group(own)["figures"] == group(own, BPPD)["figures"]
    assert group(both, BPPD)["figures"] == group(own, BPPD)["figures"]
    counted = counter["bo-pelapor"].get(f"{PATH}/cases", **days(figure="received"))
    assert {one["agency"] for one in counted.json()["items"]} <= {BIRO}


@pytest.mark.parametrize("path", [PATH, f"{PATH}/cases"])
@pytest.mark.parametrize(
    ("who", "agency"),
    [("bppd-analis", BPPD), ("bppd-admin", BPPD), ("bppd-pelapor", BIRO)],
)
def test_who_is_not_granted_figures_reads_none(counter, path, who, agency):
    figure = {"figure": "received"} if path.endswith("/cases") else {}
    query = days(agency=agency, **figure)

    refused = counter[who].get(path, **query)

    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"from": "2026-02-30"}, "/from"),
        ({"from": "2027-01-01", "to": "2026-01-01"}, "/to"),
        ({"to": "9999-12-31"}, "/to"),
        ({"from": "1900-01-01", "to": "2100-12-31"}, "/from"),
        ({"agency": "dinas-lain"}, "/agency"),
        ({"channel": "pigeon"}, "/channel"),
        ({"figure": "beauty"}, "/figure"),
        ({"figure": "outcome"}, "/figure"),
        ({"figure": "received:letter"}, "/figure"),
        ({"figure": "outcome:GRANTED"}, "/figure"),
        ({"figure": "refusal_ground:kip17.zz"}, "/figure"),
        ({"figure": "refusal_ground:🙂"}, "/figure"),
        ({"figure": "refusal_ground:"}, "/figure"),
        ({"after": "nowhere"}, "/after"),
        ({"limit": 201}, "/limit"),
    ],
)
def test_what_cannot_be_asked_is_told_by_its_place(counter, query, pointer):
    asked = days(figure="received") | query

    refused = counter["bppd-pelapor"].get(f"{PATH}/cases", **asked)

    assert (refused.status_code, refused.json()["code"]) == (422, "invalid-query")
    assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]


def test_a_ground_that_nothing_was_refused_on_has_an_empty_list(counter):
    ahead = {"from": "2027-12-01", "to": "2027-12-22"}  # other tests refuse today
    query = {**ahead, "figure": "refusal_ground:kip17.j"}

    answered = counter["bppd-pelapor"].get(f"{PATH}/cases", **query)

    assert answered.status_code == 200, answered.text
    assert answered.json()["items"] == []


def test_the_cases_of_a_figure_come_page_by_page_without_persons(counter):
    position = [letter(counter) for _ in range(3)][-1]["position"]
    pelapor = counter["bppd-pelapor"]
    letters = reported(pelapor, after_position=position, channel="letter")
    expected = group(letters, channel="letter")
    found: list[forms.Form] = []
    after: dict[str, str] = {}
    while True:
        page = pelapor.get(
            f"{PATH}/cases",
            **days(figure="received", channel="letter", limit=2, **after),
        ).json()
        found += page["items"]
        if page["next"] is None:
            break
        after = {"after": page["next"]}

    assert len(found) == expected["figures"]["received"]
    assert len({one["case"] for one in found}) == len(found)
    assert set(found[0]) == {
        *("case", "matter", "registration_number", "agency", "channel"),
        *("stage", "outcome", "at", "seconds", "days"),
    }
    assert found[0]["at"].endswith("+08:00")


def test_the_cases_of_a_figure_are_exported_whole_from_a_place_on(counter):
    position = [letter(counter) for _ in range(3)][-1]["position"]
    pelapor = counter["bppd-pelapor"]
    query = days(figure="received", after_position=position)
    page = pelapor.get(f"{PATH}/cases", **query, limit=200).json()
    numbers = [one["registration_number"] for one in page["items"]]

    def exported(**more: str | int) -> list[str]:
        answered = pelapor.get(f"{PATH}/cases", **query, format="csv", **more)
        assert answered.headers["content-type"].startswith("text/csv")
        rows = csv.DictReader(io.StringIO(answered.text, newline=""), strict=True)
        return [row["registration_number"] for row in rows]

    after = pelapor.get(f"{PATH}/cases", **query, limit=2).json()["next"]
    assert page["next"] is None
    assert exported() == exported(limit=2) == numbers
    assert exported(after=after) == numbers[2:]
    unknown = days(figure="beauty", format="csv")
    assert pelapor.get(f"{PATH}/cases", **unknown).status_code == 422


@pytest.mark.parametrize("figure", ["complaints", "complaints_answered"])
def test_complaints_are_counted_all_and_listed_to_whose_affair_they_are(
    counter, figure
):
    ordinary, about_head = Complaint(counter), Complaint(counter, about="bo-kepala")
    for complaint, by in ((ordinary, "pengaduan"), (about_head, "sekda")):
        complaint.step(by, "classification").step(by, "answer")
    of = days(figure=figure, agency=BIRO, after_position=about_head.answer["position"])
    both = {ordinary.answer["complaint"], about_head.answer["complaint"]}

    def listed(who: str) -> tuple[set[str], int]:
        """Which of the two, by JSON and CSV alike; and how many are none of his."""
        found: set[str] = set()
        more: dict[str, str] = {}
        while True:
            page = counter[who].get(f"{PATH}/cases", **of, limit=2, **more).json()
            found |= {one["matter"] for one in page["items"]}
            if page["next"] is None:
                break
            more = {"after": page["next"]}
        told = counter[who].get(f"{PATH}/cases", **of, format="csv").text
        rows = csv.DictReader(io.StringIO(told, newline=""), strict=True)
        assert {row["matter"] for row in rows} == found
        counted = group(reported(counter[who], agency=BIRO), BIRO)["figures"][figure]
        assert len(found) + page["not_shown"] == counted >= len(both)
        return found & both, page["not_shown"]

    assert listed("pengawas")[0] == both
    shown, not_shown = listed("sekda")
    assert shown == {about_head.answer["complaint"]}
    assert not_shown > 0
    for who in ("bo-kepala", "bo-pelapor", "bo-kabid"):
        assert listed(who)[0] == set()


def test_an_inspector_is_not_listed_the_complaint_about_himself(counter):
    complaint = Complaint(counter, about="pengawas")
    of = days(figure="complaints", after_position=complaint.answer["position"])

    page = counter["pengawas"].get(f"{PATH}/cases", **of, limit=200).json()

    assert complaint.answer["complaint"] not in {one["matter"] for one in page["items"]}
    assert page["not_shown"] >= 1


@pytest.mark.parametrize(
    "by", [{"format": "csv"}, {}], ids=["by the query", "by the header"]
)
def test_a_report_is_exported_as_csv(counter, by):
    accepted = {} if by else {"Accept": "text/csv"}
    pelapor = counter["bppd-pelapor"]
    query = "&".join(f"{name}={value}" for name, value in days(**by).items())
    answered = pelapor.send(
        "GET",
        f"{PATH}?{query}",
        headers={"Authorization": f"Bearer {pelapor.token}", **accepted},
    )

    assert answered.headers["content-type"].startswith("text/csv")
    [header, *rows] = csv.reader(io.StringIO(answered.text))
    assert header == [
        *("agency", "channel", "figure", "value", "unit"),
        *("definition_id", "definition_en"),
    ]
    by_figure = {tuple(row[:3]): (row[3], row[4]) for row in rows}
    report = reported(pelapor)
    received = str(group(report, BPPD)["figures"]["received"])
    assert by_figure[BPPD, "", "received"] == (received, "case")
    assert by_figure[BPPD, "letter", "adds_up"] == ("true", "check")
    assert by_figure["", "", "definitions_version"] == ("1", "statement")
    assert by_figure[BPPD, "", "zone"] == ("Asia/Makassar", "statement")
    assert by_figure[BPPD, "", "judged_at"][0].endswith("+08:00")
    assert by_figure["", "", "generated_at"][0].endswith("+08:00")
    assert by_figure[BPPD, "", "right: backlog_at_end"] == (
        *(str(group(report, BPPD)["figures"]["backlog_at_end"]), "check"),
    )
    defined = {one["figure"]: one for one in report["definitions"]}
    for *_, figure, _, unit, indonesian, english in rows:
        if unit in {"statement", "check"}:
            assert (indonesian, english) == ("", "")
        elif unit not in {"seconds", "days"}:
            told = defined[figure.partition(":")[0]]
            assert (indonesian, english) == (told["indonesian"], told["english"])


def test_a_position_far_ahead_is_waited_for_and_then_refused(counter):
    refused = counter["bppd-pelapor"].get(PATH, **days(after_position=2**62))

    assert (refused.status_code, refused.json()["code"]) == (503, "overloaded")
    assert refused.headers["retry-after"]


def test_the_annual_report_says_the_same_of_its_year(counter):
    position = letter(counter)["position"]
    pelapor = counter["bppd-pelapor"]
    year = int(pelapor.get(PATH, **days()).json()["generated_at"][:4])

    answered = pelapor.get("/v1/reports/annual", year=year, after_position=position)
    same = pelapor.get(PATH, **{"from": f"{year}-01-01", "to": f"{year}-12-31"}).json()
    refused = counter["bppd-analis"].get("/v1/reports/annual", year=year)

    assert answered.status_code == 200, answered.text
    report = answered.json()
    [whole, own] = report["agencies"]
    assert (whole["agency"], own["agency"]) == (None, BPPD)
    assert own["requests"] == group(same, BPPD)["figures"]["received"] > 0
    assert [one["channel"] for one in own["time_needed"]] == [
        *(None, "face_to_face", "letter", "sp4n_lapor")
    ]
    assert whole["time_needed"] == own["time_needed"][:1]
    assert refused.status_code == 403
