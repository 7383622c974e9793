"""The assignee writes the answer, version after version (konsep)."""

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.case import DRAFTABLE
from domain.outcome import ItemOutcome
from domain.terms import ConsequenceTest, Strictness
from domain.values import Channel, DraftKind, Outcome, Role, Stage
from tests.domain.offices import (
    ANALYST,
    BPPD,
    DIVISION_HEAD,
    HEAD,
    OFFICES,
    OTHER_ANALYST,
    SECRETARY,
    SUBDIVISION_HEAD,
)
from tests.domain.past import disposed, drafted, initialled, returned, reviewed, weighed
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import Given
from tests.domain.stages import LETTERS, REPORTS, outside
from tests.domain.words import (
    CHAIN,
    DOCUMENT,
    TOLD,
    blacked_out,
    granted,
    not_documented,
    not_held,
    refused,
)

PARTLY = ItemOutcome(n=1, outcome=Outcome.PARTIAL)


def write(*items: ItemOutcome, kind: DraftKind = DraftKind.ANSWER) -> commands.Draft:
    return commands.Draft(kind=kind, items=items or (granted(),), document=DOCUMENT)


def test_the_assignee_writes_the_first_version():
    command = commands.Draft(
        kind=DraftKind.ANSWER, items=(granted(),), document=DOCUMENT, text=TOLD
    )
    then = Given(lettered(), disposed()).when(command, by=ANALYST)
    then.then(
        events.Drafted(
            n=1,
            kind=DraftKind.ANSWER,
            items=(granted(),),
            tiers=CHAIN,
            unit="batas/lintas",
            document=DOCUMENT,
            text=TOLD,
        )
    ).leaves(stage=Stage.DRAFTED, outcome=None)
    assert then.case.draft is not None
    assert then.case.draft.next_tier == 1


@pytest.mark.parametrize(
    "history",
    [(drafted(),), (drafted(), initialled()), (drafted(), initialled(), returned())],
    ids=["at-once", "in-review", "returned"],
)
def test_a_new_version_voids_the_initials_of_the_last_one(history):
    then = Given(lettered(), disposed(), *history).when(write(), by=ANALYST)
    draft = then.leaves(stage=Stage.DRAFTED).case.draft
    assert draft is not None
    assert (draft.n, draft.approvals, draft.next_tier) == (2, (), 1)


@pytest.mark.parametrize(
    ("drafter", "tiers"),
    [
        (ANALYST, CHAIN),
        (SUBDIVISION_HEAD, CHAIN[1:]),
        (DIVISION_HEAD, CHAIN[2:]),
        (SECRETARY, CHAIN[2:]),
        (HEAD, CHAIN[2:]),
    ],
)
def test_the_tiers_are_those_above_the_drafter_up_to_the_signer(drafter, tiers):
    then = Given(lettered(), disposed(to=drafter)).when(write(), by=drafter)
    draft = then.case.draft
    assert draft is not None
    assert draft.tiers == tiers


def test_the_tiers_of_a_draft_are_kept_when_the_standard_changes():
    bppd = OFFICES[BPPD]
    flat = replace(bppd.standard, approval_chain=((Role.AGENCY_HEAD,),))
    given = Given(
        lettered(), disposed(), drafted(), office=replace(bppd, standard=flat)
    )
    given.when(commands.Approve(draft=1), by=SUBDIVISION_HEAD).leaves(
        stage=Stage.IN_REVIEW
    )


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        (DraftKind.ANSWER, (granted(1), granted(2))),
        (DraftKind.COVER, (granted(1), granted(2))),
        (DraftKind.ANSWER, (granted(1), not_held(2))),
        (DraftKind.REFUSAL, (refused(1), refused(2))),
        (DraftKind.REFUSAL, (refused(1), not_held(2))),
        (DraftKind.PARTIAL, (granted(1), refused(2))),
        (DraftKind.PARTIAL, (PARTLY, granted(2))),
        (DraftKind.PARTIAL, (blacked_out(1), granted(2))),
        (DraftKind.ANSWER, (PARTLY, granted(2))),
        (DraftKind.PARTIAL, (granted(1), not_documented(2))),
        (DraftKind.NOT_HELD, (not_held(1), not_documented(2))),
        (DraftKind.NOT_DOCUMENTED, (not_documented(1), not_documented(2))),
    ],
)
def test_a_letter_of_each_kind_says_what_its_kind_can_say(kind, items):
    given = Given(lettered(items=2), disposed(), weighed(1, 2))
    given.when(write(*items, kind=kind), by=ANALYST).leaves(stage=Stage.DRAFTED)


