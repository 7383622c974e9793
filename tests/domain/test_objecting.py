"""Filing an objection (keberatan): on a ground that the case gives, and in time."""

from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from domain import commands, errors, events
from domain.calendar import Holiday, HolidayKind
from domain.office import Office
from domain.values import (
    Clock,
    ClockState,
    DeliveryMeans,
    DraftKind,
    Filer,
    ObjectionGround,
    ObjectionStage,
    Stage,
)
from tests.domain.offices import ANALYST, CLERK, HEAD, OFFICES, PPID
from tests.domain.past import (
    approved,
    directed,
    disposed,
    drafted,
    initialled,
    reviewed,
)
from tests.domain.proceedings import Proceedings, filing
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, Happened, wita
from tests.domain.stages import LETTERS, REPORTS, VISITS
from tests.domain.words import (
    CASE,
    DOCUMENT,
    PERSON,
    WORDS,
    blacked_out,
    objection,
    refused,
)

RECEIVED_AT = wita("2026-02-10 10:00")
STATUTE_ENDS = wita("2026-02-27 00:00")
IN_TIME = wita("2026-02-16 09:00")
LATE = wita("2026-03-04 09:00")
TICK = timedelta(microseconds=1)

REFUSED = ObjectionGround.REFUSED
PERIODIC = ObjectionGround.PERIODIC_NOT_PROVIDED
SILENCE = ObjectionGround.NO_RESPONSE
NOT_AS_ASKED = ObjectionGround.NOT_AS_REQUESTED
NOT_FULFILLED = ObjectionGround.NOT_FULFILLED
COST = ObjectionGround.UNREASONABLE_COST
TOO_LATE = ObjectionGround.LATE
ANSWERED = {PERIODIC, NOT_AS_ASKED, NOT_FULFILLED, COST}
ASKED = (lettered(at=RECEIVED_AT), disposed())
TO_REFUSE = (
    drafted(refused(), kind=DraftKind.REFUSAL),
    initialled(1),
    initialled(2),
)


def grounds(proceedings: Proceedings, at: datetime) -> set[ObjectionGround]:
    """Those on which an objection could be filed at an instant; a try files nothing."""
    found = set()
    for ground in ObjectionGround:
        case = proceedings.case
        try:
            proceedings.act(filing(ground), PPID, at)
        except errors.NothingToObjectToError:
            pass
        else:
            found.add(ground)
        proceedings.objection = None
        assert proceedings.case is case
    return found


def with_free_day(office: Office, day: date) -> Office:
    """The office under an edition that frees one more day."""
    holiday = Holiday(day, "Hari berkabung", HolidayKind.NATIONAL, "Keppres 1")
    free = {**office.calendar.holidays, day: holiday}
    calendar = replace(office.calendar, edition="diumumkan", holidays=free)
    return replace(office, calendar=calendar)


def posted(at: datetime) -> Proceedings:
    """A letter whose answer grants everything and went by post."""
    proceedings = Proceedings(*ASKED, approved())
    proceedings.act(commands.Deliver(how=DeliveryMeans.POST), CLERK, at)
    return proceedings


def refused_in_writing(at: datetime) -> Proceedings:
    """A letter whose refusal was approved for good."""
    proceedings = Proceedings(*ASKED, TO_REFUSE)
    proceedings.act(commands.Approve(draft=1), HEAD, at)
    return proceedings


def refused_at_the_counter(at: datetime) -> Proceedings:
    """A visit that was refused as it stood."""
    proceedings = Proceedings(visited(at=at - MINUTE), directed())
    command = commands.RefuseAtCounter(legal_basis=("kip17.c",), reason="rahasia")
    proceedings.act(command, ANALYST, at)
    return proceedings


def refused_report(at: datetime) -> Proceedings:
    """A report whose refusal was approved for good."""
    past = (reported(at=RECEIVED_AT), reviewed(), disposed(), TO_REFUSE)
    proceedings = Proceedings(*past)
    proceedings.act(commands.Approve(draft=1), HEAD, at)
    return proceedings


REFUSALS = pytest.mark.parametrize(
    "refusal",
    [refused_at_the_counter, refused_in_writing, refused_report],
    ids=["visit", "letter", "report"],
)


