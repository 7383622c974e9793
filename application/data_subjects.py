"""In which matters a person's data stand, and what goes with them when he is erased."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import class_row

from application import arrays, named_sql, opening, papers, register, requester
from application.entries import Entry
from application.erasing import Erasure
from application.people import People
from application.requester import IDENTITY, Identity
from application.sealing import Likeness, PersonKey, SealedMore
from domain import events
from domain.case import Case
from domain.complaint import Complaint
from domain.histories import Matter, folded
from domain.objection import Objection
from domain.values import AgencyCode, Digest, OfficialId

_SQL = named_sql.load(__file__)
_PERSON = _SQL["person"]
_KEY = _SQL["key"]
_RECORDS = _SQL["records"]
_ONCE_READ = _SQL["once_read"]
_OPENINGS = _SQL["openings"]
_READ_BY = _SQL["read_by"]
_NUMBERS = _SQL["numbers"]
_KNOWN = _SQL["known"]

Connection = AsyncConnection[Any]

LookedAt: TypeAlias = Callable[
    [AgencyCode, Identity], tuple[Identity, tuple[Likeness, ...]]
]
"""What an agency makes of who somebody is: what looks wrong, and how to find him."""


class DataSubject(msgspec.Struct, frozen=True):
    """A person in the people store."""

    person: UUID
    agency: AgencyCode
    erased_at: datetime | None
    restricted: bool
    """Whether nobody uses his data for the time being."""


class Standing(msgspec.Struct, frozen=True):
    """One matter in which a person's data stand, with its entries."""

    id: UUID
    entries: Sequence[Entry]
    matter: Matter | None
    """None for a visit."""

    @property
    def holds_data(self) -> bool:
        """Whether a decision about the data rests on it."""
        return isinstance(self.matter, Case | Complaint | Objection)


async def find(connection: Connection, person: UUID) -> DataSubject | None:
    """The person of that id; None where nobody bears it."""
    async with connection.cursor(row_factory=class_row(DataSubject)) as cursor:
        await cursor.execute(_PERSON, {"person": person})
        return await cursor.fetchone()


async def key_of(connection: Connection, person: UUID) -> PersonKey | None:
    """Under which his words are sealed; None once he is erased."""
    async with connection.cursor(row_factory=class_row(PersonKey)) as cursor:
        await cursor.execute(_KEY, {"person": person})
        return await cursor.fetchone()


async def matters(connection: Connection, person: UUID) -> list[Standing]:
    """All in which his data stand, or stood, with the complaints about his cases.

    Of an erased person those are found that somebody has read.
    """
    cursor = await connection.execute(_RECORDS, {"person": person})
    records = [record for (record,) in await cursor.fetchall()]
    if not records:
        cursor = await connection.execute(_ONCE_READ, {"person": person})
        records = [record for (record,) in await cursor.fetchall()]
    found = {record: await _standing(connection, record) for record in records}
    for complaint in _complaints(found.values()):
        if complaint not in found:
            found[complaint] = await _standing(connection, complaint)
    return [one for one in found.values() if one.entries]


async def of_matter(connection: Connection, stream: UUID) -> UUID | None:
    """Whose data a case or a data subject's request is about; None for a stranger."""
    first = await register.entries_of(connection, stream, limit=1)
    event = first[0].event if first else None
    if isinstance(event, events.Received | events.DataRequestReceived):
        return event.person
    return None


async def openings(connection: Connection, tag: str) -> list[UUID]:
    """Every data subject's request, or every breach, the newest first."""
    cursor = await connection.execute(_OPENINGS, {"tag": tag})
    return [stream for (stream,) in await cursor.fetchall()]


