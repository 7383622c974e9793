"""Every clock of a matter, and why each of its terms ends when it ends."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from application.entries import Entry
from domain import events
from domain.clock_faces import ClockFace, face, started
from domain.clocks import RunningClock
from domain.complaint import Complaint
from domain.histories import folded
from domain.objection import Objection
from domain.office import Office
from domain.trace import Traced, trace
from projections.effective import so_far
from projections.standing import Moment, NoSuchVersionError


class ExplainedClock(ClockFace, frozen=True):
    """A clock with its trace."""

    trace: tuple[Traced, ...]
    """Every local day from the day of receipt, which is day zero, to `due_on`."""


class Deadlines(msgspec.Struct, frozen=True):
    """`/deadlines` of a case, a complaint or an objection."""

    clocks: tuple[ExplainedClock, ...]


def deadlines(
    clocks: tuple[RunningClock, ...], office: Office, at: datetime
) -> Deadlines:
    """The clocks that have started, as they stand at an instant.

    Each is traced in the edition it was counted in: in another one the days would not
    come to `due_on`.
    """
    running = started(clocks, office.standard.statute, office.calendar, at)
    return Deadlines(
        tuple(
            ExplainedClock(
                **msgspec.structs.asdict(face(clock, office.calendar, at)),
                trace=trace(clock, office.counted_in(clock.due.calendar_edition)),
            )
            for clock in running
        )
    )


def matter_at(
    entries: Sequence[Entry], now: datetime, moment: Moment
) -> tuple[Complaint | Objection, datetime] | None:
    """A complaint or objection at a moment, and the instant its clocks are read at.

    None where this is the history of something else; raises NoSuchVersionError.
    """
    if not entries or not isinstance(
        entries[0].event, events.ComplaintOpened | events.ObjectionFiled
    ):
        return None
    known = so_far(entries, moment)
    if not known or (moment.version or 0) > len(known):
        raise NoSuchVersionError
    matter = folded((entry.event, entry.by()) for entry in known)
    assert isinstance(matter, Complaint | Objection)
    at = moment.recorded_at or moment.occurred_at or now
    if moment.version is not None:
        at = known[-1].recorded_at
    return matter, min(at, now)
