"""A visitor's row in the guest book: who came to whom is sealed, his card is here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeAlias, get_args

import msgspec
from msgspec.structs import replace

from application import arrays
from application.entries import Entry
from domain import events
from domain.values import AgencyCode, Channel, CorrectableFact, VisitOutcome
from projections.columns import Columns, told
from projections.row_sheet import Row, SkippedVersionError

_Guest: TypeAlias = (
    events.Visited
    | events.Received
    | events.IdCardDeposited
    | events.IdCardReturned
    | events.FactCorrected
)

GUEST_EVENTS = get_args(_Guest)
"""What the guest book cares for."""


class Custody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A visitor's card at reception (titipan KTP)."""

    kind: str
    """A word of the office; never its number."""
    deposited_at: datetime
    deposited_in: int
    """The version that tells it; so for the return."""
    returned_at: datetime | None = None
    returned_in: int | None = None
    returned_to: str | None = None
    """`visitor`, `proxy` or `other`; who it was is sealed."""


class Guest(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a row is folded on."""

    agency: AgencyCode
    came_at: datetime
    outcome: VisitOutcome | None = None
    """Why it made no case; None where it made one."""
    registration_number: str | None = None
    """Of the case that it made."""
    card: Custody | None = None

    def happened_at(self, version: int, at: datetime) -> "Guest":
        """The same after the time of what that version told was corrected."""
        if version == 1:
            return replace(self, came_at=at)
        card = self.card
        if card is not None and version == card.deposited_in:
            return replace(self, card=replace(card, deposited_at=at))
        if card is not None and version == card.returned_in:
            return replace(self, card=replace(card, returned_at=at))
        return self


def fold(row: Row[Guest] | None, entry: Entry) -> Row[Guest] | None:
    """The visitor's row after an entry; None where the entry is no visitor's.

    His history is the visit's or the case's, of which the book cares for few entries.
    """
    if row is None:
        entered = _entered(entry)
        return None if entered is None else Row.begun(entry, entered)
    guest = _after(row.folded, entry)
    return row if guest is row.folded else row.after(entry, guest)


def _entered(entry: Entry) -> Guest | None:
    match entry.event:
        case events.Visited(agency=agency, outcome=outcome):
            return Guest(agency, entry.occurred_at, outcome=outcome)
        case events.Received(channel=Channel.FACE_TO_FACE) as received:
            return Guest(
                received.agency,
                entry.occurred_at,
                registration_number=received.registration_number,
            )
        case events.IdCardDeposited():
            raise SkippedVersionError
        case _:
            return None


def _after(guest: Guest, entry: Entry) -> Guest:
    match entry.event:
        case events.IdCardDeposited(kind=kind):
            card = Custody(kind, entry.occurred_at, deposited_in=entry.version)
            return replace(guest, card=card)
        case events.IdCardReturned(to=to) if guest.card is not None:
            card = replace(
                guest.card,
                returned_at=entry.occurred_at,
                returned_in=entry.version,
                returned_to=to,
            )
            return replace(guest, card=card)
        case (
            events.FactCorrected(
                fact=CorrectableFact.OCCURRED_AT, value=str() as said
            ) as correction
        ):
            at = datetime.fromisoformat(said).astimezone(UTC)
            return guest.happened_at(correction.of or correction.version, at)
        case _:
            return guest


_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def columns(rows: Sequence[Row[Guest]]) -> Columns:
    """The rows as they are written."""
    guests = [row.folded for row in rows]
    cards = [guest.card for guest in guests]
    return {
        "guest_id": arrays.uuids([row.stream for row in rows]),
        "version": arrays.bigints([row.version for row in rows]),
        "position": arrays.bigints([row.position for row in rows]),
        "entered_position": arrays.bigints([row.first_position for row in rows]),
        "agency": arrays.texts([guest.agency for guest in guests]),
        "came_at": arrays.instants([guest.came_at for guest in guests]),
        "outcome": arrays.texts_or_null([guest.outcome for guest in guests]),
        "registration_number": arrays.texts_or_null(
            [guest.registration_number for guest in guests]
        ),
        "card_kind": arrays.texts_or_null(told(cards, lambda card: card.kind)),
        "card_deposited_at": arrays.instants_or_null(
            told(cards, lambda card: card.deposited_at)
        ),
        "card_returned_at": arrays.instants_or_null(
            told(cards, lambda card: card.returned_at)
        ),
        "card_returned_to": arrays.texts_or_null(
            told(cards, lambda card: card.returned_to)
        ),
        "folded": arrays.byteas([_encode(guest) for guest in guests]),
    }
