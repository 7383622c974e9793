"""When a term ends, and what that rests on, as an event says it once and for all."""

from datetime import date, datetime

import msgspec

from domain.values import Clock, DayKind


class Due(msgspec.Struct, frozen=True, omit_defaults=True):
    """A clock as it was started or moved: when it ends, and on what that rests.

    `due_at` is the local midnight that ends `due_on`, exclusive (of minutes: the
    very minute); `also_due_on` is the standard's other reading of "hari".
    """

    clock: Clock
    day_kind: DayKind
    starts_at: datetime
    due_on: date
    due_at: datetime
    calendar_edition: str
    also_due_on: date | None = None
    soft: bool = False
    """A target ("atau sesuai kebutuhan"), not a limit."""
    provisional: bool = False
    """The calendar's edition does not reach so far."""
    length: int = 0
    """Days, or minutes, that the term has by its rule; 0 in entries from before this
    was written down."""
    extension: int = 0
    """Days by which the term was extended."""
    not_before: date | None = None
    """The local day of an announcement that would have ended the term sooner."""
