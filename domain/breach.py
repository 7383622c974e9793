"""A data breach (pelanggaran data pribadi): what its rules need, from its history."""

from datetime import datetime
from typing import assert_never

import msgspec
from msgspec.structs import replace

from domain import events
from domain.clocks import RunningClock, with_met, with_started
from domain.facts import By
from domain.values import AgencyCode, BreachStage, Clock, NoticeTo

OWED = frozenset({NoticeTo.SUBJECTS, NoticeTo.AUTHORITY})
"""Who is told of every breach; the public of some (UU 27/2022 art. 46)."""


class Breach(msgspec.Struct, frozen=True):
    """What rules and answers need of it."""

    agency: AgencyCode
    stage: BreachStage
    last_at: datetime
    recorded: events.BreachRecorded
    clocks: tuple[RunningClock, ...]
    told: frozenset[NoticeTo] = frozenset()

    @property
    def untold(self) -> frozenset[NoticeTo]:
        """Who still has to be told."""
        return OWED - self.told


def evolve(breach: Breach | None, event: events.BreachEvent, by: By) -> Breach:
    """The breach after a fact; it never refuses."""
    if isinstance(event, events.BreachRecorded):
        return Breach(
            agency=event.agency,
            stage=BreachStage.RECORDED,
            last_at=by.at,
            recorded=event,
            clocks=with_started((), event.due),
        )
    if breach is None:
        message = "a breach's history starts with BreachRecorded"
        raise AssertionError(message)
    return replace(_change(breach, event, by), last_at=by.at)


def _change(breach: Breach, event: events.BreachEvent, by: By) -> Breach:
    match event:
        case events.BreachNotified(told=told):
            after = replace(
                breach, stage=BreachStage.NOTIFIED, told=breach.told | set(told)
            )
            if after.untold:
                return after
            met = with_met(breach.clocks, {Clock.BREACH_NOTICE}, by.at)
            return replace(after, clocks=met)
        case events.BreachClosed():
            return replace(breach, stage=BreachStage.CLOSED)
        case events.BreachRecorded():
            return breach
        case _:
            assert_never(event)
