"""What every history of a complaint obeys, read without asking the complaint."""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from application import upcasting
from domain import events
from domain.complaint import Complaint, evolve
from domain.values import Clock
from tests.domain.paper import Line, acts

MAY_FOLLOW: dict[type[events.AnyEvent], tuple[type[events.AnyEvent], ...]] = {
    events.ComplaintOpened: (events.ComplaintClassified,),
    events.ComplaintClassified: (
        events.ComplaintClassified,
        events.ComplaintFollowedUp,
        events.ComplaintAnswered,
    ),
    events.ComplaintFollowedUp: (
        events.ComplaintClassified,
        events.ComplaintFollowedUp,
        events.ComplaintAnswered,
    ),
    events.ComplaintAnswered: (events.ComplaintClosed,),
    events.ComplaintClosed: (),
}


def holds(history: Sequence[Line], complaint: Complaint) -> None:
    """Every law, for one complaint."""
    assert [line.version for line in history] == list(range(1, len(history) + 1))
    opened = history[0].event
    assert isinstance(opened, events.ComplaintOpened)
    assert opened.anonymous is False or opened.identity is None
    starts_at = None
    assert all(before.at <= line.at for before, line in pairwise(history))
    for before, line in pairwise(acts(history)):
        assert type(line.event) in MAY_FOLLOW[type(before.event)]
        assert line.by != opened.about
        if isinstance(line.event, events.ComplaintClassified):
            (due,) = line.event.due
            starts_at = starts_at or line.at
            assert (due.clock, due.starts_at) == (Clock.COMPLAINT, starts_at)
    assert replayed(history) == complaint


def replayed(history: Sequence[Line]) -> Complaint | None:
    """The complaint folded from what the register would have stored."""
    complaint: Complaint | None = None
    for line in history:
        tag = upcasting.tag_of(type(line.event))
        event = upcasting.decode(tag, msgspec.json.encode(line.event))
        assert isinstance(event, events.COMPLAINT_EVENTS)
        complaint = evolve(complaint, event, line.teller)
    return complaint
