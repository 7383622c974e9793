"""Requests that go on elsewhere: to another body, or from a visit into a letter.

Where the request goes on with us it is a letter case of its own, with a number and
clocks of its own; each of the two cases names the other.
"""

from uuid import UUID

from msgspec.structs import replace

from domain import commands, deadlines, errors, events
from domain.case import Case
from domain.channel_standard import ClockStart
from domain.facts import Fact, facts
from domain.intake import must_offer
from domain.office import Act
from domain.values import Channel, Digest, Role, Stage

TRANSFERABLE = (Stage.RECEIVED, Stage.INCOMPLETE, Stage.DISPOSED)
"""Until somebody writes an answer."""


def transfer(case: Case, command: commands.Transfer, act: Act) -> tuple[Fact, ...]:
    """Pass the request on to the body that holds the information (KIP art. 22(7))."""
    case.must_be(*TRANSFERABLE)
    if case.draft is not None:  # an answer was written before the case was reopened
        raise errors.WrongStageError(case.stage, ("disposed and never drafted",))
    case.must_be_addressed_to(act.roles)
    passed_on = events.Transferred(
        notice=command.notice,
        to_agency=command.to_agency,
        holder=command.holder,
        new_case=command.new_case,
    )
    if command.new_case is None:
        return facts(passed_on)
    assert act.receiving is not None  # whoever names one of ours opens a case there
    if act.receiving.agency == case.agency:
        raise errors.SameAgencyError
    letter = case.letter and replace(
        case.letter,
        # It lies before the head it was passed on to, and came from no other hands.
        addressee=Role.AGENCY_HEAD,
        received_by_regional_secretary_at=None,
    )
    sealed = (command.identity, command.words)
    opened = _opened(case, command.case, sealed, act, letter)
    return (*facts(passed_on), Fact(event=opened, stream=command.new_case))


def convert(case: Case, command: commands.Convert, act: Act) -> tuple[Fact, ...]:
    """A visit that needs a written answer goes on as a letter; its card goes back."""
    case.must_have_come_by(Channel.FACE_TO_FACE)
    case.must_be(Stage.DISPOSED)
    case.must_be_handled_by(act.holder)
    sealed = (command.identity, command.words)
    opened = _opened(case, command.case, sealed, act, letter=None)
    converted = events.ConvertedToWritten(
        reason=command.reason, new_case=command.new_case
    )
    return (*facts(converted), Fact(event=opened, stream=command.new_case))


def _opened(
    case: Case,
    origin: UUID,
    sealed: tuple[Digest, Digest],
    act: Act,
    letter: events.LetterReceipt | None,
) -> events.Received:
    """The case as which the request goes on; it is received at the act's time."""
    office = act.receiving
    assert office is not None
    offered = must_offer(Channel.LETTER, office)
    identity, words = sealed
    return events.Received(
        channel=Channel.LETTER,
        agency=office.agency,
        registration_number=act.registration_number,
        standard=office.standard.ref,
        person=case.person,
        identity=identity,
        words=words,
        items=case.items,
        has=tuple(sorted(case.has)),
        letter=letter,
        due=deadlines.on_receipt(
            offered,
            office.standard.statute,
            office.standard.office_hours,
            office.calendar,
            dict.fromkeys(ClockStart, act.occurred_at),
        ),
        origin=origin,
        anonymous=case.anonymous,
        confidential=case.confidential,
    )
