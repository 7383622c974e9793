"""A list as CSV holds what its pages hold, all of it, and only what they would show."""

import json
from collections.abc import Iterator

import pytest

from interfaces.clock import now
from interfaces.http import lists
from tests import house
from tests.interfaces.http import forms, life
from tests.interfaces.http.books import as_csv, cells, page, whole
from tests.interfaces.http.conftest import projecting_for
from tests.interfaces.http.forms import Form
from tests.interfaces.http.subjects import (
    DPO,
    OTHER_DPO,
    PLACES,
    WISH,
    Asked,
    answered,
    person_of,
)
from tests.open_counter import OpenCounter, open_counter
from tests.staff import BIRO

YEARS_AGO = {
    "occurred_at": "2020-02-10T09:00:00+08:00",
    "late_reason": "dari buku tamu lama",
}
RUN = '=HYPERLINK("http://127.0.0.1";"buka")'
"""What a spreadsheet would run."""
LISTS = {
    "/v1/cases": "case",
    "/v1/complaints": "complaint",
    "/v1/objections": "objection",
    "/v1/data-requests": "data_request",
    "/v1/breaches": "breach",
    "/v1/retention": "case",
}
SEATS = {"/v1/complaints": "bo-pengaduan"} | dict.fromkeys(
    ("/v1/cases", "/v1/objections"), "bo-ppid"
)


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), PLACES) as opened,
        projecting_for(opened),
    ):
        filled(opened)
        yield opened


def filled(counter: OpenCounter) -> None:
    """Two lines and more in every list; whoever reads waits for the last of them."""
    for _ in range(2):
        old = answered(counter, YEARS_AGO)
        old.step("penerima-tamu", "closing", {} | YEARS_AGO)
        case = answered(counter)
        about = forms.objection(case.answer["case"], "d")
        assert counter["bo-ppid"].post("/v1/objections", about).is_success
        said = forms.complaint(category=RUN)
        assert counter["bo-pengaduan"].post("/v1/complaints", said).is_success
        Asked(counter, person_of(case), "access", "bo-ppid", how=RUN)
        breach = {"agency": BIRO, "what": RUN, "data": ["name"]}
        breach |= {"discovered_at": now().isoformat()}
        assert counter[DPO].post("/v1/breaches", breach).is_success
    last = life.visit(counter).answer["position"]
    for path in LISTS:
        told = counter[seat(path)].get(path, after_position=last)
        assert told.status_code == 200, told.text


def seat(path: str) -> str:
    return SEATS.get(path, DPO)


def read_back(line: dict[str, str], shown: Form) -> Form:
    """The cells as JSON has them; a text that would run stays as it is written."""
    return {
        name: json.loads(line[name]) if isinstance(one, list | dict) else line[name]
        for name, one in shown.items()
    }


def harmless(shown: Form) -> Form:
    """What the cells of a line have to say."""
    said = {name: f"'{RUN}" if one == RUN else one for name, one in shown.items()}
    parts = {name: one for name, one in said.items() if isinstance(one, list | dict)}
    return cells(said) | parts


@pytest.mark.parametrize("path", LISTS)
def test_it_holds_every_line_of_every_page_in_their_order(
    counter: OpenCounter, monkeypatch: pytest.MonkeyPatch, path: str
):
    monkeypatch.setattr(lists, "_EXPORTED_AT_ONCE", 1)
    caller = counter[seat(path)]
    shown, told = whole(caller, path, limit=1), as_csv(caller, path, limit=1)
    assert len(told) > 1
    assert [line.keys() for line in told] == [one.keys() for one in shown]
    assert [read_back(*both) for both in zip(told, shown, strict=True)] == [
        harmless(one) for one in shown
    ]
    assert len({line[LISTS[path]] for line in told}) == len(told)


@pytest.mark.parametrize(
    "path", ["/v1/complaints", "/v1/data-requests", "/v1/breaches"]
)
def test_what_a_spreadsheet_would_run_is_written_harmless(
    counter: OpenCounter, path: str
):
    caller = counter[seat(path)]
    assert RUN in page(caller, path)["items"][0].values()
    told = as_csv(caller, path)[0].values()
    assert f"'{RUN}" in told
    assert RUN not in told


@pytest.mark.parametrize("path", LISTS)
def test_nothing_that_is_sealed_stands_in_it(counter: OpenCounter, path: str):
    told = counter[seat(path)].get(path, format="csv").text
    assert not [
        one for one in (WISH, forms.VISITOR, forms.VISITOR_PHONE) if one in told
    ]


@pytest.mark.parametrize("path", ["/v1/data-requests", "/v1/breaches", "/v1/retention"])
def test_what_the_list_refuses_its_csv_refuses(counter: OpenCounter, path: str):
    for caller, status in ((DPO, 200), ("bo-analis", 403), ("bo-pelapor", 403)):
        for query in ({}, {"format": "csv"}):
            assert counter[caller].get(path, **query).status_code == status
    assert as_csv(counter[OTHER_DPO], path) == []
    bad = counter[DPO].get(path, format="csv", after="x")
    assert (bad.status_code, bad.json()["code"]) == (422, "invalid-query")


def test_filters_hold_in_it_and_accept_is_enough(counter: OpenCounter):
    dpo = counter[DPO]
    assert as_csv(dpo, "/v1/data-requests", stage="refused") == []
    assert as_csv(dpo, "/v1/breaches", stage="closed") == []
    told = dpo.send("GET", "/v1/breaches", headers={"Accept": "text/csv"})
    assert told.headers["content-disposition"].endswith('filename="breaches.csv"')
    own = dpo.get("/v1/data-requests").json()["items"][0]
    path = f"/v1/persons/{own['person']}/requests"
    assert [line["data_request"] for line in as_csv(dpo, path)] == [own["data_request"]]
