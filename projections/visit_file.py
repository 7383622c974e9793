"""A visit without a case, as far as its reader may know who came and what for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from application import requester
from application.entries import Entry
from application.requester import Identity, Words
from application.sight import Sight
from domain import events
from domain.office import Office
from domain.values import AgencyCode, Digest, PersonId, VisitOutcome

BY_REQUESTER = ("person", "name", "institution")
"""Fields that are null for who may not know who came."""
BY_WORDS = ("visit_purpose",)
"""The same for who may not know what for."""


class VisitFile(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the guest book (buku tamu)."""

    visit: UUID
    agency: AgencyCode
    outcome: VisitOutcome
    version: int
    position: int
    recorded_at: datetime
    person: Annotated[
        PersonId | None, Meta(description="Under whom the visitor's data are kept.")
    ]
    name: str | None
    institution: str | None
    visit_purpose: str | None
    not_shown: Annotated[
        tuple[str, ...], Meta(description="Fields that the reader may not see.")
    ]


def visit_file(
    entry: Entry,
    visited: events.Visited,
    office: Office,
    sight: Sight,
    told: Mapping[Digest, bytes],
) -> VisitFile:
    """`told` is what the reader was shown, by digest; empty of an erased person."""
    words = told.get(visited.words)
    said = Words() if words is None else requester.words(words)
    others = [content for digest, content in told.items() if digest != visited.words]
    who = requester.identity(others[0]) if others else Identity()
    return VisitFile(
        visit=entry.stream,
        agency=visited.agency,
        outcome=visited.outcome,
        version=entry.version,
        position=entry.position,
        recorded_at=office.calendar.local(entry.recorded_at),
        person=visited.person if sight.requester else None,
        name=who.name,
        institution=who.institution,
        visit_purpose=said.visit_purpose,
        not_shown=(
            *(() if sight.requester else BY_REQUESTER),
            *(() if sight.words else BY_WORDS),
        ),
    )
