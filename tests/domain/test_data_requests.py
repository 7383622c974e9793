"""What people may wish of their own data, and what the law lets it wait for."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain import commands, errors, events, holds
from domain.complaint import Complaint
from domain.facts import By, Fact
from domain.histories import folded
from domain.values import (
    Clock,
    ClockState,
    ComplaintChannel,
    ComplaintStage,
    DataRequestKind,
    DataRequestStage,
    Filer,
    HoldGround,
    ObjectionGround,
    ObjectionRuling,
)
from tests.domain.data_subject import (
    ANSWER,
    DEFER,
    GRANT,
    LIFT,
    REFUSE,
    REQUEST,
    RESTRICT,
    DataSubject,
    wish,
)
from tests.domain.offices import PPID, SUPERIOR
from tests.domain.proceedings import NOTE, OBJECTION, Proceedings
from tests.domain.scenarios import wita
from tests.domain.test_objecting import (
    ASKED,
    IN_TIME,
    TICK,
    posted,
    refused_at_the_counter,
)
from tests.domain.words import (
    CASE,
    COMPLAINT,
    DOCUMENT,
    IDENTITY,
    NEW_CASE,
    PERSON,
    WORDS,
    complaint_term,
)

ACCESS, CORRECTION, RESTRICTION, ERASURE = DataRequestKind
NEIGHBOUR = UUID("00000000-0000-4000-8000-00000000000b")
"""Somebody else, who complained of how the case was handled."""
HOURS = timedelta(hours=72)
RUNS = IN_TIME + timedelta(days=2)
"""While the requester may still object."""
WINDOW_ENDS = wita("2026-04-09 00:00")
KEPT = commands.DeferDataRequest(
    reason="laporan tahunan",
    ground=HoldGround.ANNUAL_REPORT,
    until=date(2026, 12, 31),
)


def answered() -> DataSubject:
    """A person whose request was answered by post."""
    return DataSubject().having({CASE: posted(IN_TIME).case})


def contested(*, ruled: bool = False) -> DataSubject:
    """A person who objected to a refusal, which was upheld or not decided yet."""
    proceedings = refused_at_the_counter(IN_TIME).file(ObjectionGround.REFUSED, RUNS)
    if ruled:
        proceedings.rule(ObjectionRuling.UPHOLD, RUNS)
    return _of(proceedings)


def _of(proceedings: Proceedings) -> DataSubject:
    assert proceedings.objection is not None
    return DataSubject().having(
        {CASE: proceedings.case, OBJECTION: proceedings.objection}
    )


def complained(person: UUID = PERSON) -> Complaint:
    opened = events.ComplaintOpened(
        agency="bppd",
        channel=ComplaintChannel.LETTER,
        category="layanan",
        anonymous=False,
        confidential=False,
        words=WORDS,
        person=person,
        case=CASE,
        due=(complaint_term(IN_TIME),),
    )
    found = folded([(opened, By(PPID, IN_TIME))])
    assert isinstance(found, Complaint)
    return found


@pytest.mark.parametrize("kind", DataRequestKind)
def test_a_wish_is_recorded_and_runs_three_times_twenty_four_hours(kind):
    friday = wita("2026-02-13 15:00")
    subject = answered()
    (fact,) = subject.act(wish(kind), friday)
    assert isinstance(fact.event, events.DataRequestReceived)
    (due,) = fact.event.due
    assert (due.clock, due.due_at) == (Clock.DATA_REQUEST, friday + HOURS)
    assert subject.clock(friday + HOURS - TICK) is ClockState.RUNNING
    assert subject.clock(friday + HOURS) is ClockState.MISSED


def test_a_proxy_needs_his_power():
    proxy = wish(ACCESS, by=Filer.PROXY)
    answered().refuses(errors.PowerOfAttorneyMissingError, proxy, RUNS)
    answered().act(replace(proxy, power_of_attorney=DOCUMENT), RUNS)


def test_while_the_requester_may_object_nothing_is_erased():
    subject = answered().asks(ERASURE, RUNS)
    grounds = (HoldGround.OBJECTION_WINDOW,)
    for at in (RUNS, WINDOW_ENDS - TICK):
        subject.refuses(
            errors.DataStillNeededError, GRANT, at, grounds=grounds, until=WINDOW_ENDS
        )
    (fact,) = subject.act(DEFER, RUNS)
    deferred = fact.event
    assert isinstance(deferred, events.DataRequestDeferred)
    assert (deferred.grounds, deferred.matters) == (grounds, (CASE,))
    assert deferred.until == WINDOW_ENDS
    assert deferred.due[0].due_at == WINDOW_ENDS + HOURS
    assert subject.clock(WINDOW_ENDS) is ClockState.RUNNING
    assert subject.clock(WINDOW_ENDS + HOURS) is ClockState.MISSED


def test_once_the_window_is_over_the_key_is_destroyed_and_the_case_says_so():
    subject = answered().asks(ERASURE, RUNS)
    subject.act(DEFER, RUNS)
    subject.act(GRANT, WINDOW_ENDS)
    command = replace(ANSWER, documents={CASE: (DOCUMENT,)})
    erased = events.PersonalDataErased(request=REQUEST, documents=(DOCUMENT,))
    assert subject.act(command, WINDOW_ENDS) == (
        Fact(event=events.DataRequestAnswered(how="surat", matters=(CASE,))),
        Fact(event=erased, stream=CASE),
    )
    assert subject.case.erased
    assert subject.clock(WINDOW_ENDS) is ClockState.MET
    subject.refuses(
        errors.WrongDataRequestStageError,
        command,
        WINDOW_ENDS,
        stage=DataRequestStage.ANSWERED,
        allowed=(DataRequestStage.GRANTED,),
    )


def test_what_opens_after_the_grant_stops_the_erasure():
    subject = answered().asks(ERASURE, RUNS)
    subject.act(GRANT, WINDOW_ENDS)
    subject.having({COMPLAINT: complained()})
    subject.refuses(
        errors.DataStillNeededError,
        ANSWER,
        WINDOW_ENDS,
        grounds=(HoldGround.COMPLAINT_OPEN,),
        until=None,
    )
    subject.act(DEFER, WINDOW_ENDS)
    assert subject.request is not None
    assert subject.request.stage is DataRequestStage.DEFERRED


def test_a_deferral_without_a_known_end_answers_the_person_for_now():
    subject = contested().asks(ERASURE, RUNS)
    (fact,) = subject.act(DEFER, RUNS)
    assert isinstance(fact.event, events.DataRequestDeferred)
    assert HoldGround.OBJECTION_OPEN in fact.event.grounds
    assert (fact.event.until, fact.event.due) == (None, ())
    assert subject.clock(WINDOW_ENDS) is ClockState.MET


def test_a_late_deferral_stays_late():
    subject = answered().asks(ERASURE, RUNS)
    (fact,) = subject.act(DEFER, RUNS + HOURS)
    assert isinstance(fact.event, events.DataRequestDeferred)
    assert fact.event.missed == (Clock.DATA_REQUEST,)
    assert subject.clock(WINDOW_ENDS) is ClockState.MISSED


def test_a_decided_objection_leaves_the_time_to_go_to_the_commission():
    subject = contested(ruled=True).asks(ERASURE, WINDOW_ENDS)
    subject.act(GRANT, WINDOW_ENDS)  # both windows were over by then
    earlier = contested(ruled=True).asks(ERASURE, RUNS)
    (fact,) = earlier.act(DEFER, RUNS)
    assert isinstance(fact.event, events.DataRequestDeferred)
    assert HoldGround.DISPUTE_WINDOW in fact.event.grounds


@pytest.mark.parametrize("result", [None, "permohonan ditolak"])
def test_a_dispute_keeps_the_data_until_the_commission_has_spoken(result):
    proceedings = refused_at_the_counter(IN_TIME).file(ObjectionGround.REFUSED, RUNS)
    proceedings.rule(ObjectionRuling.UPHOLD, RUNS)
    proceedings.act(replace(NOTE, result=result), SUPERIOR, RUNS)
    subject = _of(proceedings).asks(ERASURE, WINDOW_ENDS)
    if result is not None:
        subject.act(GRANT, WINDOW_ENDS)
        return
    subject.refuses(
        errors.DataStillNeededError,
        GRANT,
        WINDOW_ENDS,
        grounds=(HoldGround.DISPUTE_OPEN,),
        until=None,
    )


def test_a_silent_superior_keeps_them_too():
    later = RUNS + timedelta(days=365)
    contested().asks(ERASURE, later).refuses(
        errors.DataStillNeededError,
        GRANT,
        later,
        grounds=(HoldGround.OBJECTION_OPEN,),
        until=None,
    )


def test_an_erasure_waits_for_nothing_that_does_not_run():
    subject = answered().asks(ERASURE, WINDOW_ENDS)
    subject.refuses(errors.NothingToWaitForError, DEFER, WINDOW_ENDS)
    window = replace(DEFER, ground=HoldGround.OBJECTION_WINDOW, until=date(2026, 5, 1))
    subject.refuses(errors.NothingToWaitForError, window, WINDOW_ENDS)


def test_a_duty_that_no_matter_shows_is_named_with_its_last_day():
    subject = answered().asks(ERASURE, WINDOW_ENDS)
    for until in (None, date(2026, 4, 8)):
        endless = replace(KEPT, until=until)
        subject.refuses(errors.WaitWithoutEndError, endless, WINDOW_ENDS)
    (fact,) = subject.act(KEPT, WINDOW_ENDS)
    assert isinstance(fact.event, events.DataRequestDeferred)
    assert fact.event.until == wita("2027-01-01 00:00")


def test_only_an_erasure_waits():
    answered().asks(ACCESS, RUNS).refuses(
        errors.WrongDataRequestKindError,
        DEFER,
        RUNS,
        kind=ACCESS,
        allowed=(ERASURE,),
    )


def test_access_is_given_while_windows_run():
    subject = answered().asks(ACCESS, RUNS)
    subject.act(GRANT, RUNS)
    assert subject.act(ANSWER, RUNS) == (
        Fact(event=events.DataRequestAnswered(how="surat", matters=(CASE,))),
    )
    assert not subject.case.erased


def test_a_refusal_names_its_article():
    subject = answered().asks(ACCESS, RUNS)
    unknown = replace(REFUSE, legal_basis="kip17.c")
    subject.refuses(errors.UnknownLegalBasisError, unknown, RUNS, legal_basis="kip17.c")
    subject.act(REFUSE, RUNS)
    assert subject.clock(RUNS) is ClockState.MET


def test_a_correction_stands_in_every_case_of_the_person():
    case = posted(IN_TIME).case
    subject = DataSubject().having({CASE: case, NEW_CASE: case})
    subject.asks(CORRECTION, RUNS)
    subject.act(GRANT, RUNS)
    command = commands.CorrectPersonalData(
        request=REQUEST,
        how="surat",
        identities={CASE: IDENTITY, NEW_CASE: WORDS},
        fields=("phone",),
    )
    _, first, second = subject.act(command, RUNS)
    assert (first.stream, second.stream) == (CASE, NEW_CASE)
    assert second.event == events.PersonalDataCorrected(
        request=REQUEST, identity=WORDS, fields=("phone",)
    )


def test_a_restriction_holds_until_it_is_lifted():
    subject = answered().asks(RESTRICTION, RUNS)
    subject.act(GRANT, RUNS)
    subject.act(RESTRICT, RUNS)
    assert subject.case.restricted
    second = DataSubject().having(subject.matters).asks(RESTRICTION, RUNS)
    second.act(GRANT, RUNS)
    second.refuses(errors.AlreadyRestrictedError, RESTRICT, RUNS)
    lifted = events.RestrictionLifted(request=REQUEST, reason="selesai")
    assert subject.act(LIFT, RUNS) == (
        Fact(event=lifted),
        Fact(event=lifted, stream=CASE),
    )
    assert not subject.case.restricted


def test_the_act_is_the_right_that_was_granted():
    subject = answered().asks(RESTRICTION, RUNS)
    subject.act(GRANT, RUNS)
    subject.refuses(
        errors.WrongDataRequestKindError,
        ANSWER,
        RUNS,
        kind=RESTRICTION,
        allowed=(ACCESS, ERASURE),
    )


def test_a_case_still_at_work_keeps_its_requester():
    subject = DataSubject().having({CASE: Proceedings(*ASKED).case})
    at = IN_TIME
    subject.asks(ERASURE, at).refuses(
        errors.DataStillNeededError,
        GRANT,
        at,
        grounds=(HoldGround.CASE_OPEN,),
        until=None,
    )


def test_without_the_windows_the_same_wish_is_granted_at_once():
    # The control: what keeps the data is what runs in the person's matters.
    subject = answered()
    subject.matters[CASE] = replace(subject.case, clocks=())
    subject.asks(ERASURE, RUNS)
    subject.act(GRANT, RUNS)
    subject.act(ANSWER, RUNS)
    assert subject.case.erased


def closed(complaint: Complaint) -> Complaint:
    return replace(complaint, stage=ComplaintStage.CLOSED, clocks=())


@pytest.mark.parametrize("person", [PERSON, NEIGHBOUR])
def test_what_another_complains_of_in_his_case_is_not_erased_with_him(person):
    subject = answered().having({COMPLAINT: complained(person)})
    subject.asks(ERASURE, RUNS)
    grounds = (HoldGround.COMPLAINT_OPEN,)
    subject.refuses(
        errors.DataStillNeededError, GRANT, WINDOW_ENDS, grounds=grounds, until=None
    )
    subject.having({COMPLAINT: closed(complained(person))}).act(GRANT, WINDOW_ENDS)
    answer, *told = subject.act(ANSWER, WINDOW_ENDS)
    streams = {CASE, COMPLAINT} if person == PERSON else {CASE}
    assert {fact.stream for fact in told} == streams
    assert isinstance(answer.event, events.DataRequestAnswered)
    assert set(answer.event.matters) == streams


def test_nor_is_it_restricted_with_him():
    subject = answered().having({COMPLAINT: complained(NEIGHBOUR)})
    subject.asks(RESTRICTION, RUNS).act(GRANT, RUNS)
    assert {fact.stream for fact in subject.act(RESTRICT, RUNS)} == {None, CASE}
    assert {fact.stream for fact in subject.act(LIFT, RUNS)} == {None, CASE}


def test_an_objection_says_what_was_erased_of_it_and_that_it_is_closed():
    subject = contested(ruled=True).asks(RESTRICTION, RUNS)
    subject.act(GRANT, RUNS)
    assert {fact.stream for fact in subject.act(RESTRICT, RUNS)} == {
        None,
        CASE,
        OBJECTION,
    }
    subject.act(LIFT, RUNS)
    over = RUNS + timedelta(days=400)
    subject.request = None
    subject.asks(ERASURE, over).act(GRANT, over)
    command = replace(ANSWER, documents={OBJECTION: (DOCUMENT,)})
    told = {fact.stream: fact.event for fact in subject.act(command, over)}
    assert told[OBJECTION] == events.PersonalDataErased(
        request=REQUEST, documents=(DOCUMENT,)
    )


def test_a_wish_of_his_data_is_erased_like_the_rest_and_keeps_nothing():
    subject = answered().asks(ERASURE, RUNS)
    subject.act(GRANT, WINDOW_ENDS)
    assert subject.request is not None
    earlier = replace(subject.request)
    subject.having({NEW_CASE: earlier})
    answer, *told = subject.act(ANSWER, WINDOW_ENDS)
    assert {fact.stream for fact in told} == {CASE, NEW_CASE}
    assert isinstance(answer.event, events.DataRequestAnswered)
    assert answer.event.matters == (CASE,)
    assert subject.matters[NEW_CASE] == earlier


def test_after_a_deferral_without_an_end_one_with_an_end_owes_an_answer_again():
    subject = contested().asks(ERASURE, RUNS)
    subject.act(DEFER, RUNS)
    assert subject.clock(RUNS + HOURS) is ClockState.MET
    over = RUNS + timedelta(days=400)
    subject.matters[OBJECTION] = contested(ruled=True).matters[OBJECTION]
    (fact,) = subject.act(replace(KEPT, until=date(2027, 6, 30)), over)
    assert isinstance(fact.event, events.DataRequestDeferred)
    assert fact.event.missed == ()
    (due,) = fact.event.due
    assert subject.clock(due.due_at - TICK) is ClockState.RUNNING
    assert subject.clock(due.due_at) is ClockState.MISSED


def test_nobody_is_left_to_answer_in_an_erased_case():
    erased = replace(posted(IN_TIME).case, erased=True)
    proceedings = posted(IN_TIME)
    proceedings.case = erased
    with pytest.raises(errors.PersonErasedError):
        proceedings.file(ObjectionGround.NOT_AS_REQUESTED, RUNS)


def test_a_duty_that_was_named_keeps_the_data_until_its_day_is_over():
    subject = answered().asks(ERASURE, WINDOW_ENDS)
    subject.act(KEPT, WINDOW_ENDS)
    over = wita("2027-01-01 00:00")
    for at in (WINDOW_ENDS, over - TICK):
        subject.refuses(
            errors.DataStillNeededError,
            GRANT,
            at,
            grounds=(HoldGround.ANNUAL_REPORT,),
            until=over,
        )
    subject.act(GRANT, over)


def test_a_duty_that_was_named_goes_on_beside_what_has_no_end():
    subject = contested().asks(ERASURE, RUNS)
    (fact,) = subject.act(KEPT, RUNS)
    assert isinstance(fact.event, events.DataRequestDeferred)
    assert fact.event.until is None
    assert fact.event.kept_until == wita("2027-01-01 00:00")


def test_another_deferral_ends_a_duty_sooner():
    subject = answered().asks(ERASURE, WINDOW_ENDS)
    subject.act(KEPT, WINDOW_ENDS)
    today = date(2026, 4, 9)
    (fact,) = subject.act(replace(KEPT, reason="keliru", until=today), WINDOW_ENDS)
    tomorrow = wita("2026-04-10 00:00")
    assert isinstance(fact.event, events.DataRequestDeferred)
    assert fact.event.until == tomorrow
    subject.refuses(
        errors.DataStillNeededError,
        GRANT,
        WINDOW_ENDS,
        grounds=(HoldGround.ANNUAL_REPORT,),
        until=tomorrow,
    )
    subject.act(GRANT, tomorrow)


def test_what_was_refused_after_all_keeps_nothing():
    subject = answered().asks(ERASURE, WINDOW_ENDS)
    subject.act(KEPT, WINDOW_ENDS)
    subject.act(REFUSE, WINDOW_ENDS)
    assert subject.request is not None
    assert not tuple(holds.kept(REQUEST, subject.request, WINDOW_ENDS))


def test_a_complaint_is_put_right_too_and_nothing_is_no_answer():
    correct = commands.CorrectPersonalData(
        request=REQUEST,
        how="surat",
        identities={COMPLAINT: IDENTITY},
        fields=("phone",),
    )
    subject = DataSubject().having({COMPLAINT: complained()}).asks(CORRECTION, RUNS)
    subject.act(GRANT, RUNS)
    nothing = replace(correct, identities={})
    subject.refuses(errors.NothingToCorrectError, nothing, RUNS)
    _, told = subject.act(correct, RUNS)
    assert told.stream == COMPLAINT
    after = subject.matters[COMPLAINT]
    assert isinstance(after, Complaint)
    assert after.corrections == (told.event,)
