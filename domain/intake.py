"""Taking a request in: by visit, by letter or by a report in SP4N-LAPOR!."""

from datetime import datetime

from domain import commands, deadlines, errors, events
from domain.channel_standard import ChannelStandard, ClockStart
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.terms import IdCardCustody
from domain.values import Channel


def _channel(channel: Channel, office: Office) -> ChannelStandard:
    offered = office.standard.channel(channel)
    if offered is None:
        raise errors.ChannelClosedError(channel)
    return offered


def _in_order(earlier: datetime | None, later: datetime) -> None:
    if earlier is not None and earlier > later:
        raise errors.OutOfOrderError(later, earlier)


def _received(
    command: commands.Receive,
    channel: Channel,
    act: Act,
    office: Office,
    *,
    letter: events.LetterReceipt | None = None,
    lapor: events.LaporReceipt | None = None,
) -> events.Received:
    offered = _channel(channel, office)
    held_by_secretary = letter.received_by_regional_secretary_at if letter else None
    starts = {
        ClockStart.RECEIVED: act.occurred_at,
        ClockStart.RECEIVED_BY_AGENCY: act.occurred_at,
        ClockStart.RECEIVED_BY_REGIONAL_SECRETARY: held_by_secretary or act.occurred_at,
        ClockStart.SUBMITTED: lapor.submitted_at if lapor else act.occurred_at,
    }
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
            starts,
        ),
    )


def receive_at_counter(
    command: commands.ReceiveAtCounter, act: Act, office: Office
) -> tuple[Fact, ...]:
    """A visitor is received, and leaves his card, in one act.

    Without any identity there is no case: the visit goes into the guest book.
    """
    missing = _channel(Channel.FACE_TO_FACE, office).missing(command.has)
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
    _in_order(letter.received_by_regional_secretary_at, act.occurred_at)
    if letter.dated is not None:
        held_at = letter.received_by_regional_secretary_at or act.occurred_at
        _in_order(office.calendar.start_of(letter.dated), held_at)
    return facts(_received(command, Channel.LETTER, act, office, letter=letter))


def receive_report(
    command: commands.ReceiveReport, act: Act, office: Office
) -> tuple[Fact, ...]:
    """A report is received once, however often it is copied from SP4N-LAPOR!."""
    _channel(Channel.SP4N_LAPOR, office)
    if not command.addressed_to_us:
        raise errors.NotAddressedToUsError
    if act.report_taken_by is not None:
        raise errors.DuplicateTrackingIdError
    lapor = command.lapor
    _in_order(lapor.submitted_at, lapor.forwarded_at or act.occurred_at)
    _in_order(lapor.forwarded_at, act.occurred_at)
    return facts(_received(command, Channel.SP4N_LAPOR, act, office, lapor=lapor))
