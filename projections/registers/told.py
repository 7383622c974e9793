"""What was sealed of a page of lines, opened for who may know it and no further."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application import arrays, named_sql, requester, upcasting
from application.people import ClosedField
from application.reading_room import ReadingRoom
from application.readings import Ground, Kind
from application.register import Connection
from application.requester import IDENTITY, WORDS, Identity, Words
from application.sight import Sight
from domain import events
from domain.complaint import Complaint
from domain.values import AgencyCode, Digest
from projections.case_row import Folded
from projections.registers.onlooker import Onlooker

T = TypeVar("T")

_RECEIPTS = named_sql.load(__file__)["receipts"]
_TAGS = [
    upcasting.tag_of(event)
    for event in (
        events.Received,
        events.CompletionReceived,
        events.PersonalDataCorrected,
    )
]

BY_WORDS = ("information_requested", "purpose")
"""Columns that stay empty for who may not read what was asked; so for the next."""
REGISTER = frozenset(
    {
        "name",
        "institution",
        "address",
        "phone",
        "email",
        "subject",
        "items",
        "visit_purpose",
    }
)
"""What registers of requests and objections show, which is all that is opened."""
AGENDA = frozenset({"name", "institution", "subject"})
"""The same of the agenda book, the guest book and the register of complaints."""
GUEST_BOOK = frozenset({"name", "institution", "phone", "address", "visit_purpose"})
COMPLAINTS = frozenset({"name", "institution", "phone", "email", "subject", "text"})

BY_REQUESTER = ("name", "address", "contact")
SEALED = (*BY_REQUESTER, *BY_WORDS)


class Told(msgspec.Struct, frozen=True):
    """What somebody told the office, as far as the reader may know it."""

    sight: Sight = Sight()
    """What he may know of it at all."""
    identity: Identity = Identity()
    """Empty where he may not know it, or the person was erased."""
    words: Words = Words()

    def not_shown_with(self, written: tuple[str, ...]) -> tuple[str, ...]:
        """The columns that the reader may not see; `written` are officials' words."""
        return (
            *(() if self.sight.requester else BY_REQUESTER),
            *(() if self.sight.words else (*BY_WORDS, *written)),
        )

    @property
    def name(self) -> str | None:
        """The person's, or of whom it is if only that was told."""
        return self.identity.name or self.identity.institution

    @property
    def contact(self) -> str | None:
        """Telephone and e-mail."""
        return (
            "; ".join(filter(None, (self.identity.phone, self.identity.email))) or None
        )

    @property
    def asked(self) -> str | None:
        """The subject, and the items with their numbers, a line each."""
        items = (f"{n}. {item}" for n, item in enumerate(self.words.items, start=1))
        return "\n".join(filter(None, (self.words.subject, *items))) or None


async def of_cases(
    connection: Connection,
    onlooker: Onlooker,
    cases: Mapping[UUID, Folded],
    parts: frozenset[str] = REGISTER,
) -> dict[UUID, Told]:
    """What was told in these cases, as far as the book shows it; none is left out."""
    sights = {
        one: replace(onlooker.sight_of(folded.case), parts=parts)
        for one, folded in cases.items()
    }
    legible = [one for one, sight in sights.items() if sight.requester or sight.words]
    if onlooker.room is None or not legible:
        return {case: Told(sight) for case, sight in sights.items()}
    receipts = await _receipts(connection, legible)
    opened = await _opened(connection, onlooker.room, Kind.CASE, sights)
    return {
        case: Told(
            sight,
            requester.identity_of(opened.get(case, {}), receipts.get(case, []))
            or Identity(),
            _words(opened.get(case, {}), receipts.get(case, [])),
        )
        for case, sight in sights.items()
    }


async def of_visits(
    connection: Connection, onlooker: Onlooker, visits: Mapping[UUID, AgencyCode]
) -> dict[UUID, Told]:
    """What was told at visits without a case; each field of them comes once."""
    sights = {
        one: replace(onlooker.sight_of_visit(agency), parts=GUEST_BOOK)
        for one, agency in visits.items()
    }
    if onlooker.room is None:
        return {visit: Told(sight) for visit, sight in sights.items()}
    opened = await onlooker.room.fields(
        Kind.VISIT,
        sights,
        await _closed(connection, onlooker.room, sights),
        why=Ground.REGISTER,
    )
    return {
        visit: Told(
            sight,
            _read(requester.identity, opened.get(visit, {}).get(IDENTITY), Identity()),
            _read(requester.words, opened.get(visit, {}).get(WORDS), Words()),
        )
        for visit, sight in sights.items()
    }


async def of_complaints(
    connection: Connection, onlooker: Onlooker, complaints: Mapping[UUID, Complaint]
) -> dict[UUID, Told]:
    """What was told in these complaints; those that he may not hear are left out."""
    room = onlooker.room
    if room is None:
        return {}
    sights = {
        one: Sight(
            words=leave,
            requester=None if said.opened.anonymous else leave,
            parts=COMPLAINTS,
        )
        for one, said in complaints.items()
        if (leave := onlooker.heard(said)) is not None
    }
    opened = await _opened(connection, room, Kind.COMPLAINT, sights)
    return {
        one: Told(
            identity=requester.identity_of(
                opened.get(one, {}),
                (complaints[one].opened, *complaints[one].corrections),
            )
            or Identity(),
            words=_said(opened.get(one, {}), complaints[one].opened.words),
        )
        for one in sights
    }


async def _opened(
    connection: Connection,
    room: ReadingRoom,
    kind: Kind,
    sights: Mapping[UUID, Sight],
) -> dict[UUID, dict[Digest, bytes]]:
    """What the books show of each, as far as its sight goes."""
    closed = await _closed(connection, room, sights)
    return await room.told(kind, sights, closed, why=Ground.REGISTER)


async def _closed(
    connection: Connection, room: ReadingRoom, sights: Mapping[UUID, Sight]
) -> tuple[ClosedField, ...]:
    named = [one for one, sight in sights.items() if sight.requester]
    worded = [one for one, sight in sights.items() if sight.words]
    return (
        *await room.people.closed_of(connection, named, IDENTITY),
        *await room.people.closed_of(connection, worded, WORDS),
    )


async def _receipts(
    connection: Connection, cases: Collection[UUID]
) -> dict[UUID, list[events.AnyEvent]]:
    """Receipts and completions, from the register: they name what was sealed when."""
    cursor = connection.cursor(binary=True)
    await cursor.execute(_RECEIPTS, {"cases": arrays.uuids(list(cases)), "tags": _TAGS})
    found: dict[UUID, list[events.AnyEvent]] = {}
    for case, tag, state in await cursor.fetchall():
        found.setdefault(case, []).append(upcasting.decode(tag, state))
    return found


def _read(read: Callable[[bytes], T], told: bytes | None, nothing: T) -> T:
    return nothing if told is None else read(told)


def _words(
    told: Mapping[Digest, bytes], receipts: Collection[events.AnyEvent]
) -> Words:
    for event in receipts:
        if isinstance(event, events.Received):
            return _said(told, event.words)
    return Words()


def _said(told: Mapping[Digest, bytes], words: Digest) -> Words:
    return requester.words(told[words]) if words in told else Words()
