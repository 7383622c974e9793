"""Complaints about the service: by four doors, with or without a case, in any stage."""

from uuid import uuid4

import pytest

from tests.interfaces.http import forms, life, shapes
from tests.open_counter import OpenCounter
from tests.staff import AGENCIES, BPPD

COMPLAINTS = "/v1/complaints"
DOORS = ("suggestion_box", "in_person", "letter", "sp4n_lapor")
both = pytest.mark.parametrize("agency", AGENCIES)


@both
@pytest.mark.parametrize("door", DOORS)
def test_a_complaint_comes_in_by_every_door(
    counter: OpenCounter, agency: str, door: str
):
    officer = counter["bppd-pengaduan" if agency == BPPD else "bo-pengaduan"]
    made = officer.post(COMPLAINTS, forms.complaint(agency, channel=door))
    assert made.status_code == 201, made.text
    answer = made.json()
    shapes.must_be_a_complaint_answer(answer)
    assert (answer["case"], answer["version"], answer["stage"]) == (None, 1, "opened")
    to_lapor = {"lapor_follow_up": "running"} if door == "sp4n_lapor" else {}
    assert shapes.clocks(answer) == {"complaint": "running"} | to_lapor
    assert made.headers["location"] == f"{COMPLAINTS}/{answer['complaint']}"
    assert made.headers["etag"] == '"1"'
    read = officer.get(made.headers["location"])
    assert (read.status_code, read.headers["etag"]) == (200, '"1"')
    shapes.must_be_a_complaint_file(read.json())


@both
@pytest.mark.parametrize("stage", ["received", "disposed", "drafted", "delivered"])
def test_a_complaint_about_a_case_stands_in_its_history_whatever_its_stage(
    counter: OpenCounter, agency: str, stage: str
):
    case = at_stage(counter, agency, stage)
    made = counter[case.official("pengaduan")].post(
        COMPLAINTS, forms.complaint(agency, case=case.answer["case"])
    )
    assert made.status_code == 201, made.text
    assert made.json()["case"] == case.answer["case"]
    head = counter[case.official("kepala")]
    after = head.get(case.path).json()
    assert after["version"] == case.version + 1
    assert after["stage"] == stage
    history = head.get(f"{case.path}/history").json()["items"]
    assert history[-1]["type"] == "complained"
    assert history[-1]["data"]["complaint"] == made.json()["complaint"]


def test_an_anonymous_complaint_needs_nobody(counter: OpenCounter):
    form = forms.complaint(anonymous=True)
    del form["complainant"]
    assert counter["bo-pengaduan"].post(COMPLAINTS, form).status_code == 201


def test_a_complaint_may_be_about_an_official(counter: OpenCounter):
    for about in ("bo-analis", "petugas di loket 2"):
        form = forms.complaint(about=about)
        assert counter["bo-pengaduan"].post(COMPLAINTS, form).status_code == 201


@pytest.mark.parametrize(
    ("other", "status", "code"),
    [
        ({"case": str(uuid4())}, 422, "unknown-case"),
        ({"case": "bukan-id"}, 422, "invalid-body"),
        ({"channel": "telegram"}, 422, "invalid-body"),
        ({"text": ""}, 422, "invalid-body"),
        ({"anonymous": None}, 422, "invalid-body"),
        ({"agency": "tiada"}, 422, "unknown-agency"),
        ({"complainant": {"nama": "x"}}, 422, "unknown-field"),
    ],
)
def test_what_is_wrong_with_a_complaint_is_told(
    counter: OpenCounter, other: forms.Form, status: int, code: str
):
    answer = counter["bo-pengaduan"].post(COMPLAINTS, forms.complaint() | other)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_complaint_about_another_agencys_case_is_forbidden(counter: OpenCounter):
    case = life.letter(counter, BPPD)
    form = forms.complaint(case=case.answer["case"])
    answer = counter["bo-pengaduan"].post(COMPLAINTS, form)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert counter["bppd-kepala"].get(case.path).json()["version"] == case.version


def at_stage(counter: OpenCounter, agency: str, stage: str) -> life.Life:
    """A letter (or, once delivered, a visit) that stands there."""
    if stage == "delivered":
        return life.directed(counter, agency).step(
            "analis", "delivery", {"how": "oral"}
        )
    if stage == "received":
        return life.letter(counter, agency)
    case = life.disposed(counter, agency)
    if stage == "drafted":
        case.step("analis", "draft", forms.draft(), "draft")
    return case
