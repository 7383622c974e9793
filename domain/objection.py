"""An objection (keberatan): what its rules need, folded from its own history.

It attacks the decision on a request and goes to the PPID's superior (UU 14/2008
art. 35-37). It is not a complaint (pengaduan), which is about the service.
"""

from datetime import datetime
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain import events
from domain.clocks import RunningClock, with_met, with_moved, with_started
from domain.facts import By
from domain.values import AgencyCode, Clock, ObjectionRuling, ObjectionStage


class Objection(msgspec.Struct, frozen=True):
    """What rules and answers need of an objection."""

    agency: AgencyCode
    case: UUID
    standard: str
    stage: ObjectionStage
    last_at: datetime
    filed: events.ObjectionFiled
    clocks: tuple[RunningClock, ...]
    ruling: ObjectionRuling | None = None
    has_result: bool = False
    """Whether the Information Commission has said how a dispute ended."""


def evolve(
    objection: Objection | None, event: events.ObjectionEvent, by: By
) -> Objection:
    """The objection after a fact; it never refuses."""
    if isinstance(event, events.ObjectionFiled):
        return Objection(
            agency=event.agency,
            case=event.case,
            standard=event.standard,
            stage=ObjectionStage.FILED,
            last_at=by.at,
            filed=event,
            clocks=with_started((), event.due),
        )
    if objection is None:
        message = "an objection's history starts with ObjectionFiled"
        raise AssertionError(message)
    return replace(_change(objection, event, by), last_at=by.at)


def _change(objection: Objection, event: events.ObjectionEvent, by: By) -> Objection:
    clocks = objection.clocks
    match event:
        case events.ObjectionDecided(decision=decision, due=due):
            replied = with_met(clocks, {Clock.OBJECTION_REPLY}, by.at)
            return replace(
                objection,
                stage=ObjectionStage.DECIDED,
                ruling=decision,
                clocks=with_started(replied, due),
            )
        case events.DisputeNoted(due=due, result=result):
            return replace(
                objection,
                has_result=result is not None,
                stage=ObjectionStage.DISPUTED,
                clocks=with_met(with_started(clocks, due), {Clock.DISPUTE}, by.at),
            )
        case events.DeadlineRecomputed(due=due):
            return replace(objection, clocks=with_moved(clocks, due))
        case (
            events.ObjectionFiled()
            | events.ProcessingRestricted()
            | events.RestrictionLifted()
            | events.PersonalDataErased()
        ):
            return objection
        case _:
            assert_never(event)
