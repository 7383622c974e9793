"""All that the office has of a person, for himself, with the trail of its processing.

UU 27/2022 art. 32: his data and rekam jejak pemrosesannya.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import assert_never
from uuid import UUID

import msgspec

from application import requester, upcasting
from application.data_subjects import DataSubject, Standing, documents_of
from application.readings import Kind, Reading
from application.requester import Identity, Words
from domain import events
from domain.breach import Breach
from domain.calendar import Calendar
from domain.case import Case
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.objection import Objection
from domain.values import AgencyCode, Digest, OfficialId, Role
from projections.data_request_file import DataRequestLine


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is sealed of him in one matter."""

    kind: str
    """`case`, `complaint`, `objection`, `data_request` or `visit`."""
    id: UUID
    agency: AgencyCode | None
    registration_number: str | None
    stands: str | None
    """Its stage, by whichever words its kind has."""
    identity: Identity | None
    """As it holds now; None where none was told, or it is erased."""
    words: Words | None
    texts: tuple[str, ...]
    """What else was written of him or by him: an answer, an objection, a wish."""
    documents: tuple[Digest, ...]


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One processing of his data: an act in his matters, or a look at them."""

    at: datetime
    what: str
    """The event's tag, or `read`."""
    fields: str
    """What was opened, by name; empty for an act."""
    kind: str
    subject: UUID | None
    official: OfficialId | None
    role: Role | None
    acting_for: OfficialId | None
    why: str | None
    """On which ground it was read."""
    purpose: str | None
    rule: str | None


class PersonExport(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /v1/persons/{id}`."""

    person: UUID
    agency: AgencyCode
    erased_at: datetime | None
    restricted: bool
    records: tuple[Record, ...]
    processing: tuple[Act, ...]
    requests: tuple[DataRequestLine, ...]


def person_export(
    subject: DataSubject,
    matters: Sequence[Standing],
    told: Mapping[UUID, Mapping[Digest, bytes]],
    *,
    trail: Sequence[Act],
    requests: Sequence[DataRequestLine],
    calendar: Calendar,
) -> PersonExport:
    """Put it together; `told` is what opens of his records, by digest."""
    erased_at = subject.erased_at
    return PersonExport(
        person=subject.person,
        agency=subject.agency,
        erased_at=None if erased_at is None else calendar.local(erased_at),
        restricted=subject.restricted,
        records=tuple(_record(one, told.get(one.id, {})) for one in matters),
        processing=tuple(trail),
        requests=tuple(requests),
    )


def acts(
    matters: Sequence[Standing], seen: Iterable[Reading], calendar: Calendar
) -> tuple[Act, ...]:
    """Everything that was done with his data, the oldest first."""
    written = (
        Act(
            at=calendar.local(entry.recorded_at),
            what=upcasting.tag_of(type(entry.event)),
            fields="",
            kind=kind_of(one),
            subject=one.id,
            official=entry.metadata.official,
            role=entry.metadata.role,
            acting_for=entry.metadata.acting_for,
            why=None,
            purpose=None,
            rule=entry.metadata.rule,
        )
        for one in matters
        for entry in one.entries
    )
    read = (
        Act(
            at=calendar.local(one.at),
            what="read",
            fields=" ".join(one.fields),
            kind=one.kind,
            subject=one.subject,
            official=one.official,
            role=one.role,
            acting_for=one.acting_for,
            why=one.why,
            purpose=one.purpose,
            rule=one.rule,
        )
        for one in seen
    )
    return tuple(sorted((*written, *read), key=lambda act: act.at))


def _record(one: Standing, told: Mapping[Digest, bytes]) -> Record:
    history = [entry.event for entry in one.entries]
    first = history[0]
    identity, words = None, None
    named = str(getattr(first, "identity", ""))
    worded = str(getattr(first, "words", ""))
    if isinstance(first, events.Received | events.ComplaintOpened):
        identity = requester.identity_of(told, history)
    elif named in told:
        identity = requester.identity(told[named])
    if worded in told and not isinstance(first, events.DataRequestReceived):
        words = requester.words(told[worded])
        told = {digest: text for digest, text in told.items() if digest != worded}
    known = {named} | {
        getattr(event, "identity", None)
        for event in history
        if isinstance(event, events.CompletionReceived | events.PersonalDataCorrected)
    }
    return Record(
        kind=kind_of(one),
        id=one.id,
        agency=None if one.matter is None else one.matter.agency,
        registration_number=one.matter.registration_number
        if isinstance(one.matter, Case)
        else None,
        stands=None if one.matter is None else one.matter.stage,
        identity=identity,
        words=words,
        texts=tuple(
            text.decode() for digest, text in told.items() if digest not in known
        ),
        documents=documents_of(one),
    )


def kind_of(one: Standing) -> Kind:
    """What a matter of his is, as readings of it say."""
    match one.matter:
        case Case():
            return Kind.CASE
        case Complaint():
            return Kind.COMPLAINT
        case Objection():
            return Kind.OBJECTION
        case DataRequest():
            return Kind.DATA_REQUEST
        case None:
            return Kind.VISIT
        case Breach():
            message = "nobody's data stand in the history of a breach"
            raise AssertionError(message)
        case _:
            assert_never(one.matter)
