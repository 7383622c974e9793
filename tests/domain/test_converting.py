"""A visit that needs a written answer goes on as a letter (menjadi tertulis)."""

from datetime import date

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.facts import Fact
from domain.values import Channel, Clock, ClockState, DayKind, Stage
from tests.domain.offices import ANALYST, BIRO, BPPD, OFFICES, OTHER_ANALYST
from tests.domain.past import directed
from tests.domain.receipts import visited
from tests.domain.scenarios import Given, wita
from tests.domain.stages import LETTERS, REPORTS, VISITS, outside
from tests.domain.watch import states
from tests.domain.words import CASE, IDENTITY, NEW_CASE, PERSON, WORDS

CONVERT = commands.Convert(
    reason="perlu dihimpun dari 40 perangkat daerah",
    new_case=NEW_CASE,
    case=CASE,
    identity=IDENTITY,
    words=WORDS,
)
CAME = wita("2026-11-09 09:30")


def test_a_visit_goes_on_as_a_letter_case_of_the_same_agency():
    given = Given(visited(card="ktp", at=CAME, agency=BIRO), directed())
    at = wita("2026-11-09 09:40")
    converted, opened = given.when(CONVERT, by=ANALYST, at=at).facts
    assert converted == Fact(
        event=events.ConvertedToWritten(reason=CONVERT.reason, new_case=NEW_CASE)
    )
    assert opened.stream == NEW_CASE
    assert isinstance(opened.event, events.Received)
    assert opened.event.channel is Channel.LETTER
    assert (opened.event.agency, opened.event.origin) == (BIRO, CASE)
    assert (opened.event.person, opened.event.missing) == (PERSON, ())
    promise, law = opened.event.due
    assert promise.due_on == date(2026, 11, 16)
    assert promise.also_due_on == date(2026, 11, 18)
    assert (law.clock, law.day_kind) == (Clock.STATUTE, DayKind.WORKING)
    assert law.due_on == date(2026, 11, 23)
    assert promise.starts_at == law.starts_at == at


def test_the_visit_s_own_clocks_stop_and_no_answer_is_told():
    given = Given(visited(), directed())
    then = given.when(CONVERT, by=ANALYST)
    then.leaves(stage=Stage.CONVERTED, outcome=None, answers=())
    assert states(then.case, wita("2026-06-01 08:00")) == {
        Clock.STANDARD: ClockState.STOPPED,
        Clock.STATUTE: ClockState.STOPPED,
    }


def test_the_card_still_goes_back():
    case = Given(visited(card="ktp"), directed()).when(CONVERT, by=ANALYST).case
    assert case.holds_id_card


def test_only_the_official_who_serves_the_visitor_converts():
    Given(visited(), directed()).when(CONVERT, by=OTHER_ANALYST).then_refused(
        errors.NotTheAssignedOfficialError
    )


def test_a_visit_is_converted_while_it_is_being_served():
    for stage in outside(VISITS, Stage.DISPOSED):
        Given(*VISITS[stage]).when(CONVERT, by=ANALYST).then_refused(
            errors.WrongStageError, stage=stage, allowed=(Stage.DISPOSED,)
        )


@pytest.mark.parametrize("histories", [LETTERS, REPORTS], ids=["letter", "report"])
def test_what_is_written_already_is_not_converted(histories):
    history = histories[Stage.DISPOSED]
    given = Given(*history)
    assert given.case is not None
    given.when(CONVERT, by=ANALYST).then_refused(
        errors.WrongChannelError,
        channel=given.case.channel,
        allowed=(Channel.FACE_TO_FACE,),
    )


def test_an_agency_that_takes_no_letters_converts_nothing():
    bppd = OFFICES[BPPD]
    channels = replace(bppd.standard.channels, letter=None)
    closed = replace(bppd, standard=replace(bppd.standard, channels=channels))
    Given(visited(), directed()).when(
        CONVERT, by=ANALYST, receiving=closed
    ).then_refused(errors.ChannelClosedError, channel=Channel.LETTER)
