"""Who protects a person's data looks at them as such, unless he asked to see them."""

from collections.abc import Iterator

import psycopg
import pytest

from tests import house
from tests.interfaces.http import books, forms, life
from tests.interfaces.http.conftest import projecting_for
from tests.interfaces.http.forms import Form
from tests.interfaces.http.subjects import DPO, PLACES, Asked, answered, person_of
from tests.open_counter import OpenCounter, open_counter


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


def export_of(counter: OpenCounter, person: str) -> Form:
    answer = counter[DPO].get(f"/v1/persons/{person}")
    assert answer.status_code == 200, answer.text
    export: Form = answer.json()
    return export


def why(counter: OpenCounter, person: str) -> set[str]:
    """On which grounds the trail says that the data officer read of him."""
    with psycopg.connect(counter.database_url) as connection:
        found = connection.execute(
            "select distinct why from readings where person = %s and official = %s",
            (person, DPO),
        ).fetchall()
    return {ground for (ground,) in found}


def kept_as(counter: OpenCounter, record: str) -> str:
    """Under which id somebody is kept; nobody is told of who stays unknown."""
    with psycopg.connect(counter.database_url) as connection:
        found = connection.execute(
            "select distinct person from sealed where record = %s", (record,)
        ).fetchone()
    assert found is not None
    return str(found[0])


def test_without_a_wish_the_trail_says_that_data_were_protected(counter: OpenCounter):
    person = person_of(answered(counter))
    assert export_of(counter, person)["records"][0]["identity"] is not None
    assert why(counter, person) == {"data-protection"}


@pytest.mark.parametrize("kind", ["correction", "erasure"])
def test_another_wish_than_for_access_is_none_to_see(counter: OpenCounter, kind: str):
    person = person_of(answered(counter))
    Asked(counter, person, kind, "bo-ppid")
    export_of(counter, person)
    assert why(counter, person) == {"data-protection"}


def test_the_export_is_his_own_until_he_is_answered(counter: OpenCounter):
    person = person_of(answered(counter))
    asked = Asked(counter, person, "access", "bo-ppid")
    export_of(counter, person)
    asked.step("decision")
    export_of(counter, person)
    assert why(counter, person) == {"subject-request"}
    asked.step("execution", {"how": "diserahkan"})
    export_of(counter, person)
    assert why(counter, person) == {"subject-request", "data-protection"}


def test_a_refused_wish_makes_no_export_his_own(counter: OpenCounter):
    person = person_of(answered(counter))
    asked = Asked(counter, person, "access", "bo-ppid")
    asked.step("refusal", {"legal_basis": "pdp14", "reason": "bukan orangnya"})
    export_of(counter, person)
    assert why(counter, person) == {"data-protection"}


@pytest.mark.parametrize("wish", [None, "access"])
def test_who_reported_anonymously_stays_unknown(counter: OpenCounter, wish: str | None):
    case = life.report(counter, lapor=forms.lapor(anonymous=True)).answer["case"]
    person = kept_as(counter, case)
    if wish is not None:
        Asked(counter, person, wish, "bo-ppid")
    export = export_of(counter, person)
    (record,) = (one for one in export["records"] if one["kind"] == "case")
    assert record["identity"] is None
    assert record["words"]["items"] == [forms.ITEM]
    assert forms.VISITOR not in str(export)


def test_who_reported_in_confidence_is_named_where_he_asks(counter: OpenCounter):
    case = life.report(counter, lapor=forms.lapor(confidential=True)).answer["case"]
    person = kept_as(counter, case)
    (record,) = export_of(counter, person)["records"]
    assert record["identity"] is None
    Asked(counter, person, "access", "bo-ppid")
    told = {one["kind"]: one for one in export_of(counter, person)["records"]}
    assert told["case"]["identity"]["name"]


def test_a_confidential_complaint_is_not_read_in_passing(counter: OpenCounter):
    form = forms.complaint(confidential=True)
    made = counter["bo-pengaduan"].post("/v1/complaints", form)
    assert made.status_code == 201, made.text
    person = kept_as(counter, made.json()["complaint"])
    export = export_of(counter, person)
    assert export["records"][0]["kind"] == "complaint"
    assert forms.COMPLAINANT not in str(export)
    assert forms.WORDS not in str(export)
    Asked(counter, person, "access", "bo-ppid")
    his = str(export_of(counter, person))
    assert forms.COMPLAINANT in his
    assert forms.WORDS in his


def test_who_only_complained_is_put_right_as_well(counter: OpenCounter):
    officer = counter["bo-pengaduan"]
    made = officer.post("/v1/complaints", forms.complaint())
    complaint = made.json()["complaint"]
    person = kept_as(counter, complaint)
    asked = Asked(counter, person, "correction", "bo-ppid").step("decision")
    new = {"phone": "081300009999"}
    asked.step("correction", {"how": "surat", "requester": new})
    shown = officer.get(f"/v1/complaints/{complaint}").json()["complainant"]
    assert (shown["name"], shown["phone"]) == (forms.COMPLAINANT, "081300009999")
    of = {"agency": "biro-organisasi", "after_position": asked.answer["position"]}
    book = books.page(officer, "/v1/registers/complaints", **of)["items"]
    (row,) = (one for one in book if one["complaint"] == complaint)
    assert "081300009999" in row["contact"]
    export = export_of(counter, person)["records"]
    (record,) = (one for one in export if one["kind"] == "complaint")
    assert record["identity"]["phone"] == "081300009999"


def test_where_nothing_would_be_put_right_nobody_says_so(counter: OpenCounter):
    form = forms.guest(visitor={"name": forms.VISITOR})
    made = counter["bo-penerima-tamu"].post("/v1/visits", form)
    assert made.status_code == 201, made.text
    person = kept_as(counter, made.json()["visit"])
    asked = Asked(counter, person, "correction", "bo-ppid").step("decision")
    new = {"how": "surat", "requester": {"phone": "081300009999"}}
    assert asked.refused("correction", new) == (409, "nothing-to-correct")
    assert asked.read()["stage"] == "granted"


def test_who_restricted_the_use_of_his_data_is_still_answered(counter: OpenCounter):
    nik = "5371014107851234"
    first = answered(counter, nik=nik)
    person = person_of(first)
    asked = Asked(counter, person, "restriction", "bo-ppid").step("decision")
    asked.step("restriction", {"how": "surat"})
    again = answered(counter, nik=nik)
    ppid = counter["bo-ppid"]
    assert ppid.get(first.path).json()["requester"]["name"] is None
    file = ppid.get(again.path).json()
    assert file["requester"]["name"] == forms.VISITOR
    assert file["requester"]["person"] != person
    assert file["subject"] is not None
    asked.step("lifting", {"reason": "selesai"})
    assert ppid.get(first.path).json()["requester"]["name"] == forms.VISITOR
