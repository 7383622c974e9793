"""The sheet that goes with a letter (lembar disposisi), straight from the register."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from application import requester
from application.requester import Identity, Words
from domain import events
from domain.calendar import Calendar
from domain.office import Office
from domain.values import (
    AgencyCode,
    Channel,
    Digest,
    OfficialId,
    Role,
    Secrecy,
    Urgency,
)
from projections.reader import Reader
from projections.standing import Standing


class Named(msgspec.Struct, frozen=True):
    """An official, with his name where the directory knows him."""

    official: OfficialId
    name: str | None


class SheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """One disposition, and each one downward after it."""

    version: int
    at: Annotated[datetime, Meta(description="As far as is known today.")]
    by: Annotated[Named, Meta(description="Who assigned, or gave direction.")]
    acting_for: Annotated[
        OfficialId | None, Meta(description="In whose post, where not in his own.")
    ]
    to: Annotated[Named, Meta(description="Who is to answer (diteruskan kepada).")]
    others: tuple[Named, ...]
    instructions: Annotated[
        tuple[str, ...], Meta(description="What is asked (dengan hormat harap).")
    ]
    urgency: Urgency
    secrecy: Secrecy
    respond_by: date | None
    oral: Annotated[bool, Meta(description="Said at the counter, not written.")]
    note: str | None


class DispositionSheet(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /v1/cases/{id}/disposition-sheet`."""

    case: UUID
    registration_number: str
    agency: AgencyCode
    channel: Channel
    sender: Annotated[
        str | None, Meta(description="Null too where the reader may not know.")
    ]
    letter_number: str | None
    letter_date: date | None
    agenda_number: str | None
    received_at: datetime
    addressee: Role | None
    subject: Annotated[
        str | None, Meta(description="Null too where the reader may not know.")
    ]
    lines: tuple[SheetLine, ...]
    not_shown: tuple[str, ...]
    """What the reader may not know."""


def disposition_sheet(
    case_id: UUID,
    standing: Standing,
    reader: Reader,
    told: Mapping[Digest, bytes],
    office: Office,
) -> DispositionSheet:
    """Put the sheet together; `told` is what the people store opens of the case."""
    case, letter = standing.case, standing.case.letter
    history = [entry.event for entry in standing.entries]
    identity, words = Identity(), Words()
    if reader.requester:
        identity = requester.identity_of(told, history) or identity
    if reader.words:
        words = _words(history[0], told)
    return DispositionSheet(
        case=case_id,
        registration_number=case.registration_number,
        agency=case.agency,
        channel=case.channel,
        sender=identity.name or identity.institution,
        letter_number=None if letter is None else letter.number,
        letter_date=None if letter is None else letter.dated,
        agenda_number=None if letter is None else letter.agenda_number,
        received_at=office.calendar.local(case.times[0]),
        addressee=case.addressee,
        subject=words.subject,
        lines=tuple(_lines(standing, office, office.calendar)),
        not_shown=(
            *(() if reader.requester else ("sender",)),
            *(() if reader.words else ("subject",)),
        ),
    )


def _words(received: events.AnyEvent, told: Mapping[Digest, bytes]) -> Words:
    assert isinstance(received, events.Received)
    if received.words not in told:
        return Words()
    return requester.words(told[received.words])


def _lines(
    standing: Standing, office: Office, calendar: Calendar
) -> Iterator[SheetLine]:
    agency = standing.case.agency

    def named(official: OfficialId) -> Named:
        found = office.directory.known(official, agency)
        return Named(official, None if found is None else found.name)

    for entry in standing.entries:
        event = entry.event
        if isinstance(event, events.Disposed):
            yield SheetLine(
                version=entry.version,
                at=calendar.local(standing.case.times[entry.version - 1]),
                by=named(event.by),
                acting_for=entry.metadata.acting_for,
                to=named(event.to),
                others=tuple(map(named, event.others)),
                instructions=event.instructions,
                urgency=event.urgency,
                secrecy=event.secrecy,
                respond_by=event.respond_by,
                oral=event.oral,
                note=entry.metadata.note,
            )
