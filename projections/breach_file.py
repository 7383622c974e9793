"""A data breach as it stands, with whom it concerns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from application.entries import Entry
from application.recorded import DataBreachRecorded
from domain.breach import Breach
from domain.clock_faces import faces
from domain.histories import folded
from domain.office import Office
from domain.values import AgencyCode, NoticeTo, OfficialId, PersonId


class PersonsCase(msgspec.Struct, frozen=True):
    """A case of somebody concerned."""

    case: UUID
    registration_number: str


class Affected(msgspec.Struct, frozen=True):
    """Somebody concerned, by id alone."""

    person: PersonId
    cases: tuple[PersonsCase, ...]
    """Empty for a visitor or a complainant, and once he is erased."""


class BreachLine(DataBreachRecorded, frozen=True, kw_only=True):
    """A line of the list."""

    agency: AgencyCode
    what: str
    discovered_at: datetime
    data: tuple[str, ...]
    told: tuple[NoticeTo, ...]
    untold: tuple[NoticeTo, ...]
    """Who has to be told yet."""
    read_by: OfficialId | None


class BreachFile(BreachLine, frozen=True, kw_only=True):
    """`GET /v1/breaches/{id}`."""

    affected: tuple[Affected, ...]


class BreachPage(msgspec.Struct, frozen=True):
    """Breaches, the newest first."""

    items: tuple[BreachLine, ...]
    next: str | None


def folded_breach(entries: Sequence[Entry]) -> Breach | None:
    """The breach whose history this is; None where it is another's."""
    found = folded((entry.event, entry.by()) for entry in entries)
    return found if isinstance(found, Breach) else None


def breach_line(entries: Sequence[Entry], office: Office, now: datetime) -> BreachLine:
    """Put a line together; the entries are a breach's."""
    return BreachLine(**_told(entries, office, now))


def breach_file(
    entries: Sequence[Entry],
    cases: Mapping[PersonId, Sequence[tuple[UUID, str]]],
    office: Office,
    now: datetime,
) -> BreachFile:
    """The same with whom it concerns, and their cases' numbers."""
    breach = folded_breach(entries)
    assert breach is not None
    return BreachFile(
        **_told(entries, office, now),
        affected=tuple(
            Affected(
                person, tuple(PersonsCase(*case) for case in cases.get(person, ()))
            )
            for person in breach.recorded.persons
        ),
    )


def _told(entries: Sequence[Entry], office: Office, now: datetime) -> dict[str, Any]:
    breach = folded_breach(entries)
    assert breach is not None
    last, local = entries[-1], office.calendar.local
    return {
        "breach": last.stream,
        "version": last.version,
        "position": last.position,
        "recorded_at": local(last.recorded_at),
        "stage": breach.stage,
        "persons": len(breach.recorded.persons),
        "clocks": faces(breach.clocks, office.standard.statute, office.calendar, now),
        "agency": breach.agency,
        "what": breach.recorded.what,
        "discovered_at": local(breach.recorded.discovered_at),
        "data": breach.recorded.fields,
        "told": tuple(sorted(breach.told)),
        "untold": tuple(sorted(breach.untold)),
        "read_by": breach.recorded.read_by,
    }