async def erasure(
    connection: Connection, person: UUID, concerned: Sequence[Standing]
) -> tuple[Erasure, dict[UUID, tuple[Digest, ...]]]:
    """Who is erased, and the papers that go along, by the matter that names them.

    A paper that another person's matter names as well stays.
    """
    ours = {one.id for one in concerned}
    gone: dict[UUID, tuple[Digest, ...]] = {}
    documents: dict[tuple[AgencyCode, Digest], None] = {}
    for one in concerned:
        alone = [
            document
            for document in documents_of(one)
            if ours.issuperset(
                await papers.subjects(connection, bytes.fromhex(document))
            )
        ]
        if alone and one.matter is not None:
            gone[one.id] = tuple(alone)
            agency = one.matter.agency
            documents.update(dict.fromkeys((agency, each) for each in alone))
    return Erasure(person=person, documents=tuple(documents)), gone


def documents_of(one: Standing) -> tuple[Digest, ...]:
    """The papers that a matter names, each once."""
    named: dict[Digest, None] = {}
    for entry in one.entries:
        match entry.event:
            case (
                events.Drafted(document=str(document))
                | events.ConsequenceTestRecorded(document=str(document))
                | events.ComplaintAnswered(document=str(document))
                | events.ObjectionFiled(power_of_attorney=str(document))
                | events.DataRequestReceived(power_of_attorney=str(document))
            ):
                named[document] = None
            case _:
                pass
    return tuple(named)


async def corrected(
    people: People,
    connection: Connection,
    concerned: Iterable[Standing],
    said: Mapping[str, str],
    looked_at: LookedAt,
) -> tuple[SealedMore, ...]:
    """The identity of each case with what was said put right, sealed anew.

    Nobody reads it: it is sealed again before it leaves this function.
    """
    cases = [one for one in concerned if isinstance(one.matter, Case)]
    ids = [one.id for one in cases]
    told = opening.opened(people, await people.closed_of(connection, ids, IDENTITY))
    keys = await people.keys_of(connection, ids)
    sealed = []
    for one in cases:
        history = [entry.event for entry in one.entries]
        before = requester.identity_of(told.get(one.id, {}), history) or Identity()
        key = keys.get(one.id)
        if key is None:
            continue
        after, likenesses = looked_at(
            key.agency, msgspec.structs.replace(before, **said)
        )
        field = {IDENTITY: requester.encode(after)}
        more = people.seal_under(key, one.id, field)
        sealed.append(
            msgspec.structs.replace(more, likenesses=likenesses, must_live=True)
        )
    return tuple(sealed)


async def read_by(
    connection: Connection,
    official: OfficialId,
    agency: AgencyCode,
    since: datetime,
    until: datetime,
) -> list[UUID]:
    """Whose data an official was shown in a span of time, `until` exclusive."""
    of = {"official": official, "agency": agency, "since": since, "until": until}
    cursor = await connection.execute(_READ_BY, of)
    return [person for (person,) in await cursor.fetchall()]


async def known(connection: Connection, persons: Sequence[UUID]) -> dict[UUID, str]:
    """Which of these persons there are, each with the agency."""
    cursor = await connection.execute(_KNOWN, {"persons": list(persons)})
    return dict(await cursor.fetchall())


async def numbers(
    connection: Connection, persons: Sequence[UUID]
) -> dict[UUID, list[tuple[UUID, str]]]:
    """The cases of these persons with their numbers; erased ones have none left."""
    cursor = await connection.execute(
        _NUMBERS, {"persons": arrays.uuids(list(persons))}, binary=True
    )
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for person, case, number in await cursor.fetchall():
        found.setdefault(person, []).append((case, number))
    return found


async def _standing(connection: Connection, stream: UUID) -> Standing:
    entries = await register.entries_of(connection, stream)
    matter = folded((entry.event, entry.by()) for entry in entries)
    return Standing(stream, entries, matter)


def _complaints(found: Iterable[Standing]) -> list[UUID]:
    """Complaints that the cases' own histories tell of."""
    named: list[UUID] = []
    for one in found:
        for entry in one.entries:
            match entry.event:
                case events.Complained(complaint=complaint):
                    named.append(complaint)
                case events.LaporReviewed(complaint=UUID() as complaint):
                    named.append(complaint)
                case _:
                    pass
    return named
