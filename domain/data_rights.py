"""Taking in, weighing and carrying out what people wish of their own data.

The rights of UU 27/2022: access (art. 32), correction (30), restriction (41) and
erasure (43, 44). What a window or a proceeding still needs is not erased.
"""

from datetime import datetime
from typing import assert_never

from domain import commands, deadlines, errors, events, holds
from domain.case import Case
from domain.complaint import Complaint
from domain.data_request import WEIGHED, DataRequest
from domain.due import Due
from domain.erasing import Parties, erased, his, must_be_free, told_in
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.order import in_order
from domain.values import (
    Clock,
    DataRequestKind,
    DataRequestStage,
    Filer,
    HoldGround,
)


def _term(kind: DataRequestKind, starts_at: datetime, office: Office) -> Due:
    """Three times twenty-four hours: nights and holidays count."""
    length = office.data_law.rights[kind].hours * 60
    return deadlines.minutes(
        Clock.DATA_REQUEST, starts_at, length, office.calendar, soft=False
    )


def receive(
    command: commands.ReceiveDataRequest, act: Act, office: Office
) -> tuple[Fact, ...]:
    """A recorded wish (art. 14); its hours run from here."""
    if command.asked_by is Filer.PROXY and command.power_of_attorney is None:
        raise errors.PowerOfAttorneyMissingError
    return facts(
        events.DataRequestReceived(
            agency=office.agency,
            person=command.person,
            kind=command.kind,
            asked_by=command.asked_by,
            how=command.how,
            words=command.words,
            power_of_attorney=command.power_of_attorney,
            due=(_term(command.kind, act.occurred_at, office),),
        )
    )


def _defer(
    request: DataRequest,
    concerned: Parties,
    command: commands.DeferDataRequest,
    act: Act,
    office: Office,
) -> events.DataRequestDeferred:
    """What runs in the person's matters is found there; a duty besides is named."""
    request.must_ask_for(DataRequestKind.ERASURE)
    besides = [one for one in concerned if one.matter != request]
    standing = list(holds.holds(besides, act.occurred_at))
    named = None
    if command.ground is not None:
        named = _named(command.ground, command, act, office)
        standing.append(named)
    if not standing:
        raise errors.NothingToWaitForError
    until = holds.until(standing)
    missed = tuple(
        clock.due.clock
        for clock in request.clocks
        if clock.ran_out(clock.ended_at or act.told_at)
    )
    return events.DataRequestDeferred(
        grounds=tuple(dict.fromkeys(hold.ground for hold in standing)),
        reason=command.reason,
        matters=tuple(dict.fromkeys(hold.matter for hold in standing if hold.matter)),
        until=until,
        missed=missed,
        due=() if until is None else (_term(request.received.kind, until, office),),
        kept_for=None if named is None else named.ground,
        kept_until=None if named is None else named.until,
    )


def _named(
    ground: HoldGround, command: commands.DeferDataRequest, act: Act, office: Office
) -> holds.Hold:
    """A ground that no matter shows has a last day, ahead of the act."""
    last = command.until
    if not office.data_law.holds[ground].said:
        raise errors.NothingToWaitForError
    if last is None or last < office.calendar.date_of(act.occurred_at):
        raise errors.WaitWithoutEndError
    office.must_be_near(last, act.occurred_at)
    return holds.Hold(ground, until=office.calendar.end_of(last))


def _grant(
    request: DataRequest,
    concerned: Parties,
    command: commands.GrantDataRequest,
    act: Act,
) -> events.DataRequestGranted:
    """An erasure is granted once nothing needs the data any more."""
    if request.received.kind is DataRequestKind.ERASURE:
        must_be_free(concerned, act.occurred_at, request)
    return events.DataRequestGranted(reason=command.reason)


def _answer(
    request: DataRequest,
    concerned: Parties,
    command: commands.AnswerDataRequest,
    act: Act,
) -> tuple[Fact, ...]:
    """The data are handed over, or the key to them is destroyed."""
    request.must_ask_for(DataRequestKind.ACCESS, DataRequestKind.ERASURE)
    if request.received.kind is DataRequestKind.ACCESS:
        return (_told(request, command.how, concerned),)
    must_be_free(concerned, act.occurred_at)
    return (
        _told(request, command.how, concerned),
        *erased(command.request, request.received.person, command, concerned, act),
    )


