"""Who may do what, asked of the running API: one's own acts in one's own agency."""

import pytest

from tests.interfaces.http import forms, life
from tests.open_counter import OpenCounter
from tests.staff import BIRO, BPPD

SEATS = (
    "kepala",
    "kabid",
    "kasubid",
    "analis",
    "penerima-tamu",
    "agendaris",
    "penghubung",
    "ppid",
    "pengaduan",
    "admin",
    "pelapor",
)
ACTS: dict[str, tuple[forms.Form, set[str]]] = {
    "direction": ({"to": "bo-analis", "directed_by": "bo-kepala"}, {"penerima-tamu"}),
    "disposition": (forms.disposition("bo-analis"), {"kepala", "kabid", "kasubid"}),
    "draft": (forms.draft(), {"kepala", "kabid", "kasubid", "analis"}),
    "approval": ({"draft": 1, "capacity": "own"}, {"kepala", "kabid", "kasubid"}),
    "correction": ({"draft": 1, "notes": "x"}, {"kepala", "kabid", "kasubid"}),
    "refusal": (
        {"legal_basis": ["kip17.c"], "reason": "x"},
        {"kepala", "kabid", "kasubid", "analis"},
    ),
    "delivery": ({"how": "post"}, {"agendaris"}),
    "pickup-missed": ({"then": "post"}, {"agendaris"}),
    "collection": ({"by": "requester"}, {"agendaris"}),
    "closing": ({}, {"agendaris"}),
    "identity-return": ({"to": "visitor"}, {"penerima-tamu"}),
    "overrun": ({"reason": "x"}, {"kepala", "kabid", "kasubid", "analis"}),
    "reopening": ({"reason": "x"}, {"kepala"}),
    "consequence-test": (
        {"items": [1], "act": "kip17.c", "analysis": "x", "participants": ["bo-ppid"]},
        {"ppid"},
    ),
    "review": ({"summary": "x", "class": "aspiration"}, set()),
    "lapor-status": ({"status": "x", "at": "2026-02-10T09:00:00+08:00"}, set()),
}
"""Acts about a letter of the Biro, and the seats that the table lets do them."""


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_for_those_whom_the_table_names(counter: OpenCounter, act: str):
    form, allowed = ACTS[act]
    case = life.letter(counter, BIRO)
    for seat in SEATS:
        # Whoever is allowed gets as far as the version, and no further.
        answer = counter[f"bo-{seat}"].post(f"{case.path}/{act}", form, 99)
        expected = (412, "version-stale") if seat in allowed else (403, "forbidden")
        told = (answer.status_code, answer.json()["code"])
        assert told == expected, seat
        other = counter[f"bppd-{seat}"].post(f"{case.path}/{act}", form, 99)
        assert other.status_code in {403, 422}, seat
    assert counter["bo-kepala"].get(case.path).json()["version"] == case.version


@pytest.mark.parametrize(
    ("path", "form", "allowed"),
    [
        ("/v1/cases", forms.visit(), {"penerima-tamu"}),
        ("/v1/cases", forms.letter(), {"agendaris"}),
        ("/v1/cases", forms.report(), {"penghubung"}),
        ("/v1/visits", forms.guest(), {"penerima-tamu"}),
        (
            "/v1/complaints",
            forms.complaint(),
            {"pengaduan", "penerima-tamu", "agendaris", "penghubung"},
        ),
    ],
)
def test_a_creation_is_for_the_receiving_roles_of_that_agency(
    counter: OpenCounter, path: str, form: forms.Form, allowed: set[str]
):
    for seat in SEATS:
        answer = counter[f"bo-{seat}"].post(path, form)
        assert answer.status_code == (201 if seat in allowed else 403), seat
        other = counter[f"bppd-{seat}"].post(path, form)
        assert (other.status_code, other.json()["code"]) == (403, "forbidden"), seat


def test_a_role_that_is_said_has_to_be_ones_own(counter: OpenCounter):
    clerk = counter["bo-agendaris"]
    refused = clerk.post("/v1/cases", forms.letter(role="agency_head"))
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert clerk.post("/v1/cases", forms.letter(role="letter_clerk")).is_success


def test_another_agencys_case_is_forbidden_and_left_out(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    for path in (case.path, f"{case.path}/history"):
        answer = counter["bo-kepala"].get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    listed = counter["bo-kepala"].get("/v1/cases", q=case.answer["registration_number"])
    assert listed.json()["items"] == []


def test_an_official_of_another_agency_is_unknown_here(counter: OpenCounter):
    case = life.letter(counter, BIRO)
    for nobody in ("bppd-analis", "tiada", "Maria Nobody"):
        form = forms.disposition(nobody)
        assert case.refused("kepala", "disposition", form) == (422, "unknown-official")


def test_the_regional_secretary_disposes_letters_addressed_to_him(counter: OpenCounter):
    case = life.letter(counter, BIRO)
    case.step("sekda", "disposition", forms.disposition("bo-kepala"))
    assert case.stage == "disposed"
    other = life.letter(counter, BPPD)
    told = other.refused("sekda", "disposition", forms.disposition("bppd-kepala"))
    assert told == (409, "not-the-assigned-official")


def test_the_inspector_reads_both_agencies_and_writes_nothing(counter: OpenCounter):
    for agency in (BIRO, BPPD):
        case = life.letter(counter, agency)
        assert counter["pengawas"].get(case.path).status_code == 200
        answer = counter["pengawas"].post(f"{case.path}/closing", {}, 1)
        assert answer.status_code == 403
