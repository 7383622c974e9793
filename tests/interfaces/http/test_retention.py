"""The end of files: computed and proposed; a person says that it goes, or stays."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from interfaces.clock import now
from tests import house
from tests.interfaces.http import forms
from tests.interfaces.http.conftest import projecting_for
from tests.interfaces.http.life import Life
from tests.interfaces.http.subjects import (
    DPO,
    LONG_AGO,
    OTHER_DPO,
    PLACES,
    answered,
    person_of,
)
from tests.open_counter import OpenCounter, open_counter

YEARS_AGO = {
    "occurred_at": "2020-02-10T09:00:00+08:00",
    "late_reason": "dari buku tamu lama",
}
DESTROY = {"decision": "destroy", "reason": "masa simpan habis"}
KEEP = {
    "decision": "keep",
    "reason": "bernilai sejarah",
    "until": (now().date() + timedelta(days=400)).isoformat(),
}


@pytest.fixture(scope="module")
def counter(
    server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenCounter]:
    with (
        house.fresh(server_url, of=template) as url,
        open_counter(url, tmp_path_factory.mktemp("data"), PLACES) as opened,
        projecting_for(opened),
    ):
        yield opened


def closed(counter: OpenCounter, when: forms.Form) -> Life:
    return answered(counter, when).step("penerima-tamu", "closing", {} | when)


def proposed(counter: OpenCounter, case: Life, by: str = DPO) -> dict[str, forms.Form]:
    answer = counter[by].get("/v1/retention", after_position=case.answer["position"])
    assert answer.status_code == 200, answer.text
    return {one["case"]: one for one in answer.json()["items"]}


def test_only_what_is_old_enough_is_proposed_with_its_date_and_why(
    counter: OpenCounter,
):
    recent, old = closed(counter, LONG_AGO), closed(counter, YEARS_AGO)
    found = proposed(counter, old)
    assert recent.answer["case"] not in found
    line = found[old.answer["case"]]
    assert line["ended_on"] == "2025-02-10"
    assert {one["why"] for one in line["because"]} == {
        "closed",
        "annual_report",
        "objection_window",
    }
    assert old.answer["case"] in proposed(counter, old, by="bo-kepala")
    assert old.answer["case"] not in proposed(counter, old, by=OTHER_DPO)
    assert counter["bo-ppid"].get("/v1/retention").status_code == 403


def test_what_is_proposed_stays_until_somebody_decides(counter: OpenCounter):
    case = closed(counter, YEARS_AGO)
    person = person_of(case)
    assert counter["bo-ppid"].get(case.path).json()["requester"]["name"]
    case.step(DPO.removeprefix("bo-"), "retention", DESTROY)
    file = counter["bo-ppid"].get(case.path).json()
    assert (file["requester"], file["erased"]) == (None, True)
    history = counter["bo-ppid"].get(f"{case.path}/history").json()["items"]
    assert [one["type"] for one in history[-2:]] == [
        "retention-decided",
        "personal-data-erased",
    ]
    assert history[-2]["rule"] == "retention"
    assert case.answer["case"] not in proposed(counter, case)
    export = counter[DPO].get(f"/v1/persons/{person}").json()
    assert export["erased_at"] is not None
    again = case.refused("pdp", "retention", DESTROY)
    assert again == (409, "person-erased")


def test_a_file_is_kept_on_until_a_day(counter: OpenCounter):
    case = closed(counter, YEARS_AGO)
    endless = KEEP | {"until": None}
    assert case.refused("kepala", "retention", endless) == (409, "wait-without-end")
    case.step("kepala", "retention", KEEP)
    assert case.answer["case"] not in proposed(counter, case)
    assert case.refused("pdp", "retention", DESTROY) == (409, "retention-not-over")
    assert counter["bo-ppid"].get(case.path).json()["requester"]["name"]


def test_what_is_to_stay_until_a_day_is_never_destroyed(counter: OpenCounter):
    """Who mixed the two words up keeps the file."""
    case = closed(counter, YEARS_AGO)
    path, version = f"{case.path}/retention", case.answer["version"]
    both = DESTROY | {"until": KEEP["until"]}
    answer = counter[DPO].post(path, both, version)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-body")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/until"]
    # A request that is at fault is told so before who may.
    assert counter["bo-ppid"].post(path, both, version).status_code == 422
    assert counter["bo-ppid"].get(case.path).json()["requester"]["name"]


def test_nothing_goes_before_its_time_nor_by_anybody_else(counter: OpenCounter):
    case = closed(counter, LONG_AGO)
    assert case.refused("pdp", "retention", DESTROY) == (409, "retention-not-over")
    assert case.refused("ppid", "retention", DESTROY)[0] == 403


def test_nothing_is_proposed_that_another_file_of_the_person_keeps(
    counter: OpenCounter,
):
    """One key opens both: what would be refused is not proposed."""
    nik: forms.Form = {"nik": "5371014107851234", "name": "Yosefina Bria"}
    old = answered(counter, YEARS_AGO, **nik)
    old.step("penerima-tamu", "closing", {} | YEARS_AGO)
    assert old.answer["case"] in proposed(counter, old)
    recent = answered(counter, **nik)
    assert person_of(recent) == person_of(old)
    assert old.refused("pdp", "retention", DESTROY) == (409, "retention-not-over")
    assert old.answer["case"] not in proposed(counter, recent)


def test_the_list_goes_on_behind_the_cases_that_were_looked_at(counter: OpenCounter):
    cases = [closed(counter, YEARS_AGO) for _ in range(3)]
    mark = {"after_position": cases[-1].answer["position"]}
    seen: list[str] = []
    after = None
    while True:
        said = mark | ({} if after is None else {"after": after})
        page = counter[DPO].get("/v1/retention", limit=2, **said).json()
        assert len(page["items"]) <= 2
        seen += [one["case"] for one in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert len(seen) == len(set(seen))
    assert {one.answer["case"] for one in cases} <= set(seen)
