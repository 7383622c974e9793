"""What a figure measures is told in its own size, and counted days by their name."""

import pytest

from interfaces.cli import figures_told
from projections.reports.compliance import Compliance, Group
from projections.reports.measured import Measured, Spread
from tests.domain.scenarios import wita


def told(measured: Measured | None) -> str:
    """The line of the cases that were answered."""
    report = Compliance(
        first=wita("2026-02-01 00:00").date(),
        last=wita("2026-02-28 00:00").date(),
        agency=None,
        channel=None,
        position=1,
        head=1,
        left_out=0,
        calendar_edition="id-2026",
        definitions_version="1",
        generated_at=wita("2026-03-01 08:00"),
        zones={},
        judged_at={},
        seen_by=(),
        adds_up=True,
        groups=(
            Group(None, None, {"answered": 3}, {"answered": measured}, True, ()),  # noqa: FBT003 - a struct's fields in order
        ),
        definitions=(),
    )
    [line] = [line for line in figures_told.lines(report) if "answered" in line]
    return " ".join(line.split())


@pytest.mark.parametrize(
    ("seconds", "elapsed"),
    [
        ((1_020, 1_080, 1_200), "median 17.0min, p90 18.0min, max 20.0min"),
        ((60, 3_600, 90_000), "median 1.0min, p90 1.0h, max 1.0d"),
        ((0, 0, 181_440), "median 0.0min, p90 0.0min, max 2.1d"),
    ],
)
def test_what_elapsed_is_told_in_the_unit_of_its_size(seconds, elapsed):
    measured = Measured(Spread(*seconds), None)

    assert told(measured) == f"answered 3 elapsed: {elapsed}"


def test_days_that_a_clock_counted_are_not_taken_for_what_elapsed():
    assert told(Measured(Spread(1, 1, 1), Spread(1, 2, 7))).endswith(
        " counted days: median 1, p90 2, max 7"
    )


def test_where_nothing_was_measured_there_is_the_count_alone():
    assert told(None) == "answered 3"
