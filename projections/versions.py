"""A case at each of its versions in turn, in one fold."""

from collections.abc import Iterator, Sequence

from application.entries import Entry
from domain import events
from domain.case import Case
from domain.evolution import evolve
from projections.standing import Standing


def versions(entries: Sequence[Entry]) -> Iterator[Standing]:
    """The case after each entry; its clocks are to be read when it was recorded."""
    case: Case | None = None
    for n, entry in enumerate(entries, start=1):
        assert isinstance(entry.event, events.CASE_EVENTS)
        case = evolve(case, entry.event, entry.by())
        yield Standing(case, entry.version, entry.recorded_at, tuple(entries[:n]))
