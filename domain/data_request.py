"""A data subject's request (UU 27/2022): what its rules need, from its own history."""

from datetime import datetime
from typing import assert_never

import msgspec
from msgspec.structs import replace

from domain import errors, events
from domain.clocks import RunningClock, with_met, with_moved_on, with_started
from domain.facts import By
from domain.values import (
    AgencyCode,
    Clock,
    DataRequestKind,
    DataRequestStage,
    HoldGround,
)

WEIGHED = (DataRequestStage.RECEIVED, DataRequestStage.DEFERRED)
"""Stages in which nobody has said yet what becomes of it."""

FINISHED = (
    DataRequestStage.REFUSED,
    DataRequestStage.ANSWERED,
    DataRequestStage.LIFTED,
)
"""Stages in which nothing is owed to the person any more."""

_CLOCK = frozenset({Clock.DATA_REQUEST})


class DataRequest(msgspec.Struct, frozen=True):
    """What rules and answers need of it."""

    agency: AgencyCode
    stage: DataRequestStage
    last_at: datetime
    received: events.DataRequestReceived
    clocks: tuple[RunningClock, ...]
    kept_for: HoldGround | None = None
    """The duty that the last deferral named, and until when it keeps the data."""
    kept_until: datetime | None = None

    def must_be(self, *allowed: DataRequestStage) -> None:
        """The act is possible in these stages only."""
        if self.stage not in allowed:
            raise errors.WrongDataRequestStageError(self.stage, allowed)

    def must_ask_for(self, *allowed: DataRequestKind) -> None:
        """The act belongs to these rights only."""
        if self.received.kind not in allowed:
            raise errors.WrongDataRequestKindError(self.received.kind, allowed)


def evolve(
    request: DataRequest | None, event: events.DataRequestEvent, by: By
) -> DataRequest:
    """The request after a fact; it never refuses."""
    if isinstance(event, events.DataRequestReceived):
        return DataRequest(
            agency=event.agency,
            stage=DataRequestStage.RECEIVED,
            last_at=by.at,
            received=event,
            clocks=with_started((), event.due),
        )
    if request is None:
        message = "a data subject's request starts with DataRequestReceived"
        raise AssertionError(message)
    return replace(_change(request, event, by), last_at=by.at)


def _change(
    request: DataRequest, event: events.DataRequestEvent, by: By
) -> DataRequest:
    clocks = request.clocks
    match event:
        case events.DataRequestGranted():
            return replace(request, stage=DataRequestStage.GRANTED)
        case events.DataRequestDeferred(due=due, missed=missed):
            # Told why and until when, the person has his answer; with an end that is
            # known the time for the next one begins with it.
            moved = with_moved_on(clocks, due, missed) if due else None
            return replace(
                request,
                stage=DataRequestStage.DEFERRED,
                clocks=moved or with_met(clocks, _CLOCK, by.at),
                kept_for=event.kept_for,
                kept_until=event.kept_until,
            )
        case events.DataRequestRefused():
            return replace(
                request,
                stage=DataRequestStage.REFUSED,
                clocks=with_met(clocks, _CLOCK, by.at),
            )
        case events.DataRequestAnswered():
            return replace(
                request,
                stage=DataRequestStage.ANSWERED,
                clocks=with_met(clocks, _CLOCK, by.at),
            )
        case events.RestrictionLifted():
            return replace(request, stage=DataRequestStage.LIFTED)
        case events.DataRequestReceived() | events.PersonalDataErased():
            return request
        case _:
            assert_never(event)
