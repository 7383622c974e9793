"""What holds of a case's past, in both times, whatever was corrected afterwards."""

from collections.abc import Sequence

from domain import events
from domain.case import Case
from domain.hindsight import Told, folded, in_hindsight
from domain.office import Office
from domain.restarting import restarted
from domain.values import CorrectableFact
from tests.domain.paper import Line

OCCURRED_AT = CorrectableFact.OCCURRED_AT


def holds(history: Sequence[Line], saved: Sequence[Case], office: Office) -> None:
    """`saved` is the case as it stood after each entry."""
    told: list[Told] = []
    for line in history:
        assert isinstance(line.event, events.CASE_EVENTS)
        told.append((line.event, line.teller))
    present = saved[-1]
    assert list(present.times) == sorted(present.times)
    assert in_hindsight(told, len(told), office).clocks == present.clocks
    for begun_in in set(present.started_in.values()):
        # Told again from its beginning, with nothing changed, a clock is what it is.
        again = restarted(
            present, begun_in, OCCURRED_AT, office.standard, office.counted_in
        )
        for clock in again:
            assert clock in present.clocks
    for version in range(1, len(told) + 1):
        # As it was known then, the past is what stood then.
        assert folded(told[:version]) == saved[version - 1]
        seen = in_hindsight(told, version, office)
        assert seen.times == present.times[:version]
        later = [event for event, _ in told[version:]]
        corrections = [one for one in later if isinstance(one, events.FactCorrected)]
        if all(one.of > version for one in corrections):
            # Nothing was corrected since: what happened is what was known.
            last_at = present.times[version - 1]
            assert seen == saved[version - 1] or last_at != saved[version - 1].last_at
        if len(corrections) == len(later):
            # Only corrections followed: seen from today, it stood as it stands.
            assert (seen.letter, seen.lapor, seen.id_card) == (
                present.letter,
                present.lapor,
                present.id_card,
            )
            for before, after in zip(seen.clocks, present.clocks, strict=True):
                # A correction counts in the calendar in force when it is made.
                is_moved = before.due.calendar_edition != after.due.calendar_edition
                assert is_moved or before == after
