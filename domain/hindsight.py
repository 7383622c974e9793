"""What had happened by an instant, as it is known today.

Time never runs backwards within a case, however its facts were corrected: whatever
had happened by an instant is the beginning of its history, told with the corrections
that were made later.
"""

from collections.abc import Sequence
from typing import TypeAlias

from msgspec.structs import replace

from domain import events
from domain.case import Case
from domain.corrected import told_anew, with_fact, with_told
from domain.evolution import evolve
from domain.facts import By
from domain.office import Office
from domain.restarting import restarted

Told: TypeAlias = tuple[events.CaseEvent, By]
"""A fact as it was entered: who entered it, and when it was said to have happened."""


def folded(history: Sequence[Told]) -> Case:
    """The case after a history, which is not empty."""
    case: Case | None = None
    for event, by in history:
        case = evolve(case, event, by)
    assert case is not None
    return case


def in_hindsight(
    history: Sequence[Told],
    version: int,
    office: Office,
) -> Case:
    """The case after a version, its facts as they were corrected since.

    Its clocks are counted from those facts with the pauses and the extension of that
    time, each in its own edition of the calendar. `office` has the case's own standard.
    """
    case = folded(history[:version])
    for event, _ in history[version:]:
        if not isinstance(event, events.FactCorrected):
            continue
        of = event.of or event.version
        if of <= version:
            fact = with_fact(case, event)
            again = restarted(fact, of, event.fact, office.standard, office.counted_in)
            case = told_anew(case, with_told(event, again, case))
    return replace(case, last_at=case.times[-1])
