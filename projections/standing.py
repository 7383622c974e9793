"""A case folded from its own entries: as it stands, or as it stood at any moment.

Straight from the register, so that inspectors and officials see what was recorded,
not what a table says of it.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from application.entries import Entry
from domain import events, hindsight
from domain.case import Case
from domain.office import Office


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """Which past is meant; at most one is said, and none of them is the present.

    As time never runs backwards within a case, whatever had happened by an instant is
    the beginning of its history, in either time; by occurred time it is told with the
    corrections that were made later.
    """

    version: int | None = None
    recorded_at: datetime | None = None
    """What was known then."""
    occurred_at: datetime | None = None
    """What had happened by then, as far as is known today."""

    @property
    def is_present(self) -> bool:
        """Whether nothing past is meant."""
        return self == Moment()


class NoSuchVersionError(Exception):
    """The case never had that version, or did not exist yet."""


class Standing(msgspec.Struct, frozen=True):
    """A case at a version, and the instant at which its clocks are read."""

    case: Case
    version: int
    at: datetime
    entries: tuple[Entry, ...]
    """Its history up to there."""


def is_case(entries: Sequence[Entry]) -> bool:
    """Whether this is the history of a case, and not of a complaint or visit."""
    return bool(entries) and isinstance(entries[0].event, events.Received)


def replay(
    entries: Sequence[Entry],
    now: datetime,
    moment: Moment | None = None,
    office: Office | None = None,
) -> Standing:
    """Fold a case's history up to a moment; raises NoSuchVersionError.

    The clocks of the past are read as they were read then: at the instant asked for,
    or when the version was recorded. What had happened by an instant is told by the
    case's office, as its clocks count anew from what was corrected since.
    """
    moment = moment or Moment()
    if moment.occurred_at is not None:
        return _in_hindsight(entries, moment.occurred_at, now, office)
    known = tuple(entry for entry in entries if _is_within(entry, moment))
    too_new = moment.version is not None and moment.version > len(known)
    if not known or too_new:
        raise NoSuchVersionError
    at = known[-1].recorded_at if moment.version else moment.recorded_at or now
    case = hindsight.folded(_told(known))
    return Standing(case, known[-1].version, min(at, now), known)


def _in_hindsight(
    entries: Sequence[Entry], at: datetime, now: datetime, office: Office | None
) -> Standing:
    assert office is not None
    history = _told(entries)
    times = hindsight.folded(history).times if history else ()
    version = sum(happened_at <= at for happened_at in times)
    if not version:
        raise NoSuchVersionError
    case = hindsight.in_hindsight(history, version, office)
    return Standing(case, version, min(at, now), tuple(entries[:version]))


def _told(entries: Sequence[Entry]) -> list[hindsight.Told]:
    told: list[hindsight.Told] = []
    for entry in entries:
        assert isinstance(entry.event, events.CASE_EVENTS)
        told.append((entry.event, entry.by()))
    return told


def _is_within(entry: Entry, moment: Moment) -> bool:
    if moment.version is not None:
        return entry.version <= moment.version
    if moment.recorded_at is not None:
        return entry.recorded_at <= moment.recorded_at
    return True
