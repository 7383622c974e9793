"""A history tells both values of a corrected fact, and belongs to a moment."""

from datetime import datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from application.entries import Entry
from domain import events
from domain.values import CorrectableFact
from projections.effective import so_far
from projections.history import history
from projections.standing import Moment
from tests.domain import past
from tests.domain.offices import BPPD, HEAD, OFFICES
from tests.domain.receipts import lettered
from tests.domain.scenarios import Happened, wita
from tests.projections import lives

RECEIVED, DISPOSED, CORRECTED = (wita(f"2026-06-{day:02} 09:00") for day in (5, 8, 10))
EARLIER = wita("2026-06-03 09:00")


def correction(version: int, fact: CorrectableFact, value: str, of: int) -> Happened:
    event = events.FactCorrected(
        version=version, fact=fact, value=value, before="", reason="salah", of=of
    )
    return Happened(event, by=HEAD)


@pytest.fixture
def entries() -> list[Entry]:
    """A letter; its receipt corrected twice, its number once."""
    happened = (
        lettered(at=RECEIVED),
        replace(past.disposed(), at=DISPOSED),
        replace(
            correction(1, CorrectableFact.OCCURRED_AT, "2026-06-04T01:00:00Z", 1),
            at=CORRECTED,
        ),
        correction(1, CorrectableFact.LETTER_NUMBER, "12", 1),
        correction(3, CorrectableFact.OCCURRED_AT, EARLIER.isoformat(), 1),
    )
    made = lives.entries(happened, "BPPD-2026-00001")
    return [
        Entry(position=n, **msgspec.structs.asdict(entry))
        for n, entry in enumerate(made, start=101)
    ]


def versions(entries: list[Entry], **moment: datetime | int) -> list[int]:
    return [entry.version for entry in so_far(entries, msgspec.convert(moment, Moment))]


def superseded(entries, after: int = 0, limit: int = 50) -> dict[int, int | None]:
    page = history(entries, BPPD, OFFICES[BPPD], after, limit)
    return {item.version: item.superseded_by for item in page.items}


def test_each_entry_says_which_correction_supersedes_it(entries):
    assert superseded(entries) == {1: 4, 2: None, 3: 5, 4: None, 5: None}
    assert superseded(entries, limit=1) == {1: 4}


def test_what_was_not_known_yet_supersedes_nothing(entries):
    known = so_far(entries, Moment(recorded_at=entries[2].recorded_at))
    assert superseded(known) == {1: 3, 2: None, 3: None}


def test_what_had_happened_comes_with_the_corrections_that_concern_it(entries):
    assert versions(entries, occurred_at=EARLIER) == [1, 3, 4, 5]
    assert versions(entries, occurred_at=EARLIER - timedelta(seconds=1)) == []
    assert versions(entries, occurred_at=DISPOSED) == [1, 2, 3, 4, 5]


def test_what_was_known_has_no_later_entry(entries):
    assert versions(entries, recorded_at=entries[1].recorded_at) == [1, 2]
    assert versions(entries, version=2) == [1, 2]
    assert versions(entries) == [1, 2, 3, 4, 5]
