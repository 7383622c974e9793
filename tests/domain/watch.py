"""Looking at a case's clocks at an instant, as people see them."""

from datetime import datetime

from domain.case import Case
from domain.clock_faces import ClockFace, faces
from domain.clocks import RunningClock
from domain.values import Clock, ClockState
from tests.domain.offices import OFFICES


def shown(case: Case | None, now: datetime) -> dict[Clock, ClockFace]:
    """Every clock that has started, each once."""
    assert case is not None
    office = OFFICES[case.agency]
    found = faces(case.clocks, office.standard.statute, office.calendar, now)
    assert len({face.clock for face in found}) == len(found)
    return {face.clock: face for face in found}


def running(case: Case | None, clock: Clock) -> RunningClock:
    """One of a case's clocks, which has to have started."""
    assert case is not None
    found = case.clock(clock)
    assert found is not None
    return found


def states(case: Case | None, now: datetime) -> dict[Clock, ClockState]:
    """How each clock stands."""
    return {clock: face.state for clock, face in shown(case, now).items()}
