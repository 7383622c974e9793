"""The inspector's bundle: one file with a case's evidence, and aids for reading it.

The evidence is proven with the notary's public key alone. The aids (timeline,
deadlines, documents) are told by the rows, so that a check can tell them again.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from application.entries import Entry
from application.notary import bundle
from application.notary.bundle import Evidence, Kept
from application.register import Connection
from domain import events
from domain.office import Office
from domain.values import AgencyCode, Digest
from projections import standing
from projections.deadlines import Deadlines, deadlines
from projections.timeline import Event, timeline

FORMAT: Final = "disposisi-bundle/1"


class NamedDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document that an entry names; hash a copy in hand to compare."""

    sha256: Digest
    versions: tuple[int, ...]
    size: int | None
    """None where it is not kept any more."""
    type: str | None


class Bundle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`GET /v1/cases/{id}/bundle`."""

    format: str
    case: UUID
    registration_number: str
    agency: AgencyCode
    zone: str
    """In which the aids tell times."""
    made_at: datetime
    """When its clocks were read."""
    evidence: Evidence
    documents: tuple[NamedDocument, ...]
    timeline: tuple[Event, ...]
    deadlines: Deadlines


async def make(
    connection: Connection,
    entries: Sequence[Entry],
    office: Office,
    now: datetime,
    since: int | None = None,
) -> Bundle:
    """Put a case's bundle together; raises BeyondLogError.

    `entries` are its history; a row recorded meanwhile is left to the next bundle.
    """
    received = entries[0].event
    assert isinstance(received, events.Received)
    stream = entries[0].stream
    evidence = await bundle.gather(connection, stream, len(entries), since)
    in_file = named(entries)
    kept = await bundle.documents(connection, received.agency, list(in_file))
    sizes = {each.sha256: each for each in kept}
    case = standing.replay(entries, now).case
    return Bundle(
        format=FORMAT,
        case=stream,
        registration_number=received.registration_number,
        agency=received.agency,
        zone=office.calendar.zone,
        made_at=now,
        evidence=evidence,
        documents=tuple(_documents(in_file, sizes)),
        timeline=timeline(entries, office.calendar.zone),
        deadlines=deadlines(case.clocks, office, now),
    )


def encode(made: Bundle) -> bytes:
    """Write it, indented for whoever opens it in an editor."""
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def named(entries: Sequence[Entry]) -> dict[Digest, tuple[int, ...]]:
    """Documents that entries name, with the versions that do."""
    named: dict[Digest, tuple[int, ...]] = {}
    for entry in entries:
        for digest in events.documents_named(entry.event):
            named[digest] = (*named.get(digest, ()), entry.version)
    return named


def _documents(
    named: Mapping[Digest, tuple[int, ...]], kept: Mapping[Digest, Kept]
) -> Iterator[NamedDocument]:
    for digest, versions in named.items():
        found = kept.get(digest)
        yield NamedDocument(
            sha256=digest,
            versions=versions,
            size=None if found is None else found.size,
            type=None if found is None else found.type,
        )
