"""Work list and board walk indexes that hold what is open, whatever lies beside it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import LiteralString

import pytest

from application.office import authority
from projections import board_counted, copies, piles
from projections.desks import desks
from projections.reader import Seat
from projections.views import SERVING
from projections.worklist import Wanted
from tests.domain.offices import BPPD, DIVISION_HEAD, OFFICES
from tests.domain.scenarios import MORNING
from tests.projections.test_worklist import APPROVED, DRAFTED, told

TODAY = MORNING.date()
BOARD = {
    "agencies": [BPPD],
    "today": [TODAY],
    "soon": [TODAY],
    "since": [MORNING - timedelta(days=30)],
    "now": MORNING,
    "channel": None,
    "unit": None,
}


async def plan(desk, statement: LiteralString, of: Mapping[str, object]) -> str:
    """How it would be done in a big table, for which reading it whole is no way."""
    await desk.execute("set enable_seqscan = off")
    cursor = await desk.execute("explain (costs off) " + statement, of)
    return "\n".join(line for (line,) in await cursor.fetchall())


async def test_a_desk_s_tasks_come_in_order_out_of_one_index(database_url, desk):
    await told(database_url, desk, DRAFTED, APPROVED)
    office = OFFICES[BPPD]
    official = office.directory.officials[DIVISION_HEAD, BPPD]
    seat = Seat.of(official, authority.load(), office, MORNING)
    wanted = Wanted(seats=[seat], now=MORNING)
    of = wanted.filters() | piles.columns(list(desks(seat, MORNING, {})))

    shown = await plan(desk, piles.PILES[0].waiting, of)

    [_, inner] = shown.split("Function Scan on", maxsplit=1)
    assert "using tasks_waiting" in inner
    assert "Sort" not in inner
    assert "Index Cond: ((agency = desk.agency) AND (whose = desk.whose)" in inner


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (board_counted._OPEN, "cases_open"),
        (board_counted._ANSWERED, "cases_answered"),
    ],
)
async def test_the_board_reads_an_index_alone(
    database_url, desk, owner, statement, index
):
    await told(database_url, desk, DRAFTED, APPROVED)
    await copies.look_in(owner, SERVING)
    await owner.execute("vacuum analyze cases")  # as it is sooner or later

    assert f"Index Only Scan using {index}" in await plan(desk, statement, BOARD)
