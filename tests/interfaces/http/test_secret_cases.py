"""A secret case is told of to its agency; what was asked is for those concerned."""

import pytest

from tests.interfaces.http import forms, life
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

SEATS = (
    "kepala",
    "kabid",
    "kabid-lain",
    "kasubid",
    "analis",
    "analis-lain",
    "penerima-tamu",
    "agendaris",
    "penghubung",
    "ppid",
    "pengaduan",
)
CONCERNED = {"kepala", "kabid", "kasubid", "analis", "agendaris", "ppid"}
WHO_ASKS = {"kepala", "kabid", "kasubid", "analis", "agendaris", "ppid"}


def disposed(counter: OpenCounter, **other: object) -> Life:
    case = life.letter(counter, BPPD)
    form = forms.disposition(case.official("analis"), secrecy="secret", **other)
    return case.step("kepala", "disposition", form)


def told(case: Life, what: str) -> set[str]:
    """The seats that are told it of the case; all of them see the case itself."""
    found = set()
    for seat in SEATS:
        answer = case.counter[case.official(seat)].get(case.path)
        assert answer.status_code == 200, seat
        if answer.json()[what] is not None:
            found.add(seat)
    return found


def test_what_was_asked_and_by_whom_is_for_those_concerned(counter: OpenCounter):
    case = disposed(counter)
    assert told(case, "subject") == CONCERNED
    assert told(case, "requester") == WHO_ASKS
    for seat in SEATS:
        history = counter[case.official(seat)].get(f"{case.path}/history")
        assert history.status_code == 200


def test_whom_the_disposition_names_besides_is_told_what_was_asked(counter):
    case = disposed(counter, others=["bppd-analis-lain"])
    assert told(case, "subject") == CONCERNED | {"analis-lain"}
    # The heads over him are told nothing: he does not answer.
    assert "kabid-lain" not in told(case, "subject")


def test_it_stays_secret_when_a_head_below_passes_it_on_as_ordinary(counter):
    case = life.letter(counter, BPPD)
    secret = forms.disposition(case.official("kabid"), secrecy="secret")
    case.step("kepala", "disposition", secret)
    case.step("kabid", "disposition", forms.disposition(case.official("analis")))
    assert told(case, "subject") == CONCERNED


def test_who_said_it_takes_it_back(counter: OpenCounter):
    case = disposed(counter)
    case.step("kepala", "disposition", forms.disposition(case.official("analis")))
    assert told(case, "subject") == set(SEATS)


def test_an_ordinary_case_is_open_to_its_agency(counter: OpenCounter):
    assert told(life.disposed(counter, BPPD), "subject") == set(SEATS)


def test_a_confidential_report_is_open_to_its_agency_unless_it_complains(counter):
    form = forms.report(BPPD)
    form["lapor"]["confidential"] = True
    case = Life(counter, BPPD, "penghubung", form)
    assert told(case, "subject") == set(SEATS)
    complained = {"summary": "menuduh petugas", "class": "complaint"}
    case.step("penghubung", "review", complained, "complaint")
    assert told(case, "subject") == set()


def test_inspectors_look_into_secret_cases_and_reporters_into_none(counter):
    path = disposed(counter).path
    assert counter["pengawas"].get(path).json()["subject"] is not None
    assert counter["pengawas"].get(path).json()["requester"] is None
    assert counter["bppd-pelapor"].get(path).json()["subject"] is None


@pytest.fixture
def written(counter: OpenCounter):
    """A secret case with a draft, and the digest of the letter that was drafted."""
    case = disposed(counter)
    kept = counter["bppd-analis"].send(
        "POST",
        "/v1/documents",
        b"Jawaban " + case.path.encode(),
        {"content-type": "application/pdf"},
    )
    assert kept.status_code == 201
    sha256 = kept.json()["sha256"]
    case.step("analis", "draft", forms.draft(document=sha256), "draft")
    return case, f"/v1/documents/{sha256}"


def test_what_is_drafted_in_it_is_for_those_concerned(counter, written):
    case, path = written
    opened = {
        seat
        for seat in SEATS
        if counter[case.official(seat)].get(path).status_code == 200
    }
    assert opened == CONCERNED
    refused = counter["bppd-pengaduan"].get(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


def test_a_letter_that_an_ordinary_case_names_too_is_open_by_that_one(counter, written):
    _, path = written
    other = life.disposed(counter, BPPD)
    draft = forms.draft(document=path.rpartition("/")[2])
    other.step("analis", "draft", draft, "draft")
    assert counter["bppd-pengaduan"].get(path).status_code == 200


@pytest.mark.parametrize("agency", [BIRO, BPPD])
def test_books_leave_what_is_secret_empty(counter, projecting, agency):
    case = life.letter(counter, agency)
    form = forms.disposition(case.official("analis"), secrecy="secret")
    case.step("kepala", "disposition", form)
    number = case.answer["registration_number"]

    def line(seat: str) -> forms.Form:
        page = counter[case.official(seat)].get(
            "/v1/registers/requests",
            q=number,
            after_position=case.answer["position"],
        )
        (found,) = page.json()["items"]
        return dict(found)

    assert line("analis")["information_requested"] is not None
    assert line("pengaduan")["information_requested"] is None
    assert "information_requested" in line("pengaduan")["not_shown"]
