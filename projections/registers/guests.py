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
SEALED = (*BY_REQUESTER, "purpose")
"""Columns that stay empty for who may not know them."""


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
    card_kind: Annotated[
        str | None, Meta(description="Of the card left; null where none was.")
    ]
    card_deposited_at: datetime | None
    card_returned_at: Annotated[
        datetime | None, Meta(description="Null while reception holds it.")
    ]
    card_returned_to: Annotated[
        str | None, Meta(description="`visitor`, `proxy` or `other`.")
    ]
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
    opened = await told.of_cases(connection, onlooker, cases, told.GUEST_BOOK)
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
    made_case, card = guest.outcome is None, guest.card

    def local(at: datetime | None) -> datetime | None:
        return None if at is None else calendar.local(at)

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
        card_kind=None if card is None else card.kind,
        card_deposited_at=local(None if card is None else card.deposited_at),
        card_returned_at=local(None if card is None else card.returned_at),
        card_returned_to=None if card is None else card.returned_to,
        visit=None if made_case else guest_id,
        case=guest_id if made_case else None,
        registration_number=guest.registration_number,
        agency=guest.agency,
        not_shown=(
            *(() if said.sight.requester else BY_REQUESTER),
            *(() if said.sight.words else ("purpose",)),
        ),
    )
