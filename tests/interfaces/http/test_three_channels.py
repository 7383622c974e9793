"""The three ways of the published standards, in both agencies, from end to end."""

import pytest

from tests.interfaces.http import forms, life, shapes
from tests.interfaces.http.life import Life
from tests.open_counter import OpenCounter
from tests.staff import AGENCIES

both = pytest.mark.parametrize("agency", AGENCIES)


@both
def test_a_visitor_is_answered_at_the_counter(counter: OpenCounter, agency: str):
    case = life.directed(counter, agency)
    assert (case.stage, case.version) == ("disposed", 3)
    assert shapes.clocks(case.answer) == {"standard": "running", "statute": "running"}
    case.step("analis", "delivery", {"how": "oral"})
    assert (case.stage, case.answer["outcome"]) == ("delivered", "granted")
    assert shapes.clocks(case.answer) == {
        "standard": "met",
        "statute": "met",
        "objection": "running",
    }
    assert case.refused("penerima-tamu", "closing", {}) == (409, "id-card-held")
    case.step("penerima-tamu", "identity-return", {"to": "visitor"})
    case.step("penerima-tamu", "closing", {})
    assert case.stage == "closed"


@both
def test_a_visitor_is_told_at_once_what_is_refused_and_why(
    counter: OpenCounter, agency: str
):
    case = life.directed(counter, agency, items=["satu", "dua"])
    refusal = {"legal_basis": ["kip17.c"], "reason": "rahasia pertahanan", "items": [2]}
    no_grounds = refusal | {"legal_basis": []}
    assert case.refused("analis", "refusal", no_grounds) == (409, "grounds-missing")
    case.step("analis", "refusal", refusal)
    case.step(
        "analis",
        "delivery",
        {"how": "handed", "items": [{"n": 1, "outcome": "granted"}]},
    )
    assert (case.stage, case.answer["outcome"]) == ("delivered", "partial")


@both
def test_a_wholly_refused_visit_ends_as_refused(counter: OpenCounter, agency: str):
    case = life.directed(counter, agency)
    case.step(
        "analis", "refusal", {"legal_basis": ["kip17.c"], "reason": "rahasia negara"}
    )
    assert (case.stage, case.answer["outcome"]) == ("refused", "refused_as_exempt")
    assert "objection" in shapes.clocks(case.answer)


@both
def test_a_letter_climbs_the_tiers_and_is_sent(counter: OpenCounter, agency: str):
    case = signed(counter, agency)
    assert (case.stage, case.answer["outcome"]) == ("approved", "granted")
    case.step("agendaris", "delivery", {"how": "post", "letter_number": "045/12/2026"})
    assert case.stage == "delivered"
    case.step("agendaris", "closing", {"reason": "selesai"})
    assert case.stage == "closed"
    case.step("kepala", "reopening", {"reason": "jawaban keliru"})
    assert case.stage == "disposed"


@both
def test_a_letter_is_collected_after_a_call(counter: OpenCounter, agency: str):
    case = signed(counter, agency)
    call = {"at": case.answer["recorded_at"], "medium": "telepon", "result": "diangkat"}
    arranged = {"contacts": [call], "collect_by": "2027-01-05"}
    case.step("agendaris", "pickup", arranged)
    assert case.stage == "awaiting_pickup"
    case.step("agendaris", "collection", {"by": forms.WRITER})
    assert case.stage == "delivered"


@pytest.mark.parametrize(("then", "stage"), [("post", "approved"), ("close", "closed")])
def test_nobody_comes_for_a_letter(counter: OpenCounter, then: str, stage: str):
    case = signed(counter, AGENCIES[1])
    call = {"at": case.answer["recorded_at"], "medium": "telepon", "result": "sibuk"}
    case.step(
        "agendaris", "pickup", {"contacts": [call], "collect_by": "2027-01-05"}
    ).step("agendaris", "pickup-missed", {"then": then})
    assert case.stage in {stage, "awaiting_pickup"}


@both
def test_a_correction_voids_the_initials(counter: OpenCounter, agency: str):
    case = life.disposed(counter, agency)
    case.step("analis", "draft", forms.draft(), "draft")
    assert case.answer["draft"] == 1
    case.step("kasubid", "approval", {"draft": 1, "capacity": "own"})
    case.step("kabid", "correction", {"draft": 1, "notes": "angka keliru"})
    assert case.stage == "returned"
    case.step("analis", "draft", forms.draft(), "draft")
    assert (case.stage, case.answer["draft"]) == ("drafted", 2)
    stale = {"draft": 1, "capacity": "own"}
    assert case.refused("kasubid", "approval", stale) == (409, "stale-draft")
    skipped = {"draft": 2, "capacity": "own"}
    assert case.refused("kabid", "approval", skipped) == (409, "not-the-next-tier")
    assert case.refused("agendaris", "delivery", {"how": "post"}) == (
        409,
        "not-finally-approved",
    )


def test_a_letter_to_the_regional_secretary_is_signed_on_his_behalf(
    counter: OpenCounter,
):
    case = life.disposed(counter)
    case.step("analis", "draft", forms.draft(), "draft")
    own = {"draft": 1, "capacity": "own"}
    case.step("kasubid", "approval", own).step("kabid", "approval", own)
    assert case.refused("kepala", "approval", own) == (409, "not-the-next-tier")
    nobody = {"draft": 1, "capacity": "on_behalf", "for": "tiada"}
    assert case.refused("kepala", "approval", nobody) == (422, "unknown-official")
    case.step("kepala", "approval", own | {"capacity": "on_behalf", "for": "sekda"})
    assert case.stage == "approved"