def test_an_objection_in_time_starts_the_superiors_thirty_working_days():
    proceedings = posted(IN_TIME)
    at = wita("2026-04-08 23:59")
    (fact,) = proceedings.act(filing(NOT_FULFILLED), PPID, at)
    office = OFFICES[proceedings.case.agency]
    filed = fact.event
    assert isinstance(filed, events.ObjectionFiled)
    (reply,) = filed.due
    assert filed == events.ObjectionFiled(
        agency="bppd",
        case=CASE,
        standard=office.standard.ref,
        ground=NOT_FULFILLED,
        facts=WORDS,
        person=PERSON,
        filed_by=Filer.REQUESTER,
        due=(reply,),
    )
    assert reply.clock is Clock.OBJECTION_REPLY
    assert reply.length == office.standard.statute.objection_reply
    assert reply.due_on == office.calendar.after(at.date(), 30, reply.day_kind)
    assert proceedings.objection is not None
    assert proceedings.objection.stage is ObjectionStage.FILED
    assert proceedings.clocks(at) == {Clock.OBJECTION_REPLY: ClockState.RUNNING}


def test_an_objection_in_the_last_moment_of_day_30_is_in_time():
    posted(IN_TIME).file(NOT_FULFILLED, wita("2026-04-09 00:00") - TICK)


def test_an_objection_on_day_31_is_too_late():
    day_31 = wita("2026-04-09 00:00")
    posted(IN_TIME).refuses(
        errors.ObjectionTooLateError,
        filing(NOT_FULFILLED),
        PPID,
        day_31,
        due_at=day_31,
    )


def test_an_objection_by_proxy_without_power_of_attorney_is_refused():
    proceedings = posted(IN_TIME)
    proceedings.refuses(
        errors.PowerOfAttorneyMissingError,
        filing(COST, Filer.PROXY),
        PPID,
        IN_TIME + MINUTE,
    )
    with_power = filing(COST, Filer.PROXY, DOCUMENT)
    (fact,) = proceedings.act(with_power, PPID, IN_TIME + MINUTE)
    assert isinstance(fact.event, events.ObjectionFiled)
    assert fact.event.filed_by is Filer.PROXY
    assert fact.event.power_of_attorney == DOCUMENT


def test_an_objection_whose_ground_does_not_match_is_refused():
    posted(IN_TIME).refuses(
        errors.NothingToObjectToError,
        filing(REFUSED),
        PPID,
        IN_TIME + MINUTE,
        ground=REFUSED,
    )


def test_an_answer_in_time_that_grants_is_not_refused_nor_late():
    assert grounds(posted(IN_TIME), IN_TIME + MINUTE) == ANSWERED


def test_a_late_answer_is_late_and_no_silence():
    assert grounds(posted(LATE), LATE + MINUTE) == ANSWERED | {TOO_LATE}


@REFUSALS
def test_a_refusal_may_be_objected_to_the_moment_it_is_approved_or_said(refusal):
    assert grounds(refusal(IN_TIME), IN_TIME) == ANSWERED | {REFUSED}


@pytest.mark.parametrize("refusal", [refused_in_writing, refused_report])
def test_a_refusal_issued_after_the_10_working_days_is_refused_and_late(refusal):
    found = grounds(refusal(LATE), LATE)
    assert found == ANSWERED | {REFUSED, SILENCE, TOO_LATE}
    for ground in (REFUSED, TOO_LATE):
        refusal(LATE).file(ground, LATE)


def test_the_window_of_a_refusal_starts_with_its_final_approval_and_not_the_delivery():
    proceedings = refused_in_writing(IN_TIME)
    sent_at = IN_TIME + timedelta(days=7)
    proceedings.act(commands.Deliver(how=DeliveryMeans.POST), CLERK, sent_at)
    due_at = objection(IN_TIME).due_at
    proceedings.refuses(
        errors.ObjectionTooLateError, filing(REFUSED), PPID, due_at, due_at=due_at
    )


