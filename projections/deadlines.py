"""Every clock of a matter, and why each of its terms ends when it ends."""

from datetime import datetime

import msgspec

from domain.clock_faces import ClockFace, face, started
from domain.clocks import RunningClock
from domain.office import Office
from domain.trace import Traced, trace


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
