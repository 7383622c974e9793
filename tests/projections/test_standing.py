"""A case is told as it stood at any version and instant, straight from its entries."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from application.entries import Entry
from domain.evolution import evolve
from domain.facts import By
from domain.values import ClockState
from projections.standing import Moment, NoSuchVersionError, is_case, replay
from tests.domain.offices import BPPD, OFFICES
from tests.projections import lives

NEVER = datetime(2030, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
OFFICE = OFFICES[BPPD]


def recorded(life):
    """The entries of a life as the register gives them."""
    made = lives.entries(life, "BPPD-2026-00001")
    return [
        Entry(position=n, **msgspec.structs.asdict(entry))
        for n, entry in enumerate(made, start=101)
    ]


@pytest.mark.parametrize("life", lives.LIVES)
def test_every_beginning_of_a_history_is_the_case_of_its_time(life):
    entries = recorded(life)
    case = None
    for n, entry in enumerate(entries, start=1):
        by = By(official=entry.metadata.official or "", at=entry.occurred_at)
        case = evolve(case, entry.event, by)
        later = [e for e in entries[n:] if e.occurred_at <= entry.occurred_at]
        told = [
            replay(entries, NEVER, Moment(version=n)),
            replay(entries, NEVER, Moment(recorded_at=entry.recorded_at)),
        ]
        if not later:
            moment = Moment(occurred_at=entry.occurred_at)
            told.append(replay(entries, NEVER, moment, OFFICE))
        for standing in told:
            if standing.version == n:
                assert standing.case == case
                assert standing.entries == tuple(entries[:n])
        assert told[0].version == n


def test_a_time_before_the_receipt_and_a_version_to_come_never_were():
    entries = recorded(lives.LIVES[2])
    before = entries[0].occurred_at - SECOND

    for moment in (
        Moment(version=len(entries) + 1),
        Moment(recorded_at=before),
        Moment(occurred_at=before),
    ):
        with pytest.raises(NoSuchVersionError):
            replay(entries, NEVER, moment, OFFICE)


def test_what_happened_and_what_was_known_are_two_things():
    entries = recorded(lives.LIVES[0])
    between = entries[-1].occurred_at + SECOND

    def version(moment):
        return replay(entries, NEVER, moment, OFFICE).version

    assert version(Moment(occurred_at=between)) == 6
    assert version(Moment(recorded_at=between)) == 5


def test_clocks_of_the_past_are_read_in_the_past():
    entries = recorded(lives.LIVES[3][:2])

    def states(moment=None):
        standing = replay(entries, NEVER, moment)
        return {clock.state(standing.at) for clock in standing.case.clocks}

    assert states() == {ClockState.MISSED}
    assert states(Moment(version=1)) == {ClockState.RUNNING}
    assert states(Moment(recorded_at=entries[1].recorded_at)) == {ClockState.RUNNING}
    assert states(Moment(recorded_at=NEVER + SECOND)) == {ClockState.MISSED}


def test_only_a_history_that_begins_with_a_receipt_is_a_cases():
    entries = recorded(lives.LIVES[0])

    assert is_case(entries)
    assert not is_case(entries[1:])
    assert not is_case([])
