"""What every history obeys around completion and leaving, read line by line."""

from datetime import datetime

from domain import events
from domain.values import Channel, Clock
from tests.domain.paper import Line, is_in_hands_of

ANSWERING = (
    events.LaporReviewed,
    events.Disposed,
    events.Drafted,
    events.Approved,
    events.ReturnedForCorrection,
    events.RefusedAsExempt,
    events.Delivered,
    events.PickupArranged,
    events.Collected,
    events.PickupMissed,
)
"""What brings a request nearer to its answer."""
COMPLETING = (events.CompletionRequested, events.CompletionReceived, events.Lapsed)
LEAVING = (
    events.Lapsed,
    events.Withdrawn,
    events.Transferred,
    events.ConvertedToWritten,
)


class ReadingAside:
    """What a reader knows of it after each line."""

    def __init__(self, first: Line) -> None:
        assert isinstance(first.event, events.Received)
        self.received = first.event
        self.missing = set(first.event.missing)
        self.asked_until: datetime | None = None
        self.assignee: str | None = None
        self.drafted = False
        self.answered = False
        self.left = False

    def read(self, line: Line) -> None:  # noqa: C901, PLR0912 - one arm for each event
        """Judge the line by what is known, then know more."""
        event = line.event
        if self.left or self.missing:
            assert not isinstance(event, ANSWERING)
        if isinstance(event, COMPLETING):
            assert self.missing
        if isinstance(event, LEAVING):
            assert not self.left
            assert not self.answered
            self.left = True
        match event:
            case events.CompletionRequested(missing=missing, due=(due,)):
                assert due.clock is Clock.COMPLETION
                assert due.due_at > line.at
                self.missing, self.asked_until = set(missing), due.due_at
            case events.CompletionReceived(missing=missing):
                assert set(missing) <= self.missing
                assert bool(event.due) is not bool(missing)
                self.missing = set(missing)
            case events.Lapsed():
                assert self.asked_until is not None
                assert line.at >= self.asked_until
            case events.Transferred():
                assert not self.drafted
                assert (event.to_agency is None) is not (event.holder is None)
                assert event.to_agency != self.received.agency
            case events.ConvertedToWritten():
                assert self.received.channel is Channel.FACE_TO_FACE
                assert is_in_hands_of(line.by, self.assignee)
            case events.Disposed(to=to):
                self.assignee = to
            case events.Drafted():
                self.drafted = True
            case events.Delivered() | events.Collected():
                self.answered = True
            case events.RefusedAsExempt(outcome=outcome):
                is_visit = self.received.channel is Channel.FACE_TO_FACE
                self.answered |= is_visit and outcome is not None
            case events.Reopened():
                self.answered = self.left = False
            case _:
                pass
