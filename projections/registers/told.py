"""What was sealed of a page of lines, opened for who may know it and no further."""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar
from uuid import UUID

import msgspec

from application import arrays, named_sql, requester, upcasting
from application.register import Connection
from application.requester import IDENTITY, WORDS, Identity, Words
from domain import events
from domain.complaint import Complaint
from domain.values import AgencyCode, Digest
from projections.case_row import Folded
from projections.reader import Sight
from projections.registers.onlooker import Onlooker

T = TypeVar("T")

_RECEIPTS = named_sql.load(__file__)["receipts"]
_TAGS = [
    upcasting.tag_of(event) for event in (events.Received, events.CompletionReceived)
]

BY_WORDS = ("information_requested", "purpose")
"""Columns that stay empty for who may not read what was asked; so for the next."""
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
    connection: Connection, onlooker: Onlooker, cases: Mapping[UUID, Folded]
) -> dict[UUID, Told]:
    """What was told in these cases; nobody's is left out."""
    people = onlooker.people
    sights = {one: onlooker.sight_of(folded.case) for one, folded in cases.items()}
    named = [case for case, sight in sights.items() if sight.requester]
    worded = [case for case, sight in sights.items() if sight.words]
    if people is None or not (named or worded):
        return {case: Told(sight) for case, sight in sights.items()}
    receipts = await _receipts(connection, {*named, *worded})
    identities = await people.told_of(connection, named, IDENTITY)
    words = await people.told_of(connection, worded, WORDS)
    return {
        case: Told(
            sight,
            requester.identity_of(identities.get(case, {}), receipts.get(case, []))
            or Identity(),
            _words(words.get(case, {}), receipts.get(case, [])),
        )
        for case, sight in sights.items()
    }


async def of_visits(
    connection: Connection, onlooker: Onlooker, visits: Mapping[UUID, AgencyCode]
) -> dict[UUID, Told]:
    """What was told at visits without a case; each field of them comes once."""
    people = onlooker.people
    sights = {one: onlooker.sight_of_visit(agency) for one, agency in visits.items()}
    named = [visit for visit, sight in sights.items() if sight.requester]
    worded = [visit for visit, sight in sights.items() if sight.words]
    if people is None:
        return {visit: Told(sight) for visit, sight in sights.items()}
    identities = await people.told_of(connection, named, IDENTITY)
    words = await people.told_of(connection, worded, WORDS)
    return {
        visit: Told(
            sight,
            _only(requester.identity, identities.get(visit, {}), Identity()),
            _only(requester.words, words.get(visit, {}), Words()),
        )
        for visit, sight in sights.items()
    }


async def of_complaints(
    connection: Connection, onlooker: Onlooker, complaints: Mapping[UUID, Complaint]
) -> dict[UUID, Told]:
    """What was told in these complaints; those that he may not hear are left out."""
    people = onlooker.people
    if people is None:
        return {}
    heard = {one: said for one, said in complaints.items() if onlooker.may_hear(said)}
    words = await people.told_of(connection, heard, WORDS)
    named = [one for one, said in heard.items() if not said.opened.anonymous]
    identities = await people.told_of(connection, named, IDENTITY)
    return {
        one: Told(
            identity=_identity(identities.get(one, {}), complaint.opened.identity),
            words=_said(words.get(one, {}), complaint.opened.words),
        )
        for one, complaint in heard.items()
    }


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


def _only(read: Callable[[bytes], T], told: Mapping[Digest, bytes], nothing: T) -> T:
    return next(map(read, told.values()), nothing)


def _words(
    told: Mapping[Digest, bytes], receipts: Collection[events.AnyEvent]
) -> Words:
    for event in receipts:
        if isinstance(event, events.Received):
            return _said(told, event.words)
    return Words()


def _said(told: Mapping[Digest, bytes], words: Digest) -> Words:
    return requester.words(told[words]) if words in told else Words()


def _identity(told: Mapping[Digest, bytes], identity: Digest | None) -> Identity:
    if identity is None or identity not in told:
        return Identity()
    return requester.identity(told[identity])
