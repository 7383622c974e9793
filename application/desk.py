"""The desk: carries out all waiting commands together, in one transaction.

While one batch is at the database the next gathers. Within a batch commands are
decided in the order of arrival, each on what the earlier ones entered; a refused one
gets its refusal and the others go on. Nothing is answered before the commit.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from application import erasures_kept, replies
from application.book import (
    Book,
    CalendarMovedError,
    LostForGoodError,
    LostRaceError,
)
from application.decider import Decider
from application.desk_connection import LOST, DatabaseAwayError, DeskConnection
from application.desk_errors import DeskError, InDoubtError, OverloadedError
from application.erased_ledger import ErasedLedger
from application.errands import Errand
from application.page import Page, Reply
from application.recorded import Recorded
from application.replies import Outcome
from application.waiting import Waiting
from domain.errors import RuleBrokenError

LARGEST_BATCH = 256
LONGEST_QUEUE = 4096
"""Commands that may wait; more are turned away at once with `overloaded`."""
MOST_RACES = 20
"""How often one command may lose against other processes before it is turned away."""


async def _nothing_to_read() -> None:
    """Stand for an almanac where the calendar never moves."""


class Desk:
    """One writer of a process; handlers hand it errands and await their answers."""

    def __init__(
        self,
        connection: DeskConnection,
        decider: Decider,
        now: Callable[[], datetime],
        read_calendar: Callable[[], Awaitable[None]] = _nothing_to_read,
        ledger: ErasedLedger | None = None,
    ) -> None:
        self._connection = connection
        self._decider = decider
        self._now = now
        self._read_calendar = read_calendar
        self._ledger = ledger
        self._waiting: deque[Waiting] = deque()
        self._singly = 0
        """So many at the head of the queue are carried out one by one."""
        self._at_hand: Sequence[Waiting] = ()
        self._wake = asyncio.Event()
        self._closing = False
        self._working = False

    @property
    def works(self) -> bool:
        """Whether `run` is at work and takes errands."""
        return self._working and not self._closing

    async def handle(self, errand: Errand) -> Recorded:
        """Carry the errand out with whatever else waits.

        Raises the rule that it broke, or a `DeskError`.
        """
        if self._closing or len(self._waiting) >= LONGEST_QUEUE:
            raise OverloadedError
        one = Waiting(errand)
        self._waiting.append(one)
        self._wake.set()
        return await one.future

    async def run(self) -> None:
        """Work until `close`, and finish what waits; however it ends, nobody waits on.

        Who was at hand when it was broken off may have been recorded.
        """
        self._working = True
        try:
            await self._work()
        finally:
            self._working = False
            self.close()
            for one in self._at_hand:
                one.tell(InDoubtError())
            self._turn_away()

    def close(self) -> None:
        """Take no more errands."""
        self._closing = True
        self._wake.set()

    async def _work(self) -> None:
        while True:
            if not self._waiting:
                if self._closing:
                    return
                self._wake.clear()
                await self._wake.wait()
                continue
            await self._let_others_step_up()
            size = 1 if self._singly else min(len(self._waiting), LARGEST_BATCH)
            self._singly = max(0, self._singly - 1)
            self._at_hand = [self._waiting.popleft() for _ in range(size)]
            await self._serve(self._at_hand)
            self._at_hand = ()

    async def _let_others_step_up(self) -> None:
        """Wait for those who are at the door already; nobody waits for nobody."""
        before = 0
        while before < len(self._waiting) < LARGEST_BATCH:
            before = len(self._waiting)
            await asyncio.sleep(0)

    async def _serve(self, batch: Sequence[Waiting]) -> None:
        """Tell each its own outcome, or put them back to be carried out one by one.

        So only the loser of a race loses, and only the errand with a bug has one.
        """
        task = asyncio.create_task(self._attempt([one.errand for one in batch]))
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()
        trouble = task.exception()
        if trouble is None:
            for one, outcome in zip(batch, task.result(), strict=True):
                one.tell(outcome)
            return
        if isinstance(trouble, DatabaseAwayError):
            self._turn_away(batch)
            return
        is_race = isinstance(trouble, LostRaceError)
        if isinstance(trouble, CalendarMovedError):
            with contextlib.suppress(*LOST):  # the next try meets the same refusal
                await self._read_calendar()
        if not is_race:
            await self._connection.lost()
        if len(batch) > 1:
            self._put_back(batch)
            return
        lone = batch[0]
        lone.races += 1
        if not is_race:
            lone.tell(trouble)
        elif isinstance(trouble, LostForGoodError):
            lone.tell(trouble.refusal)
        elif lone.races < MOST_RACES:
            self._put_back(batch)
        else:
            lone.tell(OverloadedError())

    def _put_back(self, batch: Sequence[Waiting]) -> None:
        self._waiting.extendleft(reversed(batch))
        self._singly += len(batch)

    def _turn_away(self, batch: Sequence[Waiting] = ()) -> None:
        """Let nobody wait for a database that is away."""
        for one in (*batch, *self._waiting):
            one.tell(OverloadedError())
        self._waiting.clear()
        self._singly = 0

    async def _attempt(self, errands: Sequence[Errand]) -> list[Outcome]:
        """Carry the batch out, once more if the connection was lost meanwhile.

        Whatever it raises, nothing is recorded: LostRaceError, DatabaseAwayError, bugs.
        """
        for _ in range(2):
            book = await self._connection.book()
            try:
                page = await self._read(book, errands)
            except LOST:
                await self._connection.lost()
                continue
            try:
                outcomes = [self._settle(errand, page) for errand in errands]
            except LostRaceError:
                await book.abandon()
                raise
            page.decided_under = self._decider.offices.edition
            positions: list[int] | None
            try:
                positions = await book.close(page)
            except LOST:
                try:
                    positions = await self._connection.what_became_of(page)
                except DatabaseAwayError:
                    self._turn_away()
                    doubtful = replies.in_doubt(outcomes)
                    return erasures_kept.in_doubt(errands, doubtful)
            if positions is not None:
                told = replies.placed(outcomes, positions)
                return await erasures_kept.kept(
                    self._ledger, errands, told, page, self._connection.erased
                )
        raise DatabaseAwayError

    async def _read(self, book: Book, errands: Sequence[Errand]) -> Page:
        """Open a page whose numbers are of the year in which it is recorded."""
        while True:
            series = self._decider.series(errands, self._now())
            page = await book.open(errands, series, self._now)
            if self._decider.series(errands, page.recorded_at) == series:
                return page
            await book.abandon()

    def _settle(self, errand: Errand, page: Page) -> Reply | Outcome:
        if given := replies.given(errand, page):
            return given
        try:
            entered = self._decider.settle(errand, page)
        except (RuleBrokenError, DeskError) as refusal:
            return refusal
        return replies.written(entered, page, self._decider.offices)
