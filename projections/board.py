"""The SLA board: what is open, how much of it is late, and how long answers take.

A target, such as the quarter of an hour at the counter, makes nothing late.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from domain.values import AgencyCode, Channel, Stage


class Late(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases that are over a limit, by the clock whose limit it is."""

    standard: int
    statute: int


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases: those to whom the agency owes an answer."""

    open: int
    due_today: int
    """Not late, and today is the last day; `due_within_3_days` has them too."""
    due_within_3_days: int
    """Not late, and the last day is today or one of the three after it.

    It includes `due_today`, and is not added to it.
    """
    late: int
    """Over either limit."""
    late_by: Late
    target_overrun: int
    """Over a target, which is no limit."""
    undated: int
    """No day is known: its clocks rest, or were met before it was opened again."""


class BoardRow(Load, frozen=True, kw_only=True):
    """The open cases of one agency, channel, unit and stage."""

    agency: AgencyCode
    channel: Channel
    unit: str | None
    """The assignee's when he was assigned; None while nobody is."""
    stage: Stage
    turns: Mapping[str, int]
    """Whose turn it is: a role, or `requester`."""


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """Open cases by whose turn it is."""

    agency: AgencyCode
    turn: str
    open: int
    oldest_since: datetime
    """Since when the one that waits longest has waited for them."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How long first answers took, from receipt; None stands for all."""

    agency: AgencyCode | None
    channel: Channel | None
    unit: str | None
    of_unit: bool
    """Whether it tells of one unit; with none, of cases that had no unit."""
    answered: int
    median_seconds: int
    """Within so long half of them were answered."""
    p90_seconds: int
    """Within so long nine tenths of them were answered."""


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """`GET /v1/sla`."""

    position: int
    """What is recorded up to here is counted."""
    as_of: datetime
    calendar_edition: str
    days: int
    """Answers of so many local days are in `pace`, today's included."""
    totals: Load
    rows: tuple[BoardRow, ...]
    waiting: tuple[Waiting, ...]
    pace: tuple[Pace, ...]
