"""Failures to protect personal data (kegagalan pelindungan data pribadi)."""

from datetime import datetime
from uuid import UUID

from domain.due import Due
from domain.events.event import Event
from domain.values import AgencyCode, NoticeTo, OfficialId, PersonId


class BreachRecorded(Event, frozen=True, tag="breach-recorded"):
    """Data were lost, shown or taken; those concerned have to be told (art. 46)."""

    agency: AgencyCode
    what: str
    """What happened, in the office's words; never whose name."""
    discovered_at: datetime
    fields: tuple[str, ...]
    """Which data, by kind: name, nik, words."""
    persons: tuple[PersonId, ...]
    cases: tuple[UUID, ...] = ()
    """The cases that were named; their persons stand among `persons`."""
    read_by: OfficialId | None = None
    """Whose readings told who is concerned, where they did."""
    read_from: datetime | None = None
    read_until: datetime | None = None
    due: tuple[Due, ...] = ()


class BreachNotified(Event, frozen=True, tag="breach-notified"):
    """Somebody was told of it in writing (pemberitahuan tertulis)."""

    told: tuple[NoticeTo, ...]
    how: str
    handling: str
    """How it is handled and made good (art. 46(2)c)."""


class BreachClosed(Event, frozen=True, tag="breach-closed"):
    """Nothing more is done about it (selesai)."""

    reason: str
