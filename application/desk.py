"""The desk: carries out all waiting commands together, in one transaction.

While one batch is at the database the next gathers. Within a batch commands are
decided in the order of arrival, each on what the earlier ones entered; a refused one
gets its refusal and the others go on. Nothing is answered before the commit.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import psycopg

from application.answers import answer
from application.book import Book, LostRaceError
from application.decider import Decider
from application.desk_connection import DatabaseAwayError, DeskConnection
from application.desk_errors import DeskError, KeyReusedError, OverloadedError
from application.errands import Errand
from application.page import Entered, Page, replay
from application.recorded import Recorded
from domain.errors import RuleBrokenError

LARGEST_BATCH = 256
LONGEST_QUEUE = 4096
"""Commands that may wait; more are turned away at once with `overloaded`."""
MOST_RACES = 20
"""How often one command may lose against other processes before it is turned away."""

Outcome: TypeAlias = Recorded | RuleBrokenError | DeskError
_Waiting: TypeAlias = tuple[Errand, "asyncio.Future[Recorded]"]


def _tell(future: "asyncio.Future[Recorded]", outcome: Outcome | BaseException) -> None:
    if future.done():  # the client has gone; what was recorded stays
        return
    if isinstance(outcome, Recorded):
        future.set_result(outcome)
    else:
        future.set_exception(outcome)


class Desk:
    """One writer of a process; handlers hand it errands and await their answers."""

    def __init__(
        self,
        connection: DeskConnection,
        decider: Decider,
        now: Callable[[], datetime],
    ) -> None:
        self._connection = connection
        self._decider = decider
        self._now = now
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._working = False
        self._task: asyncio.Task[list[Outcome]] | None = None

    @property
    def works(self) -> bool:
        """Whether `run` is at work and takes errands."""
        return self._working and not self._closing

    async def handle(self, errand: Errand) -> Recorded:
        """Carry the errand out with whatever else waits.

        Raises the rule that it broke, a `DeskError`, or `OverloadedError`.
        """
        if self._closing or len(self._waiting) >= LONGEST_QUEUE:
            raise OverloadedError
        future: asyncio.Future[Recorded] = asyncio.get_running_loop().create_future()
        self._waiting.append((errand, future))
        self._wake.set()
        return await future

    async def run(self) -> None:
        """Work until `close`; then finish what waits."""
        self._working = True
        while True:
            if not self._waiting:
                if self._closing:
                    return
                self._wake.clear()
                await self._wake.wait()
                continue
            await self._let_others_step_up()
            size = min(len(self._waiting), LARGEST_BATCH)
            batch = [self._waiting.popleft() for _ in range(size)]
            await self._serve(batch)

    async def _let_others_step_up(self) -> None:
        """Wait for those who are at the door already; nobody waits for nobody."""
        before = 0
        while before < len(self._waiting) < LARGEST_BATCH:
            before = len(self._waiting)
            await asyncio.sleep(0)

    def close(self) -> None:
        """Take no more errands."""
        self._closing = True
        self._wake.set()

    async def _serve(self, batch: Sequence[_Waiting]) -> None:
        """Answer a batch; a bug in one errand is that errand's answer alone."""
        errands = [errand for errand, _ in batch]
        self._task = task = asyncio.create_task(self._carry_out(errands))
        await asyncio.wait({task})
        bug = task.exception()
        if bug is None:
            for (_, future), outcome in zip(batch, task.result(), strict=True):
                _tell(future, outcome)
            return
        await self._connection.lost()
        if len(batch) == 1:
            _tell(batch[0][1], bug)
            return
        for one in batch:
            await self._serve([one])

    async def _carry_out(self, errands: Sequence[Errand]) -> list[Outcome]:
        try:
            return await self._attempt(errands)
        except LostRaceError:
            # Another process wrote in between: one at a time, only the loser loses.
            return [await self._alone(errand) for errand in errands]
        except DatabaseAwayError:
            return [OverloadedError() for _ in errands]

    async def _alone(self, errand: Errand) -> Outcome:
        for _ in range(MOST_RACES):
            try:
                return (await self._attempt([errand]))[0]
            except LostRaceError:
                continue
            except DatabaseAwayError:
                break
        return OverloadedError()

    async def _attempt(self, errands: Sequence[Errand]) -> list[Outcome]:
        """Carry the batch out once, or once more after the connection was lost."""
        recorded_at = self._now()
        for _ in range(2):
            book = await self._connection.book()
            page: Page | None = None
            try:
                page = await self._read(book, errands, recorded_at)
                outcomes = self._decide(errands, page)
                if page.entries:
                    replies = self._replies(page)
                    positions = await book.close(page, replies)
                else:
                    await book.abandon()
                    positions = []
            except (psycopg.OperationalError, psycopg.InterfaceError):
                if page is None or not page.entries:
                    await self._connection.lost()
                    continue
                found = await self._connection.what_became_of(page)
                if found is None:
                    continue
                positions = found
            return self._answers(outcomes, positions, page)
        raise DatabaseAwayError

    async def _read(
        self, book: Book, errands: Sequence[Errand], recorded_at: datetime
    ) -> Page:
        counters = {self._decider.counter(errand, recorded_at) for errand in errands}
        wanted = sorted(counter for counter in counters if counter is not None)
        return await book.open(errands, wanted, recorded_at)

    def _decide(self, errands: Sequence[Errand], page: Page) -> list[Entered | Outcome]:
        return [self._settle(errand, page) for errand in errands]

    def _settle(self, errand: Errand, page: Page) -> Entered | Outcome:
        key = errand.idempotency
        if key is not None:
            if kept := page.replies.get(key.scope):
                same = kept.body_sha256 == key.body_sha256
                return replay(kept) if same else KeyReusedError()
            if first := page.keyed.get(key.scope):
                own = first.errand.idempotency
                same = own is not None and own.body_sha256 == key.body_sha256
                return first if same else KeyReusedError()
        try:
            return self._decider.settle(errand, page)
        except (RuleBrokenError, DeskError) as refusal:
            return refusal

    def _replies(self, page: Page) -> list[tuple[Entered, bytes]]:
        return [
            (entered, self._body(entered, 0, page)) for entered in page.keyed.values()
        ]

    def _body(self, entered: Entered, position: int, page: Page) -> bytes:
        agency = page.entries[entered.last].metadata.agency
        assert agency is not None
        offices = self._decider.offices
        office = (
            offices.on(agency, page.recorded_at)
            if entered.standing is None
            else offices.under(entered.standing.case.standard)
        )
        return answer(entered, position, page.recorded_at, office)

    def _answers(
        self,
        outcomes: Sequence[Entered | Outcome],
        positions: Sequence[int],
        page: Page,
    ) -> list[Outcome]:
        answered: set[UUID] = set()
        answers: list[Outcome] = []
        for outcome in outcomes:
            if not isinstance(outcome, Entered):
                answers.append(outcome)
                continue
            answers.append(
                Recorded(
                    body=self._body(outcome, positions[outcome.last], page),
                    version=outcome.version,
                    subject=outcome.errand.subject,
                    replayed=outcome.event_id in answered,
                )
            )
            answered.add(outcome.event_id)
        return answers
