"""What every history of an objection obeys, read beside its case's, asking neither."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import msgspec

from application import upcasting
from domain import events
from domain.due import Due
from domain.objection import Objection, evolve
from domain.values import Clock, Filer, ObjectionGround, ObjectionRuling
from tests.domain.paper import Line, acts

MAY_FOLLOW: dict[type[events.AnyEvent], tuple[type[events.AnyEvent], ...]] = {
    events.ObjectionFiled: (events.ObjectionDecided, events.DisputeNoted),
    events.ObjectionDecided: (events.DisputeNoted,),
    events.DisputeNoted: (events.DisputeNoted,),
}
FREED_SINCE = timedelta(days=30)
"""More than a walk frees of days that the window of a closed case is not told of."""
TOLD = (events.Delivered, events.Collected, events.RefusedAsExempt)


def holds(history: Sequence[Line], objection: Objection) -> None:
    """Every law that its own history obeys."""
    assert [line.version for line in history] == list(range(1, len(history) + 1))
    filed = history[0].event
    assert isinstance(filed, events.ObjectionFiled)
    (reply,) = filed.due
    assert _term(reply) == (Clock.OBJECTION_REPLY, 30, history[0].at)
    assert filed.filed_by is Filer.REQUESTER or filed.power_of_attorney is not None
    assert all(before.at <= line.at for before, line in pairwise(history))
    for before, line in pairwise(acts(history)):
        assert type(line.event) in MAY_FOLLOW[type(before.event)]
        match line.event:
            case events.ObjectionDecided(due=(dispute,)):
                assert _term(dispute) == (Clock.DISPUTE, 14, line.at)
            case events.DisputeNoted(due=(dispute,)):
                assert isinstance(before.event, events.ObjectionFiled)
                assert _last(Clock.OBJECTION_REPLY, history).due_at <= line.at
                assert (dispute.clock, dispute.length) == (Clock.DISPUTE, 14)
            case _:
                assert not isinstance(before.event, events.ObjectionFiled)
    assert replayed(history) == objection


def filing_holds(filed: Line, case: Sequence[Line]) -> None:
    """An objection was filed in time, on a ground that stands in the case's history."""
    event = filed.event
    assert isinstance(event, events.ObjectionFiled)
    assert case[-1].at <= filed.at
    dues = [due for line in case for due in getattr(line.event, "due", ())]
    windows = [due for due in dues if due.clock is Clock.OBJECTION]
    ends = [due.due_at for due in dues if due.clock is Clock.STATUTE]
    was_late = any(end <= filed.at for end in (*ends, *_found_missed(case)))
    if windows:
        assert filed.at < windows[-1].due_at + FREED_SINCE
    else:
        assert was_late
    facts = [line.event for line in case]
    was_told = any(isinstance(fact, TOLD) for fact in facts)
    match event.ground:
        case ObjectionGround.REFUSED:
            assert any(isinstance(fact, events.RefusedAsExempt) for fact in facts)
        case ObjectionGround.NO_RESPONSE:
            answers = events.Delivered | events.Collected
            assert was_late
            assert not any(isinstance(fact, answers) for fact in facts)
        case ObjectionGround.NOT_AS_REQUESTED:
            assert was_told
        case ObjectionGround.NOT_FULFILLED:
            assert was_told or was_late
        case ObjectionGround.LATE:
            assert was_late
        case _:
            pass


def ruling_holds(subject: UUID, ruled: Line, case: Sequence[Line]) -> None:
    """The decider had no hand in the case; only an answer that falls opens it again."""
    event = ruled.event
    assert isinstance(event, events.ObjectionDecided)
    for line in case:
        if isinstance(line.event, events.Drafted | events.Approved):
            assert line.by != ruled.by
        if isinstance(line.event, events.Approved):
            assert line.event.acting_for != ruled.by
    opened = [
        line
        for line in case
        if isinstance(line.event, events.Reopened) and line.event.objection == subject
    ]
    for line in opened:
        assert event.decision is not ObjectionRuling.UPHOLD
        assert (line.by, line.at) == (ruled.by, ruled.at)
    assert len(opened) <= 1


def replayed(history: Sequence[Line]) -> Objection | None:
    """The objection folded from what the register would have stored."""
    objection: Objection | None = None
    for line in history:
        tag = upcasting.tag_of(type(line.event))
        event = upcasting.decode(tag, msgspec.json.encode(line.event))
        assert isinstance(event, events.OBJECTION_EVENTS)
        objection = evolve(objection, event, line.teller)
    return objection


def _found_missed(case: Sequence[Line]) -> list[datetime]:
    """When the statute had run out before an act moved it, as corrections found."""
    found = (
        line.event.late_since.get(Clock.STATUTE)
        for line in case
        if isinstance(line.event, events.FactCorrected)
    )
    return [since for since in found if since is not None]


def _last(clock: Clock, history: Sequence[Line]) -> Due:
    dues: list[Due] = []
    for line in history:
        dues.extend(getattr(line.event, "due", ()))
    return [due for due in dues if due.clock is clock][-1]


def _term(due: Due) -> tuple[Clock, int, object]:
    return (due.clock, due.length, due.starts_at)
