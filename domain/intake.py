"""Taking a request in: by visit, by letter or by a report in SP4N-LAPOR!."""

from collections.abc import Mapping
from datetime import datetime

from domain import commands, deadlines, errors, events
from domain.calendar import Calendar
from domain.channel_standard import ChannelStandard, ClockStart
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.order import in_order
from domain.terms import IdCardCustody
from domain.values import Channel


def must_offer(channel: Channel, office: Office) -> ChannelStandard:
    """The standard of a channel, which the agency must have open."""
    offered = office.standard.channel(channel)
    if offered is None:
        raise errors.ChannelClosedError(channel)
    return offered


def letter_in_order(
    letter: events.LetterReceipt, received_at: datetime, calendar: Calendar
) -> None:
    """A letter is written, then held by the Regional Secretary, then received."""
    held_at = letter.received_by_regional_secretary_at
    in_order(held_at, received_at)
    if letter.dated is not None:
        in_order(calendar.start_of(letter.dated), held_at or received_at)


def report_in_order(lapor: events.LaporReceipt, received_at: datetime) -> None:
    """A report is submitted, then forwarded if it was, then copied here."""
    in_order(lapor.submitted_at, lapor.forwarded_at or received_at)
    in_order(lapor.forwarded_at, received_at)


def starts(
    received_at: datetime,
    letter: events.LetterReceipt | None,
    lapor: events.LaporReceipt | None,
) -> Mapping[ClockStart, datetime]:
    """The instants from which a standard may let its clocks count."""
    held_by_secretary = letter.received_by_regional_secretary_at if letter else None
    return {
        ClockStart.RECEIVED: received_at,
        ClockStart.RECEIVED_BY_AGENCY: received_at,
        ClockStart.RECEIVED_BY_REGIONAL_SECRETARY: held_by_secretary or received_at,
        ClockStart.SUBMITTED: lapor.submitted_at if lapor else received_at,
    }


def _received(
    command: commands.Receive,
    channel: Channel,
    act: Act,
    office: Office,
    *,
    letter: events.LetterReceipt | None = None,
    lapor: events.LaporReceipt | None = None,
) -> events.Received:
    offered = must_offer(channel, office)
    return events.Received(
        channel=channel,
        agency=office.agency,
        registration_number=act.registration_number,
        standard=office.standard.ref,
        person=command.person,
        identity=command.identity,
        words=command.words,
        items=command.items,
        has=tuple(sorted(command.has)),
        missing=offered.missing(command.has),
        letter=letter,
        lapor=lapor,
        due=deadlines.on_receipt(
            offered,
            office.standard.statute,
            office.standard.office_hours,
            office.calendar,
            starts(act.occurred_at, letter, lapor),
        ),
    )


def receive_at_counter(
    command: commands.ReceiveAtCounter, act: Act, office: Office
) -> tuple[Fact, ...]:
    """A visitor is received, and leaves his card, in one act.

    Without any identity there is no case: the visit goes into the guest book.
    """
    missing = must_offer(Channel.FACE_TO_FACE, office).missing(command.has)
    if missing:
        raise errors.RequirementNotMetError(missing)
    received = _received(command, Channel.FACE_TO_FACE, act, office)
    if command.id_card is None:
        return facts(received)
    if office.standard.id_card is IdCardCustody.SHOW_ONLY:
        raise errors.IdCardNotTakenError
    return facts(received, events.IdCardDeposited(kind=command.id_card))


def receive_letter(
    command: commands.ReceiveLetter, act: Act, office: Office
) -> tuple[Fact, ...]:
    """A letter is received even when something is missing; it is then incomplete."""
    letter = command.letter
    letter_in_order(letter, act.occurred_at, office.calendar)
    return facts(_received(command, Channel.LETTER, act, office, letter=letter))


def receive_report(
    command: commands.ReceiveReport, act: Act, office: Office
) -> tuple[Fact, ...]:
    """A report is received once, however often it is copied from SP4N-LAPOR!."""
    must_offer(Channel.SP4N_LAPOR, office)
    if not command.addressed_to_us:
        raise errors.NotAddressedToUsError
    if act.report_taken_by is not None:
        raise errors.DuplicateTrackingIdError
    lapor = command.lapor
    report_in_order(lapor, act.occurred_at)
    return facts(_received(command, Channel.SP4N_LAPOR, act, office, lapor=lapor))
