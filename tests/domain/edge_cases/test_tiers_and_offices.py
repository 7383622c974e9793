"""Drafts that come back, change hands, or wait for a head who is away."""

from datetime import date

from msgspec.structs import replace

from domain import commands, errors, events
from domain.office import Office
from domain.stand_ins import StandIn
from domain.values import Capacity, DraftKind, Outcome, Role, Stage
from tests.domain.edge_cases.matter import Matter
from tests.domain.edge_cases.wishes import POST, WHOLE_LETTER, receive_letter, write
from tests.domain.edge_cases.wishes import sign as climb
from tests.domain.offices import (
    ANALYST,
    BPPD,
    CLERK,
    DIVISION_HEAD,
    HEAD,
    OFFICES,
    OTHER_ANALYST,
    PPID,
    SECRETARY,
    SUBDIVISION_HEAD,
)
from tests.domain.words import KIP_17C, blacked_out, granted


def test_returned_at_tier_2_the_redraft_voids_the_initials_of_tier_1():
    matter = Matter()
    receive_letter(matter, "2026-04-06 09:00")
    matter.act(write(), ANALYST, "2026-04-07 09:00")
    matter.act(commands.Approve(draft=1), SUBDIVISION_HEAD, "2026-04-07 10:00")
    back = commands.ReturnForCorrection(draft=1, notes="tabel 2")
    matter.act(back, DIVISION_HEAD, "2026-04-07 11:00")
    matter.act(write(), ANALYST, "2026-04-08 09:00")
    assert matter.case.draft is not None
    assert (matter.case.draft.n, matter.case.draft.approvals) == (2, ())
    late = commands.Approve(draft=1)
    matter.refuses(errors.StaleDraftError, late, DIVISION_HEAD, "2026-04-08 10:00")
    said = matter.refuses(
        errors.NotTheNextTierError,
        commands.Approve(draft=2),
        DIVISION_HEAD,
        "2026-04-08 10:00",
    )
    assert said["tier"] == 1
    climb(matter, "2026-04-09 09:00", draft=2)
    assert matter.case.stage is Stage.APPROVED
    assert matter.history().count(events.Approved) == 4


def test_the_handler_replaced_while_a_draft_is_in_review_the_draft_stays():
    matter = Matter()
    receive_letter(matter, "2026-04-06 09:00")
    matter.act(write(), ANALYST, "2026-04-07 09:00")
    matter.act(commands.Approve(draft=1), SUBDIVISION_HEAD, "2026-04-07 10:00")
    before = matter.case.draft
    instead = commands.Dispose(to=OTHER_ANALYST)
    matter.act(instead, HEAD, "2026-04-08 09:00")
    assert (matter.case.stage, matter.case.assignee) == (
        Stage.IN_REVIEW,
        OTHER_ANALYST,
    )
    assert matter.case.draft == before
    matter.refuses(
        errors.NotTheAssignedOfficialError, write(), ANALYST, "2026-04-08 10:00"
    )
    back = commands.ReturnForCorrection(draft=1, notes="data 2025")
    matter.act(back, DIVISION_HEAD, "2026-04-08 11:00")
    matter.act(write(), OTHER_ANALYST, "2026-04-09 09:00")
    assert matter.case.draft is not None
    assert (matter.case.draft.n, matter.case.draft.by) == (2, OTHER_ANALYST)


def with_plh() -> Office:
    """The office while its head is away from the 6th to the 10th of April."""
    plh = StandIn(
        agency=BPPD,
        official=SECRETARY,
        acting_for=HEAD,
        capacity=Capacity.DAILY_ACTING,
        first=date(2026, 4, 6),
        last=date(2026, 4, 10),
        decree="SP 800/41/2026",
    )
    usual = OFFICES[BPPD]
    return replace(usual, directory=replace(usual.directory, stand_ins=(plh,)))


def test_the_head_absent_the_plh_signs_on_his_days_and_no_others():
    matter = Matter(stead=with_plh())
    matter.act(WHOLE_LETTER, CLERK, "2026-04-02 09:00")
    matter.act(commands.Dispose(to=ANALYST), HEAD, "2026-04-02 10:00")
    matter.act(write(), ANALYST, "2026-04-06 09:00")
    for superior in (SUBDIVISION_HEAD, DIVISION_HEAD):
        matter.act(commands.Approve(draft=1), superior, "2026-04-07 09:00")
    sign = commands.Approve(draft=1, capacity=Capacity.DAILY_ACTING, acting_for=HEAD)
    matter.refuses(errors.NotTheStandInError, sign, SECRETARY, "2026-04-11 00:00")
    matter.act(sign, SECRETARY, "2026-04-10 23:59")
    signature = matter.histories[next(iter(matter.cases))][-1]
    assert isinstance(signature, events.Approved)
    assert (signature.role, signature.final) == (Role.AGENCY_HEAD, True)
    assert (signature.capacity, signature.acting_for) == (Capacity.DAILY_ACTING, HEAD)
    matter.act(POST, CLERK, "2026-04-13 09:00")
    assert matter.case.hands >= {SECRETARY, HEAD}


def test_a_partial_grant_with_redaction_says_why_of_the_part_alone():
    matter = Matter()
    matter.act(replace(WHOLE_LETTER, items=2), CLERK, "2026-06-02 09:00")
    matter.act(commands.Dispose(to=ANALYST), HEAD, "2026-06-02 10:00")
    redacted = blacked_out(2, KIP_17C, "rencana pengamanan pos")
    answer = write(granted(1), redacted, kind=DraftKind.PARTIAL)
    said = matter.refuses(
        errors.ConsequenceTestMissingError, answer, ANALYST, "2026-06-03 09:00"
    )
    assert said == {"items": (2,)}
    weigh = commands.RecordConsequenceTest(
        items=(2,),
        act=KIP_17C,
        analysis="membuka rencana membahayakan pos",
        participants=(PPID,),
        part="bab IV",
    )
    matter.act(weigh, PPID, "2026-06-03 10:00")
    matter.act(answer, ANALYST, "2026-06-04 09:00")
    climb(matter, "2026-06-05 09:00")
    refusal = matter.histories[next(iter(matter.cases))][-1]
    assert isinstance(refusal, events.RefusedAsExempt)
    assert (refusal.items, refusal.legal_basis) == ((2,), (KIP_17C,))
    assert refusal.reason == "rencana pengamanan pos"
    matter.act(POST, CLERK, "2026-06-08 09:00")
    assert matter.case.outcome is Outcome.PARTIAL
    assert [item.outcome for item in matter.case.answers] == [
        Outcome.GRANTED,
        Outcome.PARTIAL,
    ]
