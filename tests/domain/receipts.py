"""Receipts for scenarios, each with the clocks that the agency's standard starts.

Nobody's name stands here: persons are ids, words are digests.
"""

from datetime import datetime, timedelta

from domain import deadlines, events
from domain.channel_standard import ClockStart
from domain.values import AgencyCode, Channel, LaporMedium, Requirement, Role
from tests.domain.offices import BPPD, CLERK, LIAISON, OFFICES, RECEPTIONIST
from tests.domain.scenarios import MORNING, NUMBER, Happened
from tests.domain.words import IDENTITY, PERSON, WORDS


def received(
    channel: Channel,
    at: datetime,
    agency: AgencyCode = BPPD,
    *,
    items: int = 1,
    has: tuple[Requirement, ...] = (),
    missing: tuple[Requirement, ...] = (),
    letter: events.LetterReceipt | None = None,
    lapor: events.LaporReceipt | None = None,
) -> events.Received:
    """A receipt with the clocks of the agency's standard."""
    office = OFFICES[agency]
    offered = office.standard.channel(channel)
    assert offered is not None
    starts = dict.fromkeys(ClockStart, at)
    if letter and letter.received_by_regional_secretary_at:
        held_at = letter.received_by_regional_secretary_at
        starts[ClockStart.RECEIVED_BY_REGIONAL_SECRETARY] = held_at
    if lapor:
        starts[ClockStart.SUBMITTED] = lapor.submitted_at
    return events.Received(
        channel=channel,
        agency=agency,
        registration_number=NUMBER,
        standard=office.standard.ref,
        person=PERSON,
        identity=IDENTITY,
        words=WORDS,
        items=items,
        has=has,
        missing=missing,
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


def visited(
    *,
    card: str | None = None,
    items: int = 1,
    at: datetime = MORNING,
    agency: AgencyCode = BPPD,
) -> tuple[Happened, ...]:
    """Somebody came to the counter, and left a card if one is named."""
    has = (Requirement.IDENTITY_SHOWN,)
    came = received(Channel.FACE_TO_FACE, at, agency, items=items, has=has)
    arrived = Happened(came, by=RECEPTIONIST, at=at)
    if card is None:
        return (arrived,)
    left = events.IdCardDeposited(kind=card)
    return (arrived, Happened(left, by=RECEPTIONIST, at=at))


def lettered(
    *,
    items: int = 1,
    addressee: Role | None = Role.AGENCY_HEAD,
    missing: tuple[Requirement, ...] = (),
    at: datetime = MORNING,
    agency: AgencyCode = BPPD,
) -> Happened:
    """A letter came in."""
    return Happened(
        received(
            Channel.LETTER,
            at,
            agency,
            items=items,
            has=() if missing else (Requirement.PHONE,),
            missing=missing,
            letter=events.LetterReceipt(addressee=addressee),
        ),
        by=CLERK,
        at=at,
    )


def reported(
    *,
    items: int = 1,
    anonymous: bool = False,
    confidential: bool = False,
    at: datetime = MORNING,
) -> Happened:
    """The liaison found a report in SP4N-LAPOR!."""
    lapor = events.LaporReceipt(
        tracking_id="1234567",
        medium=LaporMedium.WEB,
        submitted_at=at - timedelta(hours=1),
        anonymous=anonymous,
        confidential=confidential,
    )
    has = (Requirement.ADDRESS, Requirement.NAME)
    event = received(Channel.SP4N_LAPOR, at, items=items, has=has, lapor=lapor)
    return Happened(event, by=LIAISON, at=at)
