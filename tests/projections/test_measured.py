"""Measures are told as whole numbers, and null where there are none."""

import msgspec

from projections.reports.definitions import DEFINITIONS
from projections.reports.measured import Measured, Spread, measured


class Found(msgspec.Struct):
    """What a statement gave."""

    seconds: list[float] | None = None
    days: list[float] | None = None


def test_no_part_of_a_second_is_told_and_none_is_lost():
    told = measured({"answered": Found([815_190.7000000001, 815_191.0, 815_191.2])})

    assert told["answered"] == Measured(Spread(815_191, 815_191, 815_192), None)
    assert msgspec.json.encode(told["answered"]) == (
        b'{"seconds":{"median":815191,"p90":815191,"max":815192},"days":null}'
    )


def test_a_figure_that_counted_nothing_measures_null():
    told = measured({"received": Found()})

    assert set(told) == {one.figure for one in DEFINITIONS.figure if one.measures}
    assert set(told.values()) == {None}