def _told(request: DataRequest, how: str, concerned: Parties) -> Fact:
    """The wishes themselves are no matters that anybody had to look into."""
    matters = tuple(
        one.id
        for one in his(concerned, request.received.person)
        if not isinstance(one.matter, DataRequest)
    )
    return Fact(event=events.DataRequestAnswered(how=how, matters=matters))


def _correct(
    request: DataRequest,
    concerned: Parties,
    command: commands.CorrectPersonalData,
    act: Act,
) -> tuple[Fact, ...]:
    """Every case and complaint of the person tells what holds from now on."""
    request.must_ask_for(DataRequestKind.CORRECTION)
    corrected = tuple(
        Fact(
            event=events.PersonalDataCorrected(
                request=command.request,
                identity=command.identities[one.id],
                fields=command.fields,
            ),
            stream=one.id,
        )
        for one in told_in(concerned, request.received.person, act, Case | Complaint)
        if one.id in command.identities
    )
    if not corrected:
        raise errors.NothingToCorrectError
    return (_told(request, command.how, concerned), *corrected)


def _restrict(
    request: DataRequest,
    concerned: Parties,
    command: commands.RestrictProcessing,
    act: Act,
) -> tuple[Fact, ...]:
    """Every matter of the person says that nobody uses his data for now."""
    request.must_ask_for(DataRequestKind.RESTRICTION)
    if any(isinstance(one.matter, Case) and one.matter.restricted for one in concerned):
        raise errors.AlreadyRestrictedError
    restricted = events.ProcessingRestricted(request=command.request)
    told = told_in(concerned, request.received.person, act)
    return (
        _told(request, command.how, concerned),
        *(Fact(event=restricted, stream=one.id) for one in told),
    )


def _lift(
    request: DataRequest,
    concerned: Parties,
    command: commands.LiftRestriction,
    act: Act,
) -> tuple[Fact, ...]:
    """The data may be used again, in every matter of the person."""
    told = told_in(concerned, request.received.person, act)
    lifted = events.RestrictionLifted(request=command.request, reason=command.reason)
    return (
        Fact(event=lifted),
        *(Fact(event=lifted, stream=one.id) for one in told),
    )


def decide(
    request: DataRequest | None,
    concerned: Parties,
    command: commands.DataRequestCommand,
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """What follows from a wish about a data subject's request, or a refusal.

    `request` is None while one is only being taken in. All facts are recorded together
    or not at all.
    """
    if isinstance(command, commands.ReceiveDataRequest):
        return receive(command, act, office)
    assert request is not None
    in_order(request.last_at, act.occurred_at)
    match command:
        case commands.LiftRestriction():
            request.must_ask_for(DataRequestKind.RESTRICTION)
            request.must_be(DataRequestStage.ANSWERED)
            return _lift(request, concerned, command, act)
        case commands.GrantDataRequest():
            request.must_be(*WEIGHED)
            return facts(_grant(request, concerned, command, act))
        case commands.DeferDataRequest():
            request.must_be(*WEIGHED, DataRequestStage.GRANTED)
            return facts(_defer(request, concerned, command, act, office))
        case commands.RefuseDataRequest(legal_basis=legal_basis, reason=reason):
            request.must_be(*WEIGHED)
            if legal_basis not in office.data_law.limits:
                raise errors.UnknownLegalBasisError(legal_basis)
            return facts(
                events.DataRequestRefused(legal_basis=legal_basis, reason=reason)
            )
        case commands.AnswerDataRequest():
            request.must_be(DataRequestStage.GRANTED)
            return _answer(request, concerned, command, act)
        case commands.CorrectPersonalData():
            request.must_be(DataRequestStage.GRANTED)
            return _correct(request, concerned, command, act)
        case commands.RestrictProcessing():
            request.must_be(DataRequestStage.GRANTED)
            return _restrict(request, concerned, command, act)
        case _:
            assert_never(command)
