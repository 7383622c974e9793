"""A superior sends a draft back to its drafter (dikembalikan)."""

import pytest

from domain import commands, errors, events
from domain.approving import REVIEWABLE
from domain.values import Capacity, Stage
from tests.domain.offices import (
    ANALYST,
    DIVISION_HEAD,
    HEAD,
    OTHER_SUBDIVISION_HEAD,
    SUBDIVISION_HEAD,
)
from tests.domain.past import disposed, drafted, initialled
from tests.domain.receipts import lettered
from tests.domain.scenarios import Given
from tests.domain.stages import LETTERS, REPORTS, outside
from tests.domain.words import CHAIN

CORRECT = commands.ReturnForCorrection(draft=1, notes="perbaiki tabel")
LETTER = (lettered(), disposed(), drafted())


@pytest.mark.parametrize(
    ("history", "by", "tier"),
    [
        (LETTER, SUBDIVISION_HEAD, 1),
        ((*LETTER, initialled(1)), DIVISION_HEAD, 2),
        ((*LETTER, initialled(1), initialled(2)), HEAD, 3),
    ],
)
def test_the_next_tier_sends_the_draft_back(history, by, tier):
    Given(*history).when(CORRECT, by=by).then(
        events.ReturnedForCorrection(draft=1, tier=tier, notes="perbaiki tabel")
    ).leaves(stage=Stage.RETURNED, assignee=ANALYST)


@pytest.mark.parametrize("by", [DIVISION_HEAD, HEAD, OTHER_SUBDIVISION_HEAD])
def test_nobody_but_the_next_tier_sends_it_back(by):
    Given(*LETTER).when(CORRECT, by=by).then_refused(
        errors.NotTheNextTierError, tier=1, capacity=Capacity.OWN
    )


def test_a_drafter_does_not_correct_himself():
    written = drafted(by=SUBDIVISION_HEAD, tiers=CHAIN[1:])
    given = Given(lettered(), disposed(to=SUBDIVISION_HEAD), written)
    given.when(CORRECT, by=SUBDIVISION_HEAD).then_refused(errors.ApproverIsDrafterError)


def test_a_newer_version_is_corrected_and_not_the_old_one():
    given = Given(lettered(), disposed(), drafted(), drafted(n=2))
    given.when(CORRECT, by=SUBDIVISION_HEAD).then_refused(
        errors.StaleDraftError, draft=1, current=2
    )


@pytest.mark.parametrize("histories", [LETTERS, REPORTS], ids=["letter", "report"])
def test_only_a_draft_under_review_is_sent_back(histories):
    for stage in outside(histories, *REVIEWABLE):
        Given(*histories[stage]).when(CORRECT, by=SUBDIVISION_HEAD).then_refused(
            errors.WrongStageError, stage=stage, allowed=REVIEWABLE
        )
