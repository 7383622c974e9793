"""Copies are compared key by key, however much they differ and whatever they hold."""

import tracemalloc
from random import Random

import pytest

from projections import comparing
from projections.comparing import Difference, Rows

SEED = 20260210


def rows(*of: tuple[int, str]) -> list[Rows]:
    """Rows of a table; a letter stands for what a row holds."""
    return [
        Rows(key.to_bytes(8, "big"), frozenset(each.encode() for each in held))
        for key, held in of
    ]


@pytest.fixture
def compared(monkeypatch):
    """Compare these, as two connections would give them."""

    async def compare(old, new) -> Difference:
        async def given(side, _query):
            for each in side:
                yield each

        monkeypatch.setattr(comparing, "_rows", given)
        found = Difference()
        await comparing._compare_table(old, new, "", found)
        return found

    return compare


async def test_what_only_one_of_them_has_is_missing_or_extra(compared):
    found = await compared(
        rows((1, "a"), (2, "ab"), (4, "a")), rows((1, "a"), (3, "abc"), (4, "a"))
    )
    assert found == Difference(rows=5, missing=2, extra=3, keys=["2", "3"])


async def test_of_a_key_with_many_rows_those_that_differ_are_counted(compared):
    found = await compared(rows((1, "abc")), rows((1, "acde")))
    assert found == Difference(rows=4, differing=2, keys=["1"])


@pytest.mark.parametrize("side", [0, 1])
async def test_one_that_is_empty_lacks_everything(compared, side):
    held = rows(*((key, "a") for key in range(1, 8)))
    found = await compared(*((held, []), ([], held))[side])
    assert (found.missing, found.extra) == ((7, 0), (0, 7))[side]
    assert found.keys == list("12345")


async def test_random_tables_are_compared_as_if_they_were_looked_up(compared):
    random = Random(SEED)
    for _ in range(200):
        old, new = (
            {key: random.choice("ab") for key in range(12) if random.random() < 0.6}
            for _ in range(2)
        )
        found = await compared(rows(*old.items()), rows(*new.items()))
        assert found.rows == len(new)
        assert found.missing == len(old.keys() - new.keys())
        assert found.extra == len(new.keys() - old.keys())
        assert found.differing == sum(
            old[key] != new[key] for key in old.keys() & new.keys()
        )


async def test_copies_that_share_no_key_are_not_held_in_memory(compared):
    def told(first):
        return (
            Rows(key.to_bytes(8, "big"), frozenset((b"a",)))
            for key in range(first, 40_000, 2)
        )

    tracemalloc.start()
    try:
        found = await compared(told(0), told(1))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (found.missing, found.extra) == (20_000, 20_000)
    assert peak < 200_000