@pytest.mark.parametrize(
    "past",
    [
        (lettered(at=RECEIVED_AT),),
        ASKED,
        (*ASKED, drafted()),
        (*ASKED, approved()),
        (reported(at=RECEIVED_AT), reviewed()),
        (visited(at=RECEIVED_AT), directed()),
    ],
)
def test_silence_is_a_ground_the_moment_the_statute_ran_out(past):
    assert grounds(Proceedings(*past), STATUTE_ENDS - TICK) == set()
    of_silence = {PERIODIC, SILENCE, NOT_FULFILLED, COST, TOO_LATE}
    assert grounds(Proceedings(*past), STATUTE_ENDS) == of_silence


def test_the_window_after_silence_counts_from_the_statutes_last_day():
    due_at = objection(STATUTE_ENDS - TICK).due_at
    Proceedings(*ASKED).file(SILENCE, due_at - TICK)
    Proceedings(*ASKED).refuses(
        errors.ObjectionTooLateError, filing(SILENCE), PPID, due_at, due_at=due_at
    )


def test_a_late_answer_opens_a_window_of_its_own():
    of_silence = objection(STATUTE_ENDS - TICK).due_at
    proceedings = posted(of_silence)
    proceedings.file(TOO_LATE, of_silence + MINUTE)


def test_information_withheld_in_part_is_a_refusal():
    past = (
        drafted(blacked_out(), kind=DraftKind.PARTIAL),
        initialled(1),
        initialled(2),
    )
    proceedings = Proceedings(*ASKED, past)
    proceedings.act(commands.Approve(draft=1), HEAD, IN_TIME)
    assert REFUSED in grounds(proceedings, IN_TIME)


def test_a_draft_that_would_refuse_is_no_refusal_yet():
    assert grounds(Proceedings(*ASKED, TO_REFUSE), IN_TIME) == set()


@pytest.mark.parametrize(
    "histories", [VISITS, LETTERS, REPORTS], ids=["visit", "letter", "report"]
)
def test_what_is_open_in_time_gives_no_ground(histories):
    for stage, history in histories.items():
        if stage in {Stage.DELIVERED, Stage.REFUSED, Stage.CLOSED}:
            continue
        proceedings = Proceedings(*history)
        assert grounds(proceedings, proceedings.case.last_at) == set()


def test_a_request_that_was_taken_back_gives_no_ground():
    gone = Happened(events.Withdrawn(how="lisan"), by=CLERK)
    proceedings = Proceedings(*ASKED, gone)
    assert grounds(proceedings, LATE) == set()


def test_a_closed_case_may_be_objected_to_while_the_window_is_open():
    proceedings = posted(IN_TIME)
    proceedings.act(commands.Close(), CLERK, IN_TIME + MINUTE)
    assert grounds(proceedings, IN_TIME + MINUTE) == ANSWERED


def test_a_day_freed_after_the_case_was_closed_gives_a_day_more_to_object():
    proceedings = posted(IN_TIME)
    proceedings.act(commands.Close(), CLERK, IN_TIME + MINUTE)
    day_31 = wita("2026-04-08 10:00") + timedelta(days=1)
    proceedings.refuses(
        errors.ObjectionTooLateError,
        filing(NOT_FULFILLED),
        PPID,
        day_31,
        due_at=wita("2026-04-09 00:00"),
    )
    proceedings.office = with_free_day(proceedings.office, date(2026, 3, 11))
    proceedings.file(NOT_FULFILLED, day_31)


def test_opening_a_refused_case_again_does_not_take_the_ground_away():
    proceedings = refused_at_the_counter(IN_TIME)
    proceedings.act(commands.Reopen(reason="ditinjau"), HEAD, IN_TIME + MINUTE)
    assert REFUSED in grounds(proceedings, IN_TIME + MINUTE)


def test_a_second_answer_that_grants_takes_the_ground_of_refusal_away():
    proceedings = refused_at_the_counter(IN_TIME)
    proceedings.act(commands.Reopen(reason="ditinjau"), HEAD, IN_TIME + MINUTE)
    at = IN_TIME + 2 * MINUTE
    proceedings.act(commands.Deliver(how=DeliveryMeans.ORAL), ANALYST, at)
    assert grounds(proceedings, at) == ANSWERED


def test_an_objection_is_not_filed_before_the_cases_last_act():
    proceedings = posted(IN_TIME)
    at = IN_TIME - MINUTE
    proceedings.refuses(
        errors.OutOfOrderError,
        filing(COST),
        PPID,
        at,
        occurred_at=at,
        not_before=IN_TIME,
    )
