"""In which matters a person's data stand, and what goes with them when he is erased."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import class_row
from typing_extensions import TypeIs

from application import arrays, named_sql, papers, register, requester
from application.entries import Entry
from application.likeness import LikenessKind
from application.requester import IDENTITY, Identity
from application.sealing import Likeness, PersonKey, SealedMore, Sealing
from domain import events, nik
from domain.case import Case
from domain.complaint import Complaint
from domain.events import documents_named
from domain.histories import Matter, folded
from domain.holds import HoldsData
from domain.values import AgencyCode, Channel, Digest, OfficialId

_SQL = named_sql.load(__file__)
_PERSON = _SQL["person"]
_KEY = _SQL["key"]
_MATTERS = _SQL["matters"]
_RECORDS = _SQL["records"]
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
    """One matter that touches a person's data, with its entries."""

    id: UUID
    entries: Sequence[Entry]
    matter: Matter | None
    """None for a visit."""

    @property
    def holds_data(self) -> bool:
        """Whether a decision about the data rests on it."""
        return isinstance(self.matter, HoldsData)

    @property
    def person(self) -> UUID:
        """Whose data stand in it: of a complaint the complainant's."""
        match self.entries[0].event:
            case (
                events.Received(person=person)
                | events.Visited(person=person)
                | events.ComplaintOpened(person=person)
                | events.ObjectionFiled(person=person)
                | events.DataRequestReceived(person=person)
            ):
                return person
            case _:
                message = "nobody's data stand in this history"
                raise AssertionError(message)


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
    """All that touch his data: his own, and what others complain of in his cases.

    Of an erased person those are found that somebody has read.
    """
    cursor = await connection.execute(_MATTERS, {"person": person})
    found = [await _standing(connection, one) for (one,) in await cursor.fetchall()]
    return [one for one in found if one.entries]


async def records(connection: Connection, persons: Sequence[UUID]) -> list[UUID]:
    """Where anything is sealed of these persons."""
    if not persons:
        return []
    cursor = await connection.execute(_RECORDS, {"persons": list(persons)})
    return [record for (record,) in await cursor.fetchall()]


async def openings(connection: Connection, tag: str) -> list[UUID]:
    """Every data subject's request, or every breach, the newest first."""
    cursor = await connection.execute(_OPENINGS, {"tag": tag})
    return [stream for (stream,) in await cursor.fetchall()]


async def papers_alone(
    connection: Connection, his: Sequence[Standing]
) -> dict[UUID, tuple[Digest, ...]]:
    """The papers that a person's matters name and no other does, by the matter.

    A paper that stands nowhere as filed is nobody's.
    """
    ours = {one.id for one in his}
    every = {document for one in his for document in documents_of(one)}
    named_by = await papers.named_by(connection, every)
    alone = {document for document, matters in named_by.items() if ours >= matters}
    found = {
        one.id: tuple(each for each in documents_of(one) if each in alone)
        for one in his
    }
    return {matter: documents for matter, documents in found.items() if documents}


def documents_of(one: Standing) -> tuple[Digest, ...]:
    """The papers that a matter names, each once."""
    return tuple(
        dict.fromkeys(
            document
            for entry in one.entries
            for document in documents_named(entry.event)
        )
    )


def corrected(
    sealing: Sealing,
    key: PersonKey,
    his: Iterable[Standing],
    said: Mapping[str, str],
    looked_at: LookedAt,
) -> tuple[SealedMore, ...]:
    """What was put right, sealed for each matter that tells who he is.

    He is found by it from now on, and no more by what was wrong.
    """
    kinds = tuple(kind for kind in LikenessKind if kind in said)
    sealed = []
    for one in his:
        if not _tells_who_he_is(one.matter):
            continue
        told, likenesses = looked_at(
            one.matter.agency, msgspec.structs.replace(Identity(), **said)
        )
        if told.nik is not None and _stood_at_counter(one.matter):
            told = msgspec.structs.replace(told, nik=nik.masked(told.nik))
        more = sealing.seal_under(key, one.id, {IDENTITY: requester.encode(told)})
        stays_unknown = _stays_unknown(one.matter)
        sealed.append(
            msgspec.structs.replace(
                more,
                likenesses=() if stays_unknown else likenesses,
                unlike=kinds,
                must_live=True,
            )
        )
    return tuple(sealed)


def _tells_who_he_is(matter: Matter | None) -> TypeIs[Case | Complaint]:
    if isinstance(matter, Complaint):
        return matter.opened.identity is not None
    return isinstance(matter, Case)


def _stood_at_counter(matter: Case | Complaint) -> bool:
    """Whether the last of his NIK alone is kept of him there."""
    return isinstance(matter, Case) and matter.channel is Channel.FACE_TO_FACE


def _stays_unknown(matter: Case | Complaint) -> bool:
    if isinstance(matter, Complaint):
        return matter.opened.anonymous or matter.opened.confidential
    return matter.anonymous or matter.confidential


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
