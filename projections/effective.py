"""When the facts of a history happened, as far as the history itself knows.

An entry keeps the time that was entered with it; a correction may say another one.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from application.entries import Entry
from domain import events
from domain.values import CorrectableFact
from projections.standing import Moment


def times(entries: Sequence[Entry]) -> Mapping[int, datetime]:
    """Instants in UTC by version; a correction happened when it was made."""
    found: dict[int, datetime] = {}
    announced: set[int] = set()
    for entry in entries:
        found[entry.version] = entry.occurred_at
        match entry.event:
            case (
                events.FactCorrected(
                    fact=CorrectableFact.OCCURRED_AT, value=str(said)
                ) as correction
            ):
                told = datetime.fromisoformat(said).astimezone(UTC)
                corrected = correction.of or correction.version
                found[corrected] = told
                while (corrected := corrected + 1) in announced:
                    found[corrected] = told  # it has the time of the fact before it
            case events.DeadlineRecomputed():
                announced.add(entry.version)
            case _:
                pass
    return found


def so_far(entries: Sequence[Entry], moment: Moment) -> tuple[Entry, ...]:
    """The entries that belong to a moment of their case.

    What had happened by an instant comes with the corrections that concern it: made
    later, they tell today what happened then.
    """
    if moment.version is not None:
        return tuple(one for one in entries if one.version <= moment.version)
    if moment.recorded_at is not None:
        return tuple(one for one in entries if one.recorded_at <= moment.recorded_at)
    if moment.occurred_at is not None:
        at, known = moment.occurred_at, times(entries)
        return tuple(one for one in entries if known[_told_first(one)] <= at)
    return tuple(entries)


def _told_first(entry: Entry) -> int:
    """The version that first told what the entry is about: its own, or its target's."""
    match entry.event:
        case events.FactCorrected(version=version, of=of):
            return of or version
        case _:
            return entry.version
