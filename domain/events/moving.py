"""Clocks are moved, and facts that they rest on corrected."""

from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from domain.due import Due
from domain.events.event import Event
from domain.values import Clock, CorrectableFact


class DeadlineExtended(Event, frozen=True, tag="deadline-extended"):
    """The statute's term was extended, with written reasons (perpanjangan waktu)."""

    working_days: int
    reason: str
    notice_sent_at: datetime
    missed: tuple[Clock, ...] = ()
    """Clocks that had run out when this was told: they move, and stay missed."""
    due: tuple[Due, ...] = ()


class ClockPaused(Event, frozen=True, tag="clock-paused"):
    """The answer's clocks rest for a ground that is told (jeda)."""

    ground: str
    first: date = msgspec.field(name="from")
    """The first local day that is not counted."""
    starts_at: datetime
    """The local midnight that begins it."""
    clocks: tuple[Clock, ...]
    until: date | None = None
    """The last local day that is not counted; none while it is open."""
    ends_at: datetime | None = None
    """The local midnight that ends that day, exclusive."""
    missed: tuple[Clock, ...] = ()
    due: tuple[Due, ...] = ()
    """The moved clocks; an open pause moves none before it ends."""


class ClockResumed(Event, frozen=True, tag="clock-resumed"):
    """The answer's clocks run again from this local day on (jeda berakhir)."""

    on: date
    """The first local day that counts again."""
    ends_at: datetime
    """The local midnight that begins it."""
    missed: tuple[Clock, ...] = ()
    due: tuple[Due, ...] = ()


class DeadlineRecomputed(Event, frozen=True, tag="deadline-recomputed"):
    """A calendar that was announced late moved clocks that still ran (hitung ulang)."""

    edition: str
    before: tuple[Due, ...]
    due: tuple[Due, ...]


class FactCorrected(Event, frozen=True, tag="fact-corrected"):
    """A fact was entered wrongly; this one supersedes it, and both stay (ralat)."""

    version: int
    """Of the entry whose fact is superseded; it may be a correction itself."""
    fact: CorrectableFact
    value: str | None
    """As it should have been: an instant in UTC, a date, or a number on paper."""
    before: str | None
    reason: str
    of: int = 0
    """The version that first told the fact: `version`, unless that is a correction."""
    on: date | None = None
    """The first local day that counts again, where this corrects a resumption."""
    ends_at: datetime | None = None
    """The local midnight that begins it."""
    due: tuple[Due, ...] = ()
    """The clocks that follow."""
    late_since: Mapping[Clock, datetime] = {}
    """Which of these had run out when a later act moved them, and when; no others."""
