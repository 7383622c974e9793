"""A third agency is one more file of standards, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from application.office import standards_book
from domain.values import Role
from tests import house
from tests.interfaces.http import forms, shapes
from tests.interfaces.http.conftest import projecting_for
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BIRO, Place

THIRD = "arsip-uji"
ITS_FILE = Path(__file__).parents[2] / "application" / "office" / "third_agency.toml"
PLACES = (
    Place("ars-kepala", THIRD, (Role.AGENCY_HEAD,)),
    Place("ars-kabid", THIRD, (Role.DIVISION_HEAD,), "arsip"),
    Place("ars-analis", THIRD, (Role.HANDLER,), "arsip"),
    Place("ars-agendaris", THIRD, (Role.LETTER_CLERK,)),
    Place("ars-penerima-tamu", THIRD, (Role.RECEPTIONIST,)),
    Place("bo-kepala", BIRO, (Role.AGENCY_HEAD,)),
    Place("bo-agendaris", BIRO, (Role.LETTER_CLERK,)),
    Place("pengawas", BIRO, (Role.INSPECTOR,)),
    Place("pengawas", THIRD, (Role.INSPECTOR,)),
)


@pytest.fixture(scope="module")
def three(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    """A counter that serves the two agencies and the one of the file."""
    folder = tmp_path_factory.mktemp("standards")
    (folder / ITS_FILE.name).write_text(ITS_FILE.read_text())
    book = standards_book.load(standards_book.FOLDER, folder)
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(
            url, tmp_path_factory.mktemp("data"), PLACES, standards=book
        ) as counter,
    ):
        yield counter


def test_its_standard_is_shown_beside_the_others(three: OpenCounter):
    listed = three["bo-kepala"].get("/v1/agencies").json()["items"]
    assert {each["code"] for each in listed} == {"biro-organisasi", "bppd", THIRD}
    shown = three["bo-kepala"].get(f"/v1/agencies/{THIRD}/standard").json()
    assert shown["agency"]["prefix"] == "ARS"
    described = three.stranger.get("/schema/openapi.json").json()
    letter = described["components"]["schemas"]["Letter"]["properties"]
    assert THIRD in letter["agency"]["enum"]


def test_a_letter_goes_its_way_by_its_own_rules(three: OpenCounter):
    clerk = three["ars-agendaris"]
    form = forms.letter(THIRD, letter={}, requester={"name": forms.WRITER})
    made = clerk.post("/v1/cases", form)
    assert made.status_code == 201, made.text
    answer = made.json()
    shapes.must_be_a_case_answer(answer)
    # Its own requirement (a name), prefix, zone and kind of day.
    assert answer["stage"] == "received"
    assert answer["registration_number"].startswith("ARS-")
    assert answer["recorded_at"].endswith("+09:00")
    standard = next(one for one in answer["clocks"] if one["clock"] == "standard")
    assert standard["day_kind"] == "working"
    path, own = made.headers["location"], {"draft": 1, "capacity": "own"}
    for by, word, body in (
        ("ars-kepala", "disposition", forms.disposition("ars-analis")),
        ("ars-analis", "draft", forms.draft()),
        ("ars-kabid", "approval", own),
        ("ars-kepala", "approval", own),
        ("ars-agendaris", "delivery", {"how": "post"}),
    ):
        done = three[by].post(f"{path}/{word}", body, answer["version"])
        assert done.status_code == 200, done.text
        answer = done.json()
    assert (answer["stage"], answer["outcome"]) == ("delivered", "granted")


def test_a_channel_that_its_page_does_not_offer_is_closed(three: OpenCounter):
    answer = three["ars-penerima-tamu"].post("/v1/cases", forms.visit(THIRD))
    assert (answer.status_code, answer.json()["code"]) == (409, "channel-closed")


def test_in_the_trail_a_day_begins_in_each_agencys_own_zone(three: OpenCounter):
    midnight = {"occurred_at": "2026-02-10T00:30:00+09:00", "late_reason": "dari buku"}
    for clerk, agency in (("ars-agendaris", THIRD), ("bo-agendaris", BIRO)):
        made = three[clerk].post("/v1/cases", forms.letter(agency, **midnight))
        assert made.status_code == 201, made.text

    def found(**days: str) -> list[str]:
        inspector = three["pengawas"]
        at = {"after_position": made.json()["position"], "late": "true"}
        answer = inspector.get("/v1/audit", **days, **at)
        assert answer.status_code == 200, answer.text
        return [item["agency"] for item in answer.json()["items"]]

    with projecting_for(three):
        assert found() == [BIRO, THIRD]
        assert found(**{"from": "2026-02-10"}) == [THIRD]
        assert found(to="2026-02-09") == [BIRO]