@both
def test_a_written_refusal_needs_its_test_first(counter: OpenCounter, agency: str):
    case = life.disposed(counter, agency)
    item = {"n": 1, "outcome": "refused_as_exempt", "legal_basis": ["kip17.h"]}
    refusal = forms.draft(kind="refusal", items=[item | {"reason": "data pribadi"}])
    bare = forms.draft(kind="refusal", items=[item])
    assert case.refused("analis", "draft", bare) == (409, "grounds-missing")
    assert case.refused("analis", "draft", refusal) == (409, "consequence-test-missing")
    test = {
        "items": [1],
        "act": "kip17.h",
        "analysis": "merugikan yang bersangkutan",
        "participants": [case.official("ppid"), case.official("kepala")],
    }
    case.step("ppid", "consequence-test", test)
    case.step("analis", "draft", refusal, "draft")
    life.approve(case)
    assert case.answer["outcome"] == "refused_as_exempt"
    assert shapes.clocks(case.answer)["objection"] == "running"


@pytest.mark.parametrize("kind", ["not_held", "not_documented"])
def test_what_the_agency_has_not_got_is_no_refusal(counter: OpenCounter, kind: str):
    case = life.disposed(counter)
    answer = forms.draft(kind=kind, items=[{"n": 1, "outcome": kind}])
    case.step("analis", "draft", answer, "draft")
    life.approve(case)
    assert case.answer["outcome"] == kind


@both
def test_a_letter_that_misses_its_requirement_is_still_received(
    counter: OpenCounter, agency: str
):
    bare = {"letter": {"number": "1"}, "requester": {"name": forms.WRITER}}
    case = life.letter(counter, agency, **bare)
    assert case.stage == "incomplete"
    assert set(case.answer["missing"]) == {
        "identity_copy",
        "institution_identity",
        "phone",
    }


@both
def test_a_report_is_reviewed_approved_and_posted(counter: OpenCounter, agency: str):
    case = life.report(counter, agency)
    to = case.official("analis")
    assert case.refused("kepala", "disposition", forms.disposition(to)) == (
        409,
        "wrong-stage",
    )
    case.step(
        "penghubung",
        "review",
        {"summary": "minta data", "class": "information_request"},
    )
    assert case.stage == "received"
    case.step("kepala", "disposition", forms.disposition(to))
    case.step("analis", "draft", forms.draft(), "draft")
    life.approve(case)
    assert case.stage == "approved"
    case.step("penghubung", "delivery", {"how": "lapor_post", "notified_by": "sms"})
    assert shapes.clocks(case.answer)["lapor_auto_close"] == "running"
    case.step(
        "penghubung",
        "lapor-status",
        {"status": "Selesai", "at": case.answer["recorded_at"]},
    )
    case.step("penghubung", "closing", {})
    assert case.stage == "closed"


@both
def test_a_report_that_is_a_complaint_becomes_one(counter: OpenCounter, agency: str):
    case = life.report(counter, agency)
    review = {"summary": "keluhan", "class": "complaint"}
    case.step("penghubung", "review", review, "complaint")
    assert case.stage == "closed"
    opened = counter[case.official("pengaduan")].get(
        f"/v1/complaints/{case.answer['complaint']}"
    )
    assert opened.status_code == 200
    assert opened.json()["case"] == case.answer["case"]


def test_a_report_is_received_once(counter: OpenCounter):
    form = forms.report()
    liaison = counter["bo-penghubung"]
    assert liaison.post("/v1/cases", form).status_code == 201
    again = liaison.post("/v1/cases", form)
    assert (again.status_code, again.json()["code"]) == (409, "duplicate-tracking-id")


def test_an_sms_is_for_us_when_it_bears_our_prefix(counter: OpenCounter):
    liaison = counter["bo-penghubung"]

    def sms(said: str):
        lapor = forms.lapor(medium="sms")
        return liaison.post("/v1/cases", forms.report(lapor=lapor, items=[said]))

    for said in ("NTT peta jabatan", "ntt   peta jabatan"):
        assert sms(said).status_code == 201
    for said in ("NTB peta jabatan", "NTT", "NTT  "):
        answer = sms(said)
        assert (answer.status_code, answer.json()["code"]) == (
            409,
            "not-addressed-to-us",
        ), said


@both
def test_an_overrun_is_noted_only_when_there_is_one(counter: OpenCounter, agency: str):
    case = life.directed(counter, agency)
    reason = {"reason": "data besar"}
    assert case.refused("analis", "overrun", reason) == (409, "target-not-overrun")
    late = life.directed(
        counter,
        agency,
        occurred_at="2026-02-10T09:05:00+08:00",
        late_reason="dari buku tamu",
    )
    late.step("analis", "overrun", reason)
    assert late.stage == "disposed"


@both
def test_a_visitor_without_identity_goes_into_the_guest_book(
    counter: OpenCounter, agency: str
):
    prefix = "bo" if agency == AGENCIES[0] else "bppd"
    reception = counter[f"{prefix}-penerima-tamu"]
    form = forms.visit(agency, requester={"name": forms.VISITOR})
    refused = reception.post("/v1/cases", form)
    assert (refused.status_code, refused.json()["code"]) == (409, "requirement-not-met")
    entered = reception.post("/v1/visits", forms.guest(agency, outcome="no_identity"))
    assert entered.status_code == 201
    assert entered.headers["location"] == f"/v1/visits/{entered.json()['visit']}"
    assert entered.headers["etag"] == '"1"'


def signed(counter: OpenCounter, agency: str) -> Life:
    """A letter whose answer is approved."""
    case = life.disposed(counter, agency)
    case.step("analis", "draft", forms.draft(), "draft")
    return life.approve(case)
