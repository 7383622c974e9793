"""Which grounds a case gives to object, and until when (alasan keberatan).

One rule for every door: a visit, a letter and a report are asked the same.
"""

from datetime import datetime

from msgspec.structs import replace

from domain.case import UNANSWERED, Case
from domain.clock_faces import after_silence
from domain.clocks import RunningClock
from domain.exemptions import withholds
from domain.office import Office
from domain.values import Clock, ClockState, ObjectionGround


def window(case: Case, office: Office, at: datetime) -> RunningClock | None:
    """The clock in which to object; none while there is nothing to object to.

    A refusal, an answer or the silence of the agency starts it.
    """
    told = case.clock(Clock.OBJECTION)
    if told is not None:
        return _generously(told, office)
    statute = office.standard.statute
    silent = after_silence(case.clocks, statute, office.calendar, at)
    return None if silent is None else RunningClock(due=silent)


def _generously(window: RunningClock, office: Office) -> RunningClock:
    """The window, with a day more for every day that was freed since it was told.

    An announcement moves no clock of a closed case, and nobody should lose a day by it.
    """
    counted = office.recounted(window)
    is_longer = counted.due_at > window.due.due_at
    return replace(window, due=counted) if is_longer else window


def given_by(case: Case, at: datetime) -> frozenset[ObjectionGround]:
    """The grounds of UU 14/2008 art. 35(1) that the case gives.

    Whether information is missing that is published at intervals (b), and whether the
    cost is fair (f), nobody can tell from the case: they are the requester's to say.
    """
    statute = case.clock(Clock.STATUTE)
    is_late = statute is not None and statute.state(at) is ClockState.MISSED
    is_refused = any(withholds(item) for item in case.answers or case.said_before)
    was_told = bool(case.answered_in) or is_refused
    is_silent = is_late and not case.answered_in and case.stage in UNANSWERED
    grounds = {
        ObjectionGround.REFUSED: is_refused,
        ObjectionGround.NO_RESPONSE: is_silent,
        ObjectionGround.NOT_AS_REQUESTED: was_told,
        ObjectionGround.NOT_FULFILLED: was_told or is_silent,
        ObjectionGround.LATE: is_late,
    }
    always = {ObjectionGround.PERIODIC_NOT_PROVIDED, ObjectionGround.UNREASONABLE_COST}
    return frozenset(always | {ground for ground, is_so in grounds.items() if is_so})
