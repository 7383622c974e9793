"""A fact that was entered wrongly is superseded; clocks and verdicts follow (ralat)."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.calendar import Holiday, HolidayKind
from domain.case import Case
from domain.corrected import written
from domain.evolution import evolve
from domain.facts import By
from domain.office import Office
from domain.restarting import restarted
from domain.values import (
    Channel,
    Clock,
    ClockState,
    CorrectableFact,
    DeliveryMeans,
    LaporMedium,
    Role,
    Stage,
)
from tests.domain.late import acted, decided
from tests.domain.offices import BIRO, BPPD, CLERK, HEAD, LIAISON, OFFICES, SEKDA
from tests.domain.past import (
    approved,
    card_returned,
    closed,
    delivered,
    directed,
    disposed,
    reopened,
    reviewed,
)
from tests.domain.receipts import lettered, received, reported, visited
from tests.domain.resting import recomputed
from tests.domain.scenarios import MINUTE, Given, Happened, wita
from tests.domain.watch import running, states

OCCURRED_AT = CorrectableFact.OCCURRED_AT
NUMBER = CorrectableFact.LETTER_NUMBER
STANDARD, STATUTE = Clock.STANDARD, Clock.STATUTE
TODAY = wita("2026-03-02 09:00")
WRONG = wita("2026-02-10 10:00")
RIGHT = wita("2026-02-06 10:00")
"""A Friday: the standard ends on the 13th, the statute on the 24th."""


def correct(
    value, version: int = 1, fact: CorrectableFact = OCCURRED_AT
) -> commands.CorrectFact:
    said = value if value is None or isinstance(value, str) else written(value)
    return commands.CorrectFact(version=version, fact=fact, value=said, reason="keliru")


def given(*happened: Happened | tuple[Happened, ...]) -> Case:
    case = Given(*happened).case
    assert case is not None
    return case


def assigned(at: datetime) -> Happened:
    """The head assigned an official then."""
    return Happened(disposed().event, by=HEAD, at=at)


def due_on(case: Case) -> tuple[date, date]:
    return running(case, STANDARD).due.due_on, running(case, STATUTE).due.due_on


def test_clocks_follow_the_day_on_which_the_letter_really_came():
    before = given(lettered(at=WRONG), disposed())
    after = acted(before, correct(RIGHT), TODAY)
    right = given(lettered(at=RIGHT), assigned(WRONG))

    assert due_on(before) == (date(2026, 2, 17), date(2026, 2, 26))
    assert due_on(after) == (date(2026, 2, 13), date(2026, 2, 24))
    assert after.clocks == right.clocks
    assert after.times[0] == RIGHT
    assert after.last_at == TODAY


def test_the_correction_says_what_stood_before_and_what_follows():
    case = given(lettered(at=WRONG), disposed())
    event = decided(case, correct(RIGHT), TODAY)
    assert event == events.FactCorrected(
        version=1,
        fact=OCCURRED_AT,
        value="2026-02-06T02:00:00+00:00",
        before="2026-02-10T02:00:00+00:00",
        reason="keliru",
        of=1,
        due=tuple(clock.due for clock in given(lettered(at=RIGHT)).clocks),
    )


def test_a_verdict_is_told_anew_by_the_day_that_was_right():
    on_time = wita("2026-02-17 09:00")
    case = given(lettered(at=WRONG), disposed(), approved(), delivered(at=on_time))
    assert states(case, TODAY)[STANDARD] is ClockState.MET

    late = acted(case, correct(RIGHT), TODAY)
    assert states(late, TODAY)[STANDARD] is ClockState.MISSED
    assert states(late, TODAY)[STATUTE] is ClockState.MET
    assert late.stage is Stage.DELIVERED

    again = acted(late, correct(WRONG, version=case.next_version), TODAY)
    assert states(again, TODAY)[STANDARD] is ClockState.MET


def test_the_time_of_the_answer_meets_the_clocks_and_starts_the_objection():
    told, really = wita("2026-02-18 09:00"), wita("2026-02-17 09:00")
    case = given(lettered(at=WRONG), disposed(), approved(), _posted(told))
    version = case.next_version - 1
    event = decided(case, correct(really, version), TODAY)
    assert isinstance(event, events.FactCorrected)
    assert [due.clock for due in event.due] == [Clock.OBJECTION]

    after = acted(case, correct(really, version), TODAY)
    right = given(lettered(at=WRONG), disposed(), approved(), _posted(really))
    assert states(case, TODAY)[STANDARD] is ClockState.MISSED
    assert states(after, TODAY)[STANDARD] is ClockState.MET
    assert after.clocks == right.clocks


def _posted(at) -> Happened:
    """An answer as it is decided, with the clocks it starts."""
    ready = Given(lettered(at=WRONG), disposed(), approved())
    command = commands.Deliver(how=DeliveryMeans.POST)
    (fact,) = ready.when(command, by=CLERK, at=at).facts
    assert isinstance(fact.event, events.Delivered)
    return Happened(fact.event, by=CLERK, at=at)


def test_a_second_answer_moves_the_objection_and_not_what_the_first_one_met():
    first, second = wita("2026-02-17 09:00"), wita("2026-02-24 09:00")
    case = given(
        lettered(at=WRONG),
        disposed(),
        approved(),
        _posted(first),
        reopened(),
        approved(),
        _posted(second),
    )
    really = second - timedelta(days=1)
    after = acted(case, correct(really, case.next_version - 1), TODAY)
    assert running(after, STATUTE).met_at == first
    assert running(after, Clock.OBJECTION).due.starts_at == really
    answer = case.answered_in[0]
    earlier = acted(after, correct(first - timedelta(hours=1), answer), TODAY)
    assert running(earlier, STATUTE).met_at == first - timedelta(hours=1)
    assert running(earlier, Clock.OBJECTION).due.starts_at == really


def test_a_refusal_at_the_counter_that_was_said_earlier_is_met_earlier():
    said = WRONG + 10 * MINUTE
    come = (visited(at=WRONG), directed())
    refuse = commands.RefuseAtCounter(legal_basis=("kip17.c",), reason="rahasia")
    (fact,) = Given(*come).when(refuse, by="analis-batas", at=said).facts
    assert isinstance(fact.event, events.RefusedAsExempt)
    case = given(*come, Happened(fact.event, by="analis-batas", at=said))
    really = said - 5 * MINUTE
    after = acted(case, correct(really, 3), TODAY)
    assert running(after, STANDARD).met_at == really
    assert running(after, Clock.OBJECTION).due.starts_at == really


def test_the_regional_secretary_s_receipt_starts_the_statute_of_the_biro():
    letter = events.LetterReceipt(
        addressee=Role.REGIONAL_SECRETARY,
        dated=date(2026, 2, 2),
        received_by_regional_secretary_at=wita("2026-02-05 10:00"),
    )
    event = received(Channel.LETTER, WRONG, BIRO, letter=letter)
    came = Given(Happened(event, by=CLERK, at=WRONG))
    fact = CorrectableFact.RECEIVED_BY_REGIONAL_SECRETARY_AT

    def after(value):
        return came.when(correct(value, fact=fact), by=SEKDA, at=TODAY).case

    held = wita("2026-02-03 10:00")
    assert running(after(held), STATUTE).due.starts_at == held
    assert running(after(held), STANDARD) == running(came.case, STANDARD)
    assert running(after(None), STATUTE).due.starts_at == WRONG
    assert after(None).letter.received_by_regional_secretary_at is None


def test_the_submission_starts_both_clocks_of_a_report():
    case = given(reported(at=WRONG), reviewed())
    submitted_at = wita("2026-02-05 23:40")
    fact = CorrectableFact.SUBMITTED_AT
    after = acted(case, correct(submitted_at, fact=fact), TODAY)
    assert {clock.due.starts_at for clock in after.clocks} == {submitted_at}
    assert due_on(after) == (date(2026, 2, 13), date(2026, 2, 23))


def test_numbers_and_forwarding_move_no_clock():
    for case, fact, value in (
        (given(lettered(at=WRONG)), NUMBER, "12/2026"),
        (given(lettered(at=WRONG)), CorrectableFact.AGENDA_NUMBER, None),
        (given(lettered(at=WRONG)), CorrectableFact.LETTER_DATE, "2026-02-02"),
        (given(reported(at=WRONG)), CorrectableFact.FORWARDED_AT, WRONG),
    ):
        after = acted(case, correct(value, fact=fact), TODAY)
        assert after.clocks == case.clocks
    assert acted(
        given(lettered(at=WRONG)), correct("12/2026", fact=NUMBER), TODAY
    ).letter == events.LetterReceipt(number="12/2026", addressee=Role.AGENCY_HEAD)


def test_pauses_and_the_extension_stay_with_the_clocks_that_are_counted_anew():
    def story(came):
        case = given(lettered(at=came), assigned(WRONG + MINUTE))
        at = WRONG + 2 * MINUTE
        rest = commands.Pause(
            ground="-", first=date(2026, 2, 12), until=date(2026, 2, 13)
        )
        longer = commands.Extend(working_days=3, reason="-", notice_sent_at=at)
        return acted(acted(case, rest, at), longer, at)

    after = acted(story(WRONG), correct(RIGHT), TODAY)
    assert after.clocks == story(RIGHT).clocks


def test_a_clock_that_was_missed_by_a_wrong_day_is_met_by_the_right_one():
    answered = delivered(at=wita("2026-02-26 09:00"))
    case = given(lettered(at=RIGHT), assigned(WRONG + MINUTE), approved(), answered)
    assert states(case, TODAY)[STATUTE] is ClockState.MISSED
    after = acted(case, correct(WRONG), TODAY)
    assert states(after, TODAY)[STATUTE] is ClockState.MET


def test_a_correction_is_corrected_by_its_own_version():
    case = acted(given(lettered(at=WRONG), disposed()), correct(RIGHT), TODAY)
    with pytest.raises(errors.FactSupersededError) as refusal:
        acted(case, correct(WRONG), TODAY)
    assert refusal.value.facts() == {"version": 3, "fact": OCCURRED_AT}

    again = acted(case, correct(WRONG, version=3), TODAY)
    assert again.times[0] == WRONG
    event = decided(case, correct(WRONG, version=3), TODAY)
    assert isinstance(event, events.FactCorrected)
    assert (event.version, event.of) == (3, 1)
    assert event.before == written(RIGHT)
    for version in (1, 3):
        with pytest.raises(errors.FactSupersededError) as refusal:
            acted(again, correct(RIGHT, version=version), TODAY)
        assert refusal.value.facts()["version"] == 4


def test_another_fact_of_the_same_entry_was_not_corrected():
    case = acted(given(lettered(at=WRONG)), correct(RIGHT), TODAY)
    letter = acted(case, correct("7", fact=NUMBER), TODAY).letter
    assert letter is not None
    assert letter.number == "7"


@pytest.mark.parametrize(
    ("version", "fact"),
    [
        (1, CorrectableFact.SUBMITTED_AT),
        (1, CorrectableFact.FORWARDED_AT),
        (2, NUMBER),
        (3, OCCURRED_AT),
        (3, CorrectableFact.LETTER_DATE),
    ],
)
def test_an_entry_tells_no_fact_that_is_not_its_own(version, fact):
    case = acted(
        given(lettered(at=WRONG), disposed()), correct("7", fact=NUMBER), TODAY
    )
    with pytest.raises(errors.NoSuchFactError) as refusal:
        acted(case, correct(WRONG, version=version, fact=fact), TODAY)
    assert refusal.value.facts() == {"version": version, "fact": fact}


@pytest.mark.parametrize("version", [0, 3, 99])
def test_an_entry_that_is_not_there_tells_nothing(version):
    Given(lettered(), disposed()).when(correct(RIGHT, version), by=HEAD).then_refused(
        errors.UnknownVersionError, version=version, last=2
    )


def test_time_runs_backwards_in_no_corrected_history():
    case = given(lettered(at=WRONG), assigned(WRONG + timedelta(days=1)), closed())
    after_disposition = WRONG + timedelta(days=1, seconds=1)
    for version, at in (
        (1, after_disposition),
        (2, WRONG - MINUTE),
        (3, WRONG + timedelta(hours=23)),
        (3, TODAY + MINUTE),
    ):
        with pytest.raises(errors.OutOfOrderError):
            acted(case, correct(at, version), TODAY)
    assert acted(case, correct(TODAY, 3), TODAY).times[2] == TODAY


def test_neighbours_are_where_they_were_corrected_to():
    case = given(lettered(at=WRONG), assigned(WRONG + timedelta(days=1)))
    moved = acted(case, correct(WRONG + timedelta(days=3), 2), TODAY)
    later = WRONG + timedelta(days=2)
    assert acted(moved, correct(later), TODAY).times[0] == later


def test_paper_is_written_held_and_received_in_this_order():
    letter = events.LetterReceipt(
        addressee=Role.AGENCY_HEAD,
        dated=date(2026, 2, 4),
        received_by_regional_secretary_at=wita("2026-02-05 10:00"),
    )
    event = received(Channel.LETTER, WRONG, letter=letter)
    case = given(Happened(event, by=CLERK, at=WRONG))
    held = CorrectableFact.RECEIVED_BY_REGIONAL_SECRETARY_AT
    for value, fact in (
        ("2026-02-06", CorrectableFact.LETTER_DATE),
        (wita("2026-02-03 23:59"), held),
        (WRONG + MINUTE, held),
        (wita("2026-02-05 09:59"), OCCURRED_AT),
    ):
        with pytest.raises(errors.OutOfOrderError):
            acted(case, correct(value, fact=fact), TODAY)
    midnight = wita("2026-02-04 00:00")
    assert acted(case, correct(midnight, fact=held), TODAY).letter != case.letter


def test_a_report_is_submitted_forwarded_and_received_in_this_order():
    lapor = events.LaporReceipt(
        tracking_id="1",
        medium=LaporMedium.WEB,
        submitted_at=wita("2026-02-05 10:00"),
        forwarded_at=wita("2026-02-06 10:00"),
    )
    event = received(Channel.SP4N_LAPOR, WRONG, lapor=lapor)
    case = given(Happened(event, by=LIAISON, at=WRONG))
    for value, fact in (
        (wita("2026-02-06 10:01"), CorrectableFact.SUBMITTED_AT),
        (wita("2026-02-05 09:59"), CorrectableFact.FORWARDED_AT),
        (WRONG + MINUTE, CorrectableFact.FORWARDED_AT),
        (wita("2026-02-06 09:59"), OCCURRED_AT),
    ):
        with pytest.raises(errors.OutOfOrderError):
            acted(case, correct(value, fact=fact), TODAY)


def test_only_the_head_whose_affair_it_is_corrects():
    Given(lettered()).when(correct(RIGHT), by=SEKDA).then_refused(
        errors.NotAddressedToYouError
    )


def test_what_has_ended_can_be_corrected_and_stays_ended():
    left_at = wita("2026-02-12 09:00")
    gone = Happened(events.Withdrawn(how="surat"), by=CLERK, at=left_at)
    case = given(lettered(at=WRONG), gone)
    after = acted(case, correct(RIGHT), TODAY)
    assert after.stage is Stage.WITHDRAWN
    assert {clock.stopped_at for clock in after.clocks} == {left_at}
    earlier = acted(case, correct(left_at - MINUTE, 2), TODAY)
    assert {clock.stopped_at for clock in earlier.clocks} == {left_at - MINUTE}


def test_the_card_and_the_signatures_bear_the_right_times():
    visit = given(visited(card="ktp", at=WRONG), directed(), card_returned())
    later = WRONG + timedelta(hours=1)
    after = acted(acted(visit, correct(later, 4), TODAY), correct(WRONG, 2), TODAY)
    assert after.id_card is not None
    assert (after.id_card.deposited_at, after.id_card.returned_at) == (WRONG, later)
    letter = given(lettered(at=WRONG), disposed(), approved())
    signed = acted(letter, correct(later, 6), TODAY)
    assert signed.draft is not None
    assert letter.draft is not None
    assert signed.draft.approvals[-1].at == later
    assert signed.draft.approvals[0] == letter.draft.approvals[0]


def test_an_announcement_goes_with_the_fact_before_it_and_bars_no_correction():
    case = given(lettered(at=RIGHT))
    announced = recomputed(case, RIGHT, OFFICES[BPPD].calendar)
    case = given(lettered(at=RIGHT), announced, assigned(WRONG + MINUTE))
    after = acted(case, correct(WRONG), TODAY)
    assert after.times[:3] == (WRONG, WRONG, WRONG + MINUTE)
    assert after.clocks == given(lettered(at=WRONG)).clocks
    with pytest.raises(errors.OutOfOrderError):
        acted(case, correct(WRONG + 2 * MINUTE), TODAY)


DAY = date(2026, 2, 24)
FREED = Holiday(DAY, "Hari libur", HolidayKind.LOCAL, "SK 1")


def announced() -> tuple[Case, Office]:
    """A letter whose term an announced calendar moved, and the office since then."""
    case, office = given(lettered(at=WRONG)), OFFICES[BPPD]
    known = office.calendar
    holidays = {**known.holidays, DAY: FREED}
    calendar = replace(known, edition="id-9", holidays=holidays)
    told = recomputed(case, WRONG, calendar).event
    came = WRONG + timedelta(days=1)
    kept = {known.edition: known}.__getitem__
    case = evolve(case, told, By("", WRONG, came))
    return case, replace(office, calendar=calendar, kept_calendars=kept)


def test_an_announcement_has_no_time_of_its_own_that_could_be_wrong():
    case, office = announced()
    with pytest.raises(errors.NoSuchFactError) as refusal:
        decided(case, correct(WRONG + MINUTE, 2), TODAY, office=office)
    assert refusal.value.facts() == {"version": 2, "fact": OCCURRED_AT}


def test_a_calendar_came_when_it_came_whatever_was_said_of_its_time_since():
    case, office = announced()
    # As it was accepted once: after the last day of the term that it moved.
    said = events.FactCorrected(
        version=2,
        fact=OCCURRED_AT,
        value=written(wita("2026-02-28 09:00")),
        before=written(WRONG),
        reason="keliru",
        of=2,
    )
    told = evolve(case, said, By(HEAD, TODAY, TODAY))
    assert due_on(told) == (date(2026, 2, 17), date(2026, 2, 27))
    again = restarted(told, 1, OCCURRED_AT, office.standard, office.counted_in)
    assert tuple(again) == case.clocks
