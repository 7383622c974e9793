"""Boards that a web worker keeps while they are still true, so that many may look.

Asked again for the same, it gives the board it has while the view has not moved and no
limit, target or local day has ended since; while the view moves, one that is at most a
second old. Never one that is older than what the caller has seen recorded.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from projections.board import Board
from projections.board_counted import Asked, Counted
from projections.cases import CasesView
from projections.moves import Moves

WHILE_IT_MOVES: Final = timedelta(seconds=1)
"""So old a board may be of a view that has moved since."""
WHILE_IT_RESTS: Final = timedelta(minutes=1)
"""And one of a view that has not: whatever else may happen to a view, it is seen."""
MOST: Final = 64
"""So many boards are kept; the one longest unasked for goes first."""


class _Kept:
    """A board, once it was counted; one count at a time."""

    def __init__(self) -> None:
        self.counting = asyncio.Lock()
        self.counted: Counted | None = None


class BoardsKept:
    """One worker's boards, by what was asked for."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves
        self._kept: OrderedDict[Asked, _Kept] = OrderedDict()

    async def board(
        self,
        asked: Asked,
        count: Callable[[], Awaitable[Counted]],
        now: Callable[[], datetime],
        after_position: int | None = None,
    ) -> Board:
        """The board, kept or counted anew.

        The view has reached `after_position` before this is called, so that a new
        count holds it.
        """
        kept = self._kept.setdefault(asked, _Kept())
        self._kept.move_to_end(asked)
        if len(self._kept) > MOST:
            self._kept.popitem(last=False)
        if (counted := kept.counted) and self._serves(counted, now(), after_position):
            return counted.board
        async with kept.counting:
            # Whoever counted meanwhile has counted for all who waited.
            counted = kept.counted
            if counted is None or not self._serves(counted, now(), after_position):
                counted = kept.counted = await count()
            return counted.board

    def _serves(
        self, counted: Counted, now: datetime, after_position: int | None
    ) -> bool:
        """Whether it says now what a new count would say, or is young enough."""
        board = counted.board
        is_told = after_position is None or after_position <= board.position
        if not is_told or not board.as_of <= now < counted.until:
            return False
        rests = self._moves.place(CasesView.name) == board.position
        return now - board.as_of < (WHILE_IT_RESTS if rests else WHILE_IT_MOVES)