@pytest.mark.parametrize(
    ("kind", "items"),
    [
        (DraftKind.ANSWER, (granted(1), refused(2))),
        (DraftKind.COVER, (refused(1), refused(2))),
        (DraftKind.ANSWER, (granted(1), blacked_out(2))),
        (DraftKind.COVER, (blacked_out(1), granted(2))),
        (DraftKind.REFUSAL, (refused(1), blacked_out(2))),
        (DraftKind.REFUSAL, (granted(1), refused(2))),
        (DraftKind.REFUSAL, (not_held(1), not_documented(2))),
        (DraftKind.PARTIAL, (granted(1), granted(2))),
        (DraftKind.PARTIAL, (refused(1), not_held(2))),
        (DraftKind.NOT_HELD, (granted(1), not_held(2))),
        (DraftKind.NOT_HELD, (refused(1), not_held(2))),
        (DraftKind.NOT_HELD, (not_documented(1), not_documented(2))),
        (DraftKind.NOT_DOCUMENTED, (not_held(1), not_held(2))),
        (DraftKind.NOT_DOCUMENTED, (refused(1), not_documented(2))),
        (DraftKind.NOT_DOCUMENTED, (granted(1), not_documented(2))),
    ],
)
def test_a_letter_does_not_say_what_its_kind_denies(kind, items):
    given = Given(lettered(items=2), disposed(), weighed(1, 2))
    given.when(write(*items, kind=kind), by=ANALYST).then_refused(
        errors.DraftKindMismatchError,
        kind=kind,
        outcomes=tuple(sorted({item.outcome for item in items})),
    )


@pytest.mark.parametrize(
    "bare",
    [
        ItemOutcome(n=2, outcome=Outcome.REFUSED_AS_EXEMPT),
        refused(2, reason=" \n"),
        replace(refused(2), reason=None),
        replace(refused(2), legal_basis=()),
    ],
    ids=["nothing", "blank-reason", "no-reason", "no-legal-basis"],
)
def test_a_refusal_cannot_be_written_without_reason_and_legal_basis(bare):
    given = Given(lettered(items=2), disposed(), weighed(1, 2))
    command = write(granted(1), bare, kind=DraftKind.PARTIAL)
    given.when(command, by=ANALYST).then_refused(errors.GroundsMissingError, items=(2,))


def test_a_legal_basis_stands_in_the_law():
    command = write(refused(basis="kip17.z"), kind=DraftKind.REFUSAL)
    Given(lettered(), disposed(), weighed()).when(command, by=ANALYST).then_refused(
        errors.UnknownLegalBasisError, legal_basis="kip17.z"
    )


def test_a_written_refusal_needs_a_consequence_test_of_every_refused_item():
    given = Given(lettered(items=3), disposed(), weighed(2))
    command = write(refused(1), refused(2), granted(3), kind=DraftKind.PARTIAL)
    given.when(command, by=ANALYST).then_refused(
        errors.ConsequenceTestMissingError, items=(1,)
    )


def test_withholding_a_part_needs_a_consequence_test_too():
    given = Given(lettered(items=3), disposed(), weighed(2))
    command = write(blacked_out(1), blacked_out(2), granted(3), kind=DraftKind.PARTIAL)
    given.when(command, by=ANALYST).then_refused(
        errors.ConsequenceTestMissingError, items=(1,)
    )


def test_a_part_given_without_a_legal_basis_withholds_nothing():
    given = Given(lettered(), disposed())
    for kind in (DraftKind.PARTIAL, DraftKind.ANSWER):
        given.when(write(PARTLY, kind=kind), by=ANALYST).leaves(stage=Stage.DRAFTED)


def test_an_office_may_let_a_missing_test_pass():
    bppd = OFFICES[BPPD]
    lenient = ConsequenceTest(
        in_writing=Strictness.WARNING, at_the_counter=Strictness.WARNING
    )
    standard = replace(bppd.standard, consequence_test=lenient)
    given = Given(lettered(), disposed(), office=replace(bppd, standard=standard))
    given.when(write(refused(), kind=DraftKind.REFUSAL), by=ANALYST).leaves(
        stage=Stage.DRAFTED
    )


def test_every_item_has_an_outcome():
    given = Given(lettered(items=3), disposed())
    given.when(write(granted(2)), by=ANALYST).then_refused(
        errors.ItemWithoutOutcomeError, items=(1, 3)
    )


@pytest.mark.parametrize(
    ("items", "strange"),
    [
        ((granted(1), granted(2)), (2,)),
        ((granted(0), granted(1)), (0,)),
        ((granted(1), granted(1)), (1, 1)),
    ],
)
def test_an_answer_names_the_request_s_items_once(items, strange):
    Given(lettered(), disposed()).when(write(*items), by=ANALYST).then_refused(
        errors.UnknownItemError, items=strange
    )


@pytest.mark.parametrize("official", [OTHER_ANALYST, SUBDIVISION_HEAD, HEAD])
def test_nobody_but_the_assignee_drafts(official):
    Given(lettered(), disposed()).when(write(), by=official).then_refused(
        errors.NotTheAssignedOfficialError
    )


def test_a_visitor_is_answered_at_once_and_not_by_draft():
    Given(visited()).when(write(), by=ANALYST).then_refused(
        errors.WrongChannelError,
        channel=Channel.FACE_TO_FACE,
        allowed=(Channel.LETTER, Channel.SP4N_LAPOR),
    )


def test_a_report_is_answered_by_draft_too():
    given = Given(reported(), reviewed(), disposed())
    given.when(write(), by=ANALYST).leaves(stage=Stage.DRAFTED)


@pytest.mark.parametrize("histories", [LETTERS, REPORTS], ids=["letter", "report"])
def test_nothing_is_drafted_before_the_disposition_or_after_the_final_approval(
    histories,
):
    for stage in outside(histories, *DRAFTABLE):
        Given(*histories[stage]).when(write(), by=ANALYST).then_refused(
            errors.WrongStageError, stage=stage, allowed=DRAFTABLE
        )
