"""The PPID weighs what opening an item would do (uji konsekuensi)."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.papers import Exemption
from domain.refusing import TESTABLE
from domain.values import DraftKind, Stage
from tests.domain.offices import ANALYST, NOBODY, PPID, RETIRED, SECRETARY
from tests.domain.past import disposed, reopened, weighed
from tests.domain.receipts import lettered
from tests.domain.scenarios import MINUTE, MORNING, Given
from tests.domain.stages import LETTERS, REPORTS, VISITS, outside
from tests.domain.words import DOCUMENT, KIP_17C, refused

UNTIL_2031 = Exemption(1, date(2031, 1, 1))
WEIGH = commands.RecordConsequenceTest(
    items=(1,),
    act=KIP_17C,
    analysis="membahayakan pos",
    participants=(PPID, SECRETARY),
    until=date(2031, 1, 1),
)


def test_the_ppid_records_a_consequence_test():
    Given(lettered(), disposed()).when(WEIGH, by=PPID).then(
        events.ConsequenceTestRecorded(
            items=(1,),
            act=KIP_17C,
            analysis="membahayakan pos",
            participants=(PPID, SECRETARY),
            until=date(2031, 1, 1),
        )
    ).leaves(stage=Stage.DISPOSED, tested=(UNTIL_2031,))


def test_a_test_may_name_the_document_and_the_part_that_is_weighed():
    command = replace(WEIGH, document=DOCUMENT, part="lampiran 2")
    (fact,) = Given(lettered(), disposed()).when(command, by=PPID).facts
    assert isinstance(fact.event, events.ConsequenceTestRecorded)
    assert (fact.event.document, fact.event.part) == (DOCUMENT, "lampiran 2")


def test_tests_of_several_items_add_up():
    command = commands.RecordConsequenceTest(
        items=(2, 3), act=KIP_17C, analysis="-", participants=(PPID,)
    )
    Given(lettered(items=3), disposed(), weighed(1)).when(command, by=PPID).leaves(
        tested=(Exemption(1), Exemption(2), Exemption(3))
    )


def test_after_the_test_the_refusal_may_be_written():
    command = commands.Draft(kind=DraftKind.REFUSAL, items=(refused(),))
    given = Given(lettered(), disposed(), weighed())
    given.when(command, by=ANALYST).leaves(stage=Stage.DRAFTED)


def test_a_test_holds_in_a_reopened_case_too():
    history = LETTERS[Stage.DELIVERED]
    Given(*history, weighed(), reopened()).when(WEIGH, by=PPID).leaves(
        stage=Stage.DISPOSED, tested=(UNTIL_2031,)
    )


def test_a_test_is_dated_before_the_refusal_that_rests_on_it():
    weighed_at = MORNING + 2 * MINUTE
    given = Given(lettered(), disposed(), weighed())
    assert given.case is not None
    assert given.case.last_at == weighed_at
    command = commands.Draft(kind=DraftKind.REFUSAL, items=(refused(),))
    given.when(command, by=ANALYST, at=weighed_at - MINUTE).then_refused(
        errors.OutOfOrderError,
        occurred_at=weighed_at - MINUTE,
        not_before=weighed_at,
    )
    untested = Given(lettered(), disposed())
    untested.when(command, by=ANALYST).then_refused(
        errors.ConsequenceTestMissingError, items=(1,)
    )


def test_the_act_that_is_relied_on_stands_in_the_law():
    command = commands.RecordConsequenceTest(
        items=(1,), act="kip18.a", analysis="-", participants=(PPID,)
    )
    Given(lettered(), disposed()).when(command, by=PPID).then_refused(
        errors.UnknownLegalBasisError, legal_basis="kip18.a"
    )


@pytest.mark.parametrize("official", [NOBODY, RETIRED])
def test_participants_are_officials_in_office(official):
    command = commands.RecordConsequenceTest(
        items=(1,), act=KIP_17C, analysis="-", participants=(PPID, official)
    )
    Given(lettered(), disposed()).when(command, by=PPID).then_refused(
        errors.UnknownOfficialError, official=official
    )


def test_only_items_of_the_request_are_weighed():
    command = commands.RecordConsequenceTest(
        items=(1, 2), act=KIP_17C, analysis="-", participants=(PPID,)
    )
    Given(lettered(), disposed()).when(command, by=PPID).then_refused(
        errors.UnknownItemError, items=(2,)
    )


@pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)
def test_a_test_is_recorded_from_the_disposition_on(histories):
    for stage in histories:
        then = Given(*histories[stage]).when(WEIGH, by=PPID)
        if stage in outside(histories, *TESTABLE):
            then.then_refused(errors.WrongStageError, stage=stage, allowed=TESTABLE)
        else:
            then.leaves(stage=stage, tested=(UNTIL_2031,))
