"""An incomplete request: what is missing is asked for, and comes (kelengkapan)."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.due import Due
from domain.values import Clock, ClockState, DayKind, Requirement, Stage
from tests.domain.offices import BPPD, CLERK, LIAISON, OFFICES
from tests.domain.past import asked
from tests.domain.receipts import lettered, reported
from tests.domain.scenarios import Given, Happened, wita
from tests.domain.stages import LETTERS, REPORTS, VISITS, outside
from tests.domain.watch import states
from tests.domain.words import IDENTITY

COPY = Requirement.IDENTITY_COPY
INSTITUTION = Requirement.INSTITUTION_IDENTITY
PHONE = Requirement.PHONE
NAME = Requirement.NAME
ADDRESS = Requirement.ADDRESS
ANY_OF = (COPY, PHONE, INSTITUTION)
BARE_LETTER = lettered(missing=ANY_OF)
ASKED_AT = wita("2026-02-11 10:00")
CAME_AT = wita("2026-02-16 09:00")


def ask(*missing: Requirement, reply_by=date(2026, 2, 13)):
    return commands.RequestCompletion(
        missing=missing, reply_by=reply_by, medium="telepon"
    )


def bring(*brought: Requirement, identity=None):
    return commands.ReceiveCompletion(received=frozenset(brought), identity=identity)


def bare_report():
    """A report that tells neither name nor address."""
    told = reported()
    assert isinstance(told.event, events.Received)
    bare = replace(told.event, has=(), missing=(NAME, ADDRESS))
    return replace(told, event=bare)


def test_the_requester_is_asked_for_what_is_missing_until_a_day():
    due = Due(
        clock=Clock.COMPLETION,
        day_kind=DayKind.CALENDAR,
        starts_at=ASKED_AT,
        due_on=date(2026, 2, 13),
        due_at=wita("2026-02-14 00:00"),
        calendar_edition=OFFICES[BPPD].calendar.edition,
        length=2,
    )
    Given(BARE_LETTER).when(ask(COPY), by=CLERK, at=ASKED_AT).then(
        events.CompletionRequested(
            missing=(COPY,),
            reply_by=date(2026, 2, 13),
            medium="telepon",
            due=(due,),
        )
    ).leaves(stage=Stage.INCOMPLETE, missing=(COPY,))


def test_the_day_told_to_the_requester_is_not_moved_by_holidays():
    # The seventeenth of February is a holiday (Imlek).
    asked_for = ask(COPY, reply_by=date(2026, 2, 17))
    case = Given(BARE_LETTER).when(asked_for, by=CLERK, at=ASKED_AT).case
    clock = case.clock(Clock.COMPLETION)
    assert clock is not None
    assert clock.due.due_at == wita("2026-02-18 00:00")


def test_the_day_of_the_letter_itself_may_be_the_last():
    asked_for = ask(COPY, reply_by=ASKED_AT.date())
    case = Given(BARE_LETTER).when(asked_for, by=CLERK, at=ASKED_AT).case
    assert states(case, wita("2026-02-11 23:59"))[Clock.COMPLETION] is (
        ClockState.RUNNING
    )


def test_nobody_is_asked_for_an_answer_by_yesterday():
    yesterday = date(2026, 2, 10)
    # It is still yesterday in Greenwich.
    early = wita("2026-02-11 07:00")
    asked_for = ask(COPY, reply_by=yesterday)
    Given(BARE_LETTER).when(asked_for, by=CLERK, at=early).then_refused(
        errors.ReplyByPassedError, reply_by=yesterday
    )


def test_asking_again_gives_a_new_day():
    given = Given(BARE_LETTER, asked(COPY))
    later = ask(COPY, PHONE, reply_by=date(2026, 2, 20))
    case = given.when(later, by=CLERK, at=wita("2026-02-17 08:00")).case
    clocks = [one for one in case.clocks if one.due.clock is Clock.COMPLETION]
    assert [clock.due.due_on for clock in clocks] == [date(2026, 2, 20)]
    assert case.missing == (COPY, PHONE)


@pytest.mark.parametrize("command", [ask(PHONE), bring(PHONE)], ids=["ask", "bring"])
@pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)
def test_only_an_incomplete_request_is_completed(histories, command):
    for stage in outside(histories, Stage.INCOMPLETE):
        Given(*histories[stage]).when(command, by=CLERK).then_refused(
            errors.WrongStageError, stage=stage, allowed=(Stage.INCOMPLETE,)
        )


def test_with_what_was_missing_the_request_is_received_and_the_statute_begins_anew():
    given = Given(BARE_LETTER, asked(COPY))
    assert given.case is not None
    then = given.when(bring(COPY), by=CLERK, at=wita("2026-02-13 09:00"))
    statute = then.case.clock(Clock.STATUTE)
    assert statute is not None
    then.then(events.CompletionReceived(received=(COPY,), due=(statute.due,)))
    then.leaves(stage=Stage.RECEIVED, missing=(), has=frozenset({COPY}))
    # Ten working days from Friday the thirteenth; Imlek and collective leave are free.
    assert statute.due.due_on == date(2026, 3, 3)
    assert then.case.clock(Clock.STANDARD) == given.case.clock(Clock.STANDARD)
    seen = states(then.case, wita("2026-02-13 09:00"))
    assert seen[Clock.COMPLETION] is ClockState.MET


def test_what_comes_after_the_day_still_completes_the_request():
    given = Given(BARE_LETTER, asked(COPY))
    case = given.when(bring(COPY), by=CLERK, at=CAME_AT).case
    assert case.stage is Stage.RECEIVED
    assert states(case, CAME_AT)[Clock.COMPLETION] is ClockState.MISSED


def test_another_of_the_alternatives_will_do():
    given = Given(BARE_LETTER, asked(COPY, INSTITUTION))
    given.when(bring(PHONE), by=CLERK).leaves(stage=Stage.RECEIVED, missing=())


def test_while_something_is_missing_the_request_stays_incomplete():
    then = Given(bare_report(), asked(NAME, ADDRESS)).when(bring(NAME), by=LIAISON)
    then.then(events.CompletionReceived(received=(NAME,), missing=(ADDRESS,)))
    then.leaves(stage=Stage.INCOMPLETE, missing=(ADDRESS,), has=frozenset({NAME}))
    assert states(then.case, then.act.occurred_at)[Clock.COMPLETION] is (
        ClockState.RUNNING
    )


def test_what_came_before_counts_when_the_rest_comes():
    part = events.CompletionReceived(received=(NAME,), missing=(ADDRESS,))
    history = (bare_report(), asked(NAME, ADDRESS), Happened(part, by=LIAISON))
    Given(*history).when(bring(ADDRESS), by=LIAISON).leaves(
        stage=Stage.RECEIVED, has=frozenset({NAME, ADDRESS})
    )


def test_a_request_may_be_completed_before_anybody_asks():
    case = Given(BARE_LETTER).when(bring(PHONE), by=CLERK).case
    assert case.stage is Stage.RECEIVED
    assert case.clock(Clock.COMPLETION) is None


def test_what_the_requester_says_of_himself_is_told_by_its_digest():
    then = Given(BARE_LETTER).when(bring(PHONE, identity=IDENTITY), by=CLERK)
    (fact,) = then.facts
    assert isinstance(fact.event, events.CompletionReceived)
    assert fact.event.identity == IDENTITY


@pytest.mark.parametrize(
    ("restarts", "begun"),
    [
        ((), set()),
        ((Clock.STANDARD, Clock.STATUTE), {Clock.STANDARD, Clock.STATUTE}),
    ],
    ids=["none", "both"],
)
def test_the_standard_says_which_clocks_begin_anew(restarts, begun):
    usual = OFFICES[BPPD]
    letters = usual.standard.channels.letter
    assert letters is not None
    channels = replace(
        usual.standard.channels,
        letter=replace(letters, restarts_at_completion=restarts),
    )
    office = replace(usual, standard=replace(usual.standard, channels=channels))
    then = Given(BARE_LETTER, office=office).when(bring(PHONE), by=CLERK, at=CAME_AT)
    (fact,) = then.facts
    assert isinstance(fact.event, events.CompletionReceived)
    assert {due.clock for due in fact.event.due} == begun
    assert {due.starts_at for due in fact.event.due} <= {CAME_AT}
