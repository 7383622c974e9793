"""The reading room: the only door through which people see what is sealed.

It opens what its reader may know and nothing else, and hands it out when the reading
is durable: who, in which role and whose post, by which row, why, of whom, and what.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from application import opening, requester
from application.documents import Document, Documents, SealedDocument
from application.people import ClosedField, People
from application.reading_desk import ReadingDesk
from application.readings import Ground, Kind, Purpose, Reading
from application.requester import IDENTITY, WORDS
from application.sealing import digest
from application.sight import Leave, Sight
from domain.nik import is_masked, masked
from domain.values import Digest, OfficialId

NIK = "nik"
LAST_OF_NIK = "nik_last_4"
IN_HIS_NAME: Final = frozenset({Ground.SUBJECT_REQUEST})
"""What opens the data of a person who wished that nobody uses them: he asks himself."""


class ReadBy(msgspec.Struct, frozen=True, kw_only=True):
    """Who reads, and on which occasion."""

    official: OfficialId
    operation: str
    """The route, by its operation id."""
    purpose: Purpose | None = None
    request_id: str


class _Trace(NamedTuple):
    """What one reading is of."""

    record: UUID
    person: UUID
    leave: Leave


class ReadingRoom:
    """One occasion of reading; what is opened in it names its reader."""

    def __init__(
        self,
        people: People,
        desk: ReadingDesk,
        reader: ReadBy,
        now: Callable[[], datetime],
    ) -> None:
        self.people = people
        """Finds what is sealed; it opens nothing."""
        self._desk = desk
        self._reader = reader
        self._now = now

    async def told(
        self,
        kind: Kind,
        sights: Mapping[UUID, Sight],
        closed: Iterable[ClosedField],
        why: Ground | None = None,
    ) -> dict[UUID, dict[Digest, bytes]]:
        """Open of each record what its sight allows, by the digest its events carry.

        Records of which nothing is opened are left out, and leave no reading; `why`
        is said where the occasion tells it rather than the matter. A NIK that he may
        not know is masked. Raises `OverloadedError` where the reading can't be kept:
        then nothing is handed out.
        """
        told: dict[UUID, dict[Digest, bytes]] = defaultdict(dict)
        for field, content in await self._opened(kind, sights, closed, why):
            told[field.record][digest(field.ciphertext)] = content
        return dict(told)

    async def fields(
        self,
        kind: Kind,
        sights: Mapping[UUID, Sight],
        closed: Iterable[ClosedField],
        why: Ground | None = None,
    ) -> dict[UUID, dict[str, bytes]]:
        """As `told`, by the names of the fields: for what has each of them once."""
        told: dict[UUID, dict[str, bytes]] = defaultdict(dict)
        for field, content in await self._opened(kind, sights, closed, why):
            told[field.record][field.name] = content
        return dict(told)

    async def _opened(
        self,
        kind: Kind,
        sights: Mapping[UUID, Sight],
        closed: Iterable[ClosedField],
        why: Ground | None,
    ) -> list[tuple[ClosedField, bytes]]:
        opened: list[tuple[ClosedField, bytes]] = []
        traces: dict[_Trace, dict[str, None]] = defaultdict(dict)
        for field in closed:
            sight = sights.get(field.record, Sight())
            leave = sight.requester if field.name == IDENTITY else sight.words
            if leave is None or (field.restricted and leave.why not in IN_HIS_NAME):
                continue
            content = _cut(field.name, opening.field(self.people, field), sight.parts)
            names = traces[_Trace(field.record, field.person, leave)]
            if field.name == IDENTITY:
                content, said = _shown(content, in_full=sight.nik is not None)
                names.update(dict.fromkeys(said))
                if NIK in said and sight.nik is not None:
                    del names[NIK]
                    traces[_Trace(field.record, field.person, sight.nik)][NIK] = None
            else:
                names.update(dict.fromkeys(_said_in(field.name, content)))
            opened.append((field, content))
        await self._desk.keep(
            [
                self._reading(
                    trace.leave,
                    tuple(names),
                    why=why,
                    kind=kind,
                    subject=trace.record,
                    person=trace.person,
                )
                for trace, names in traces.items()
                if names
            ]
        )
        return opened

    async def document(
        self, documents: Documents, found: SealedDocument, leave: Leave
    ) -> Document:
        """Open a document. Whose data it holds is known where the cases name it."""
        opened = await opening.document(documents, found)
        reading = self._reading(
            leave,
            ("name", "content"),
            kind=Kind.DOCUMENT,
            document=opened.sha256,
        )
        await self._desk.keep([reading])
        return opened

    async def found(self, persons: Mapping[UUID, Leave], by: str) -> None:
        """Record that these were found by what somebody knew of them."""
        await self._desk.keep(
            [
                self._reading(
                    leave, (by,), kind=Kind.PERSON, subject=person, person=person
                )
                for person, leave in persons.items()
            ]
        )

    def _reading(
        self,
        leave: Leave,
        fields: tuple[str, ...],
        *,
        kind: Kind,
        subject: UUID | None = None,
        document: Digest | None = None,
        person: UUID | None = None,
        why: Ground | None = None,
    ) -> Reading:
        reader = self._reader
        return Reading(
            at=self._now(),
            official=reader.official,
            role=leave.role,
            rule=leave.rule,
            acting_for=leave.acting_for,
            why=why or leave.why,
            purpose=reader.purpose,
            action=leave.action,
            operation=reader.operation,
            agency=leave.agency,
            kind=kind,
            subject=subject,
            document=document,
            person=person,
            fields=fields,
            request_id=reader.request_id,
        )


def _cut(name: str, content: bytes, parts: frozenset[str] | None) -> bytes:
    """Leave out what the occasion does not show."""
    if parts is None or name not in {IDENTITY, WORDS}:
        return content
    read = requester.identity if name == IDENTITY else requester.words
    told = read(content)
    kept = {part: getattr(told, part) for part in requester.parts(told)}
    return requester.encode(
        type(told)(**{part: said for part, said in kept.items() if part in parts})
    )


def _shown(content: bytes, *, in_full: bool) -> tuple[bytes, tuple[str, ...]]:
    """An identity as he may know it, and what of it is told."""
    identity = requester.identity(content)
    said = requester.parts(identity)
    if identity.nik is None or (in_full and not is_masked(identity.nik)):
        return content, said
    shown = msgspec.structs.replace(identity, nik=masked(identity.nik))
    return requester.encode(shown), tuple(
        LAST_OF_NIK if name == NIK else name for name in said
    )


def _said_in(name: str, content: bytes) -> tuple[str, ...]:
    return requester.parts(requester.words(content)) if name == WORDS else (name,)
