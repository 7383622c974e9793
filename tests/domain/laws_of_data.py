"""What every history obeys where a person's data are concerned, read line by line."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import msgspec

from application import upcasting
from domain import events, histories
from domain.case import UNANSWERED
from domain.histories import Matter
from domain.values import Clock, NoticeTo
from tests.domain import laws
from tests.domain.paper import Line, PaperRegister

MAY_FOLLOW: dict[type[events.AnyEvent], tuple[type[events.AnyEvent], ...]] = {
    events.DataRequestReceived: (
        events.DataRequestGranted,
        events.DataRequestDeferred,
        events.DataRequestRefused,
    ),
    events.DataRequestDeferred: (
        events.DataRequestGranted,
        events.DataRequestDeferred,
        events.DataRequestRefused,
    ),
    events.DataRequestGranted: (
        events.DataRequestAnswered,
        events.DataRequestDeferred,
    ),
    events.DataRequestAnswered: (events.RestrictionLifted,),
    events.BreachRecorded: (events.BreachNotified,),
    events.BreachNotified: (events.BreachNotified, events.BreachClosed),
}
HOURS = timedelta(hours=72)


def beside(register: PaperRegister, case: UUID) -> tuple[UUID, ...]:
    """The complaints about a case and the objections to it."""
    complaints = [
        one for one, found in register.complaints.items() if found.opened.case == case
    ]
    objections = [
        one for one, found in register.objections.items() if found.case == case
    ]
    return (*complaints, *objections)


def holds(register: PaperRegister, subject: UUID, case: UUID) -> None:
    """Every law of a request or a breach, and of the case that it touched."""
    history, told = register.histories[subject], register.histories[case]
    laws.holds(told, register.cases[case])
    assert replayed(history) == register.matters[subject]
    assert replayed(told) == register.cases[case]
    assert all(before.at <= line.at for before, line in pairwise(history))
    erased = [at for at in told if isinstance(at.event, events.PersonalDataErased)]
    if erased and erased[-1] is told[-1]:
        _nothing_ran(register, case, erased[-1])
    if subject == case:
        return
    for before, line in pairwise(history):
        assert type(line.event) in MAY_FOLLOW[type(before.event)]
    match history[0].event:
        case events.DataRequestReceived(due=(due,)):
            assert (due.clock, due.due_at) == (
                Clock.DATA_REQUEST,
                history[0].at + HOURS,
            )
        case events.BreachRecorded(due=(due,), discovered_at=discovered_at):
            assert (due.clock, due.due_at) == (
                Clock.BREACH_NOTICE,
                discovered_at + HOURS,
            )
            _is_told_before_it_is_closed(history)
        case _:
            raise AssertionError


def replayed(history: Sequence[Line]) -> Matter | None:
    """What the register would have stored, folded."""
    return histories.folded(
        (
            upcasting.decode(
                upcasting.tag_of(type(line.event)), msgspec.json.encode(line.event)
            ),
            line.teller,
        )
        for line in history
    )


def _nothing_ran(register: PaperRegister, case: UUID, erased: Line) -> None:
    """No window was open, and nobody was at work on anything of the person's."""
    assert register.cases[case].stage not in UNANSWERED
    streams = (case, *beside(register, case))
    for stream in streams:
        lines = register.histories[stream]
        dues = [due for line in lines for due in getattr(line.event, "due", ())]
        for clock in (Clock.OBJECTION, Clock.DISPUTE):
            ends = [due.due_at for due in dues if due.clock is clock]
            noted = any(isinstance(line.event, events.DisputeNoted) for line in lines)
            assert noted or not ends or ends[-1] <= erased.at
        if isinstance(lines[0].event, events.ComplaintOpened):
            assert any(isinstance(line.event, events.ComplaintClosed) for line in lines)
        if isinstance(lines[0].event, events.ObjectionFiled):
            over = events.ObjectionDecided | events.DisputeNoted
            assert any(isinstance(line.event, over) for line in lines)


def _is_told_before_it_is_closed(history: Sequence[Line]) -> None:
    told: set[NoticeTo] = set()
    for line in history:
        if isinstance(line.event, events.BreachNotified):
            told |= set(line.event.told)
        if isinstance(line.event, events.BreachClosed):
            assert told >= {NoticeTo.SUBJECTS, NoticeTo.AUTHORITY}
