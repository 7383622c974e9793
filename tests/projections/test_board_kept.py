"""A kept board says what a new count would say, or is a second old at the most."""

import asyncio
from datetime import datetime, timedelta

import pytest

from projections.board import Board, Late, Load
from projections.board_counted import Asked, Counted
from projections.board_kept import MOST, BoardsKept
from projections.moves import Moves
from tests.domain.offices import BIRO, BPPD
from tests.domain.scenarios import MORNING, wita

ASKED = Asked(agencies=(BPPD,), edition="id-1")
MIDNIGHT = wita("2026-02-11 00:00")
SECOND = timedelta(seconds=1)
NOTHING = Load(
    open=0,
    due_today=0,
    due_within_3_days=0,
    late=0,
    late_by=Late(standard=0, statute=0),
    target_overrun=0,
    undated=0,
)


class Worker:
    """A web worker with a clock to move, whose view moves when told."""

    def __init__(self) -> None:
        self.moves = Moves("", ())
        self.boards = BoardsKept(self.moves)
        self.now = MORNING
        self.position = 0
        self.until = MIDNIGHT
        self.counts = 0
        self.move(1)

    def move(self, position: int, *, is_heard: bool = True) -> None:
        self.position = position
        if is_heard:
            self.moves._tell({"cases": position})

    async def count(self) -> Counted:
        self.counts += 1
        at, position = self.now, self.position
        await asyncio.sleep(0)
        return Counted(a_board(at, position), self.until)

    async def board(self, after: int | None = None, asked: Asked = ASKED) -> Board:
        return await self.boards.board(asked, self.count, lambda: self.now, after)


def a_board(at: datetime, position: int) -> Board:
    return Board(
        position=position,
        as_of=at,
        calendar_edition="id-1",
        days=30,
        totals=NOTHING,
        rows=(),
        waiting=(),
        pace=(),
    )


@pytest.fixture
def worker() -> Worker:
    return Worker()


async def test_while_nothing_moves_it_is_counted_once(worker):
    first = await worker.board()
    worker.now += 50 * SECOND
    assert await worker.board() is first
    assert worker.counts == 1


async def test_even_of_a_view_at_rest_no_board_is_older_than_a_minute(worker):
    await worker.board()
    worker.now += 60 * SECOND
    assert (await worker.board()).as_of == worker.now


async def test_while_the_view_moves_it_is_a_second_old_at_the_most(worker):
    first = await worker.board()
    worker.move(2)
    worker.now += 0.9 * SECOND
    assert await worker.board() is first
    worker.now += 0.1 * SECOND
    assert (await worker.board()).position == 2


async def test_it_is_never_older_than_what_the_caller_has_seen_recorded(worker):
    first = await worker.board()
    worker.move(5)
    assert await worker.board(after=1) is first
    assert (await worker.board(after=5)).position == 5


@pytest.mark.parametrize("at", [MIDNIGHT, MORNING + 7 * SECOND])
async def test_when_a_day_or_a_limit_ends_it_is_counted_anew(worker, at):
    worker.until = at
    worker.now = at - 5 * SECOND
    first = await worker.board()
    worker.now = at - SECOND / 2
    assert await worker.board() is first
    worker.now = at
    worker.until = MIDNIGHT + 60 * SECOND
    assert (await worker.board()).as_of == at


async def test_when_nothing_is_heard_it_does_not_count_as_rest(worker):
    await worker.board()
    worker.moves._at.clear()
    worker.now += SECOND
    await worker.board()
    assert worker.counts == 2


async def test_a_clock_set_back_brings_no_board_of_the_future(worker):
    await worker.board()
    worker.now -= SECOND
    assert (await worker.board()).as_of == worker.now


async def test_other_filters_and_agencies_have_boards_of_their_own(worker):
    asked = (
        ASKED,
        Asked(agencies=(BIRO, BPPD), edition="id-1"),
        Asked(agencies=(BPPD,), edition="id-2"),
        Asked(agencies=(BPPD,), edition="id-1", unit="batas"),
        Asked(agencies=(BPPD,), edition="id-1", days=31),
    )
    shown = [await worker.board(asked=each) for each in asked]
    assert len({id(each) for each in shown}) == worker.counts == len(asked)


async def test_many_who_ask_at_once_are_answered_by_one_count(worker):
    shown = await asyncio.gather(*(worker.board() for _ in range(16)))
    assert worker.counts == 1
    assert len({id(each) for each in shown}) == 1


async def test_a_count_that_fails_is_tried_again(worker):
    async def failing() -> Counted:
        await asyncio.sleep(0)
        raise KeyError

    with pytest.raises(KeyError):
        await worker.boards.board(ASKED, failing, lambda: MORNING)
    assert await worker.board()


async def test_only_so_many_are_kept(worker):
    for days in range(1, MOST + 20):
        await worker.board(asked=Asked(agencies=(BPPD,), edition="id-1", days=days))
    assert len(worker.boards._kept) == MOST
