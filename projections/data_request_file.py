"""A data subject's request as it stands, straight from the register."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.entries import Entry
from application.recorded import DataRequestState
from domain import events, holds
from domain.clock_faces import faces
from domain.data_request import DataRequest
from domain.histories import folded
from domain.holds import Concerned
from domain.office import Office
from domain.values import (
    AgencyCode,
    DataRequestStage,
    Filer,
    HoldGround,
    LegalBasisCode,
)


class HoldFace(msgspec.Struct, frozen=True, kw_only=True):
    """Why the person's data are still needed at present."""

    ground: HoldGround
    citation: str
    matter: UUID | None
    until: datetime | None
    """The local midnight that ends it; None while nobody can tell."""


class DataRequestLine(DataRequestState, frozen=True, kw_only=True):
    """A line of the list."""

    agency: AgencyCode
    asked_by: Filer
    how: str
    received_at: datetime
    due_at: datetime | None
    """Until when an answer is owed; None where none is."""
    waits_for: tuple[HoldGround, ...]
    waits_until: datetime | None
    reason: str | None
    """Of the last deferral, refusal, grant or lifting."""
    legal_basis: LegalBasisCode | None
    matters: tuple[UUID, ...]
    """In which the data stood when it was carried out."""


class DataRequestFile(DataRequestLine, frozen=True, kw_only=True):
    """`GET /v1/data-requests/{id}`."""

    holds: tuple[HoldFace, ...]
    """What runs at present."""
    words: str | None
    """The wish; for who answers it."""


class DataRequestPage(msgspec.Struct, frozen=True):
    """Requests of data subjects, the newest first."""

    items: tuple[DataRequestLine, ...]
    next: str | None


def folded_request(entries: Sequence[Entry]) -> DataRequest | None:
    """The request whose history this is; None where it is another's."""
    found = folded((entry.event, entry.by()) for entry in entries)
    return found if isinstance(found, DataRequest) else None


def data_request_line(
    entries: Sequence[Entry], office: Office, now: datetime
) -> DataRequestLine:
    """Put it together; the entries are a data subject's request."""
    request = folded_request(entries)
    assert request is not None
    first, last = entries[0], entries[-1]
    local = office.calendar.local
    said = [entry.event for entry in entries]
    deferred, outcome = _deferred(said), _outcome(said)
    owed = [clock.due.due_at for clock in request.clocks if clock.ended_at is None]
    return DataRequestLine(
        data_request=last.stream,
        person=request.received.person,
        kind=request.received.kind,
        version=last.version,
        position=last.position,
        recorded_at=local(last.recorded_at),
        stage=request.stage,
        clocks=faces(request.clocks, office.standard.statute, office.calendar, now),
        agency=request.agency,
        asked_by=request.received.asked_by,
        how=request.received.how,
        received_at=local(first.occurred_at),
        due_at=local(owed[0]) if owed else None,
        waits_for=deferred.grounds
        if request.stage is DataRequestStage.DEFERRED and deferred
        else (),
        waits_until=local(deferred.until) if deferred and deferred.until else None,
        reason=outcome.reason,
        legal_basis=outcome.legal_basis,
        matters=outcome.matters,
    )


def data_request_file(
    line: DataRequestLine, runs: tuple[HoldFace, ...], words: str | None
) -> DataRequestFile:
    """The same with what runs at present, and the wish."""
    return DataRequestFile(**msgspec.structs.asdict(line), holds=runs, words=words)


def hold_faces(
    concerned: Sequence[Concerned], office: Office, at: datetime
) -> tuple[HoldFace, ...]:
    """What runs in the person's matters, with the article that lets it."""
    rules = office.data_law.holds
    return tuple(
        HoldFace(
            ground=hold.ground,
            citation=rules[hold.ground].citation,
            matter=hold.matter,
            until=None if hold.until is None else office.calendar.local(hold.until),
        )
        for hold in holds.holds(concerned, at)
    )


def _deferred(said: Sequence[events.AnyEvent]) -> events.DataRequestDeferred | None:
    """The last deferral, if it was ever deferred."""
    found = [one for one in said if isinstance(one, events.DataRequestDeferred)]
    return found[-1] if found else None


class _Outcome(msgspec.Struct, frozen=True):
    reason: str | None = None
    legal_basis: LegalBasisCode | None = None
    matters: tuple[UUID, ...] = ()


def _outcome(said: Sequence[events.AnyEvent]) -> _Outcome:
    """What was said last of why, on which ground, and of which data."""
    found = _Outcome()
    for event in said:
        match event:
            case events.DataRequestGranted(reason=None):
                pass
            case (
                events.DataRequestGranted(reason=reason)
                | events.DataRequestDeferred(reason=reason)
                | events.RestrictionLifted(reason=reason)
            ):
                found = replace(found, reason=reason)
            case events.DataRequestRefused(reason=reason, legal_basis=legal_basis):
                found = replace(found, reason=reason, legal_basis=legal_basis)
            case events.DataRequestAnswered(matters=matters):
                found = replace(found, matters=matters)
            case _:
                pass
    return found
