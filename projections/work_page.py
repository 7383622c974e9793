"""A page of the work list: what is due first, then what has waited longest."""

import base64
import struct
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final, Self
from uuid import UUID

import msgspec

from domain.values import AgencyCode, OfficialId, Role
from projections.cursor import BadCursorError
from projections.owed import Duty
from projections.stages import AnyStage

SOON: Final = timedelta(days=3)
"""So many local days before its last one something is due soon."""

_PLACE: Final = struct.Struct("!qq")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_NEVER: Final = 2**63 - 1
_LAST: Final = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


class Due(StrEnum):
    """How pressing it is; a target that was overrun makes nothing late."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    OPEN = "open"
    """No day is known for it."""


class WorkItem(msgspec.Struct, frozen=True, kw_only=True):
    """One task; times in the agency's zone."""

    task: Duty
    case: UUID | None
    """None where a complaint is about no case."""
    complaint: UUID | msgspec.UnsetType = msgspec.UNSET
    objection: UUID | msgspec.UnsetType = msgspec.UNSET
    registration_number: str | None
    agency: AgencyCode
    channel: str | None
    stage: AnyStage
    role: Role
    """For whom it waits; an assignee's own task waits for the handler."""
    stead: OfficialId | None = msgspec.field(name="for")
    """In whose stead the caller would do it; None is in his own post."""
    since: datetime
    due_on: date | None
    due_at: datetime | None
    """The instant from which the answer is late."""
    target_at: datetime | None
    """The end of a target, such as the quarter of an hour at the counter."""
    late: bool
    due: Due
    whose_turn: str | None


class WorkPage(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks, most pressing first."""

    items: tuple[WorkItem, ...]
    next: str | None
    counts: Mapping[str, int]
    """How many there are of each task, whatever `task` and `after` say."""
    counts_up_to: int
    """A count as high as this one says: so many, or more."""


class Place(msgspec.Struct, frozen=True, order=True):
    """Where a task stands in the list; as a cursor it says nothing else."""

    by: int
    """Microseconds since 1970 until it is due; a number beyond all for never."""
    position: int
    """Of what opened the matter: the older one goes first."""
    task: str

    @classmethod
    def of(cls, by_at: datetime | None, position: int, task: str) -> Self:
        """The place of a task that is due at an instant."""
        by = _NEVER if by_at is None else (by_at - _EPOCH) // _MICROSECOND
        return cls(by, position, task)

    @classmethod
    def read(cls, text: str) -> Self:
        """Take what `written` gave; raises BadCursorError for anything else."""
        try:
            raw = base64.b64decode(text.encode(), altchars=b"-_", validate=True)
            by, position = _PLACE.unpack_from(raw)
            place = cls(by, position, Duty(raw[_PLACE.size :].decode()))
        except (ValueError, struct.error):
            raise BadCursorError from None
        if position < 1 or not (0 <= by <= _LAST or by == _NEVER):
            raise BadCursorError
        return place

    def written(self) -> str:
        """The cursor as clients carry it."""
        raw = _PLACE.pack(self.by, self.position) + self.task.encode()
        return base64.urlsafe_b64encode(raw).decode()

    @property
    def by_at(self) -> str:
        """The instant as PostgreSQL reads it."""
        if self.by == _NEVER:
            return "infinity"
        return (_EPOCH + self.by * _MICROSECOND).isoformat()


def pressing(
    due_on: date | None, due_at: datetime | None, today: date, now: datetime
) -> Due:
    """How pressing it is on a local day."""
    if due_on is None or due_at is None:
        return Due.OPEN
    if due_at <= now:
        return Due.LATE
    if due_on <= today:
        return Due.TODAY
    return Due.SOON if due_on <= today + SOON else Due.LATER
