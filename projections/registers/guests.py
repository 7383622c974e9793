"""The guest book (buku tamu), with the identity cards that reception took in."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.calendar import Calendar
from domain.case import Case
from domain.values import AgencyCode, OfficialId, Outcome, VisitOutcome
from projections.case_row import Folded
from projections.guest_row import Guest
from projections.registers import told
from projections.registers.cases_of import cases_of
from projections.registers.excerpt import Excerpt, Found, cut
from projections.registers.onlooker import Onlooker
from projections.registers.told import Told

_NEWEST = named_sql.load(__file__)["newest"]

_decode = msgspec.msgpack.Decoder(Guest).decode

BY_REQUESTER = ("name", "institution", "phone", "address")


class Card(msgspec.Struct, frozen=True):
    """Custody of a visitor's card (titipan KTP)."""

    kind: str
    """A word of the office; never its number."""
    deposited_at: datetime
    returned_at: datetime | None
    """None while reception holds it."""
    returned_to: str | None
    """`visitor`, `proxy` or `other`."""


class GuestLine(msgspec.Struct, frozen=True, kw_only=True):
    """One visitor; times are the agency's."""

    came_at: datetime
    name: str | None
    institution: str | None
    phone: str | None
    address: str | None
    purpose: Annotated[str | None, Meta(description="Of the visit.")]
    met: Annotated[
        OfficialId | None, Meta(description="To whom the visitor was directed last.")
    ]
    visit_outcome: Annotated[
        VisitOutcome | None, Meta(description="Why it made no case; null if it did.")
    ]
    case_outcome: Annotated[
        Outcome | None, Meta(description="What became of the case that it made.")
    ]
    card: Card | None
    visit: Annotated[UUID | None, Meta(description="Null where it made a case.")]
    case: UUID | None
    registration_number: str | None
    agency: AgencyCode
    not_shown: Annotated[
        tuple[str, ...], Meta(description="Columns that the reader may not see.")
    ]


class GuestPage(msgspec.Struct, frozen=True):
    """Lines of the book, the newest first."""

    items: tuple[GuestLine, ...]
    next: str | None
    """Opaque; where the book goes on, while there is more."""


class _Found(Found, frozen=True):
    guest_id: UUID
    folded: bytes


async def guests(
    connection: Connection,
    onlooker: Onlooker,
    excerpt: Excerpt,
    *,
    held: bool | None = None,
) -> GuestPage:
    """A page of the book; `held`: only whose card reception holds, or does not."""
    of = excerpt.within() | {"held": held}
    async with connection.cursor(binary=True, row_factory=class_row(_Found)) as cursor:
        await cursor.execute(_NEWEST, of, prepare=False)
        found, following = cut(await cursor.fetchall(), excerpt.limit)
    book = {one.guest_id: _decode(one.folded) for one in found}
    cases = await cases_of(
        connection, [one for one, guest in book.items() if guest.outcome is None]
    )
    visits = {
        one: guest.agency for one, guest in book.items() if guest.outcome is not None
    }
    opened = await told.of_cases(connection, onlooker, cases)
    opened |= await told.of_visits(connection, onlooker, visits)
    return GuestPage(
        items=tuple(
            line(
                one,
                guest,
                cases.get(one),
                opened.get(one, Told()),
                onlooker.offices.calendar(guest.agency),
            )
            for one, guest in book.items()
        ),
        next=following,
    )


def line(
    guest_id: UUID,
    guest: Guest,
    folded: Folded | None,
    said: Told,
    calendar: Calendar,
) -> GuestLine:
    """What the book says of a visitor; `folded` is the case that he made."""
    case: Case | None = None if folded is None else folded.case
    made_case = guest.outcome is None
    return GuestLine(
        came_at=calendar.local(guest.came_at),
        name=said.identity.name,
        institution=said.identity.institution,
        phone=said.identity.phone,
        address=said.identity.address,
        purpose=said.words.visit_purpose,
        met=None if case is None else case.assignee,
        visit_outcome=guest.outcome,
        case_outcome=None if case is None else case.outcome,
        card=_card(guest, calendar),
        visit=None if made_case else guest_id,
        case=guest_id if made_case else None,
        registration_number=guest.registration_number,
        agency=guest.agency,
        not_shown=(
            *(() if said.sight.requester else BY_REQUESTER),
            *(() if said.sight.words else ("purpose",)),
        ),
    )


def _card(guest: Guest, calendar: Calendar) -> Card | None:
    card = guest.card
    if card is None:
        return None
    returned_at = card.returned_at
    return Card(
        kind=card.kind,
        deposited_at=calendar.local(card.deposited_at),
        returned_at=None if returned_at is None else calendar.local(returned_at),
        returned_to=card.returned_to,
    )
