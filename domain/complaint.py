"""A complaint about the service (pengaduan): what its rules need, from its history.

It has a history of its own, with or without a case. It is not an objection
(keberatan), which attacks the decision.
"""

from datetime import datetime
from typing import assert_never

import msgspec
from msgspec.structs import replace

from domain import errors, events
from domain.clocks import RunningClock, with_met, with_moved, with_started, with_stopped
from domain.facts import By
from domain.values import (
    AgencyCode,
    Clock,
    ComplaintClass,
    ComplaintKind,
    ComplaintStage,
)

FOLLOWED_UP = frozenset({Clock.LAPOR_FOLLOW_UP})
"""The clock that a first follow-up meets."""

ANSWERED = frozenset({Clock.COMPLAINT, Clock.LAPOR_FOLLOW_UP})
"""The clocks that an answer meets."""


class Complaint(msgspec.Struct, frozen=True):
    """What rules and answers need of a complaint."""

    agency: AgencyCode
    stage: ComplaintStage
    last_at: datetime
    opened: events.ComplaintOpened
    clocks: tuple[RunningClock, ...]
    classified: ComplaintClass | None = None
    classified_at: datetime | None = None
    """When it was given a class for the first time: from then its term counts."""
    corrections: tuple[events.PersonalDataCorrected, ...] = ()
    """What was put right of who complains, in order."""

    @property
    def kind(self) -> ComplaintKind:
        """Whose affair it is as it stands."""
        if self.classified is ComplaintClass.SUPERVISORY:
            return ComplaintKind.SUPERVISORY
        if self.opened.about_head:
            return ComplaintKind.ABOUT_HEAD
        if self.opened.about_only_officer:
            return ComplaintKind.ABOUT_ONLY_OFFICER
        return ComplaintKind.ORDINARY

    def must_be(self, *allowed: ComplaintStage) -> None:
        """The act is possible in these stages only."""
        if self.stage not in allowed:
            raise errors.WrongComplaintStageError(self.stage, allowed)


def evolve(
    complaint: Complaint | None, event: events.ComplaintEvent, by: By
) -> Complaint:
    """The complaint after a fact; it never refuses."""
    if isinstance(event, events.ComplaintOpened):
        return Complaint(
            agency=event.agency,
            stage=ComplaintStage.OPENED,
            last_at=by.at,
            opened=event,
            clocks=with_started((), event.due),
        )
    if complaint is None:
        message = "a complaint's history starts with ComplaintOpened"
        raise AssertionError(message)
    return replace(_change(complaint, event, by), last_at=by.at)


def _change(complaint: Complaint, event: events.ComplaintEvent, by: By) -> Complaint:
    clocks = complaint.clocks
    match event:
        case events.ComplaintClassified():
            return replace(
                complaint,
                stage=ComplaintStage.CLASSIFIED,
                classified=event.classified,
                classified_at=complaint.classified_at or by.at,
                clocks=with_moved(clocks, event.due, event.missed),
            )
        case events.ComplaintFollowedUp():
            return replace(
                complaint,
                stage=ComplaintStage.FOLLOWED_UP,
                clocks=with_met(clocks, FOLLOWED_UP, by.at),
            )
        case events.ComplaintAnswered():
            return replace(
                complaint,
                stage=ComplaintStage.ANSWERED,
                clocks=with_met(clocks, ANSWERED, by.at),
            )
        case events.ComplaintClosed():
            return replace(
                complaint,
                stage=ComplaintStage.CLOSED,
                clocks=with_stopped(clocks, by.at),
            )
        case events.DeadlineRecomputed(due=due):
            return replace(complaint, clocks=with_moved(clocks, due))
        case events.PersonalDataCorrected():
            return replace(complaint, corrections=(*complaint.corrections, event))
        case (
            events.ComplaintOpened()
            | events.ProcessingRestricted()
            | events.RestrictionLifted()
            | events.PersonalDataErased()
        ):
            return complaint
        case _:
            assert_never(event)
