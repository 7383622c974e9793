"""The desk's transaction: it reads what a batch needs, and writes what came of it.

Two round trips: one reads histories, replies and counters, one appends and commits.
The order of locks is counters (by agency and year), then the register's.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor
from psycopg.pq import TransactionStatus

from application import (
    all_matters,
    arrays,
    erasing,
    key_generations,
    named_sql,
    papers,
    register,
    restricting,
)
from application.all_matters import MATTERS_MOVED
from application.desk_errors import MattersMovedError
from application.discretion import StoreRefusedError, discreet
from application.errands import Errand, Idempotency
from application.matters_read import MattersRead
from application.page import KeptReply, NumberSeries, Page, Reply
from application.people import PERSON_ERASED, People
from domain.errors import PersonErasedError

_SQL = named_sql.load(__file__)
_DRAW_COUNTERS = _SQL["draw_counters"]
_MOVE_COUNTERS = _SQL["move_counters"]
_REPORTS_TAKEN = _SQL["reports_taken"]
_TAKE_REPORTS = _SQL["take_reports"]
_REGISTER_NUMBERS = _SQL["register_numbers"]
_REPLIES_GIVEN = _SQL["replies_given"]
_FORGET_REPLIES = _SQL["forget_replies"]
_KEEP_REPLIES = _SQL["keep_replies"]

REPLIES_ARE_KEPT = timedelta(days=7)

_RACES = frozenset(
    {
        register.VERSION_TAKEN,
        "replies_scope",
        "lapor_reports_pkey",
        "registrations_pkey",
        PERSON_ERASED,
    }
)
"""Constraints that only another process's commit in between can violate."""


class LostRaceError(Exception):
    """Something came in between that was not read; carry the errands out again."""


class LostForGoodError(LostRaceError):
    """A lost race that is lost however often the errand, as it is, is tried."""

    def __init__(self, refusal: Exception) -> None:
        super().__init__()
        self.refusal = refusal
        """What is answered."""


class CalendarMovedError(LostRaceError):
    """A new edition of the calendar is in force: read it before you try again."""


class Book:
    """One connection's transactions, a batch at a time."""

    def __init__(
        self,
        connection: AsyncConnection[Any],
        people: People,
        new_id: Callable[[], UUID],
    ) -> None:
        self._connection = connection
        self._people = people
        self._new_id = new_id

    async def open(
        self,
        errands: Sequence[Errand],
        series: Sequence[NumberSeries],
        now: Callable[[], datetime],
    ) -> Page:
        """Read what the errands need, in a transaction where numbers are drawn.

        The moment of recording is taken after reading, so that within a case it never
        lies before that of an entry that was read. A drawn number's lock is kept until
        the number is written. Nothing else needs one: what another process wrote since
        is found out by a constraint.
        """
        keys = [one.idempotency for one in errands if one.idempotency is not None]
        reports = [one.tracking_id for one in errands if one.tracking_id is not None]
        matters = MattersRead(self._people, errands)
        cursor = self._cursor
        drawn, taken, given = cursor(), cursor(), cursor()
        several = bool(series or keys or reports or matters.several)
        async with self._together(several=several):
            if series:
                await self._connection.execute("begin")
            await matters.send(cursor)
            if keys:
                since = now() - REPLIES_ARE_KEPT
                await cursor().execute(_FORGET_REPLIES, {"before": since}, prepare=True)
                await given.execute(
                    _REPLIES_GIVEN, _scopes(keys) | {"since": since}, prepare=True
                )
            if reports:
                await taken.execute(
                    _REPORTS_TAKEN,
                    {"tracking_ids": arrays.texts(reports)},
                    prepare=True,
                )
            if series:
                await drawn.execute(
                    _DRAW_COUNTERS,
                    {
                        "agencies": arrays.texts([agency for agency, _ in series]),
                        "years": arrays.bigints([year for _, year in series]),
                    },
                    prepare=True,
                )
        recorded_at = now()
        histories, names = await matters.told()
        return Page(
            recorded_at,
            self._new_id,
            histories=histories,
            lasts={(row[0], row[1]): row[2] for row in await drawn.fetchall()}
            if series
            else {},
            reports=dict(await taken.fetchall()) if reports else {},
            replies={row[:4]: KeptReply(*row[4:]) for row in await given.fetchall()}
            if keys
            else {},
            names=names,
        )

    async def close(self, page: Page) -> list[int]:
        """Write the page and commit; answers the positions of its entries.

        An append that is all there is to write is a transaction by itself. Raises
        LostRaceError; nothing is recorded then.
        """
        if not page.entries:
            await self.abandon()
            return []
        appended = self._cursor()
        begun = self._in_transaction
        several = begun or page.has_side_books
        try:
            with discreet():
                async with self._together(several=several):
                    if several and not begun:
                        await self._connection.execute("begin")
                    await self._send_side_books(page)
                    await register.send_append(
                        appended, page.entries, page.decided_under
                    )
                    if several:
                        await self._connection.execute("commit")
        except StoreRefusedError as refusal:
            await self.abandon()
            if refusal.constraint == register.CALENDAR_MOVED:
                raise CalendarMovedError from None
            if refusal.constraint == key_generations.OLDER_KEY:
                await key_generations.follow(self._connection, self._people.kek)
                raise LostRaceError from None
            if refusal.constraint == MATTERS_MOVED:
                raise LostForGoodError(MattersMovedError()) from None
            if refusal.constraint == PERSON_ERASED and page.must_live:
                raise LostForGoodError(PersonErasedError()) from None
            if refusal.constraint in _RACES:
                raise LostRaceError from None
            raise
        return await register.positions(appended)

    async def abandon(self) -> None:
        """End a transaction, if there is one, that has nothing to record."""
        if self._in_transaction:
            await self._connection.execute("rollback")

    @property
    def _in_transaction(self) -> bool:
        return self._connection.info.transaction_status is not TransactionStatus.IDLE

    def _together(self, *, several: bool) -> AbstractAsyncContextManager[object]:
        """One round trip for several statements; a single one is one by itself."""
        return self._connection.pipeline() if several else nullcontext()

    async def _send_side_books(self, page: Page) -> None:
        """Everything but the register, whose lock should be held for a short time."""
        cursor = self._cursor()
        sealed = [more for entered in page.entered for more in entered.errand.sealed]
        if sealed:
            await self._people.write(cursor, sealed)
        if living := page.must_live:
            await self._people.must_live(cursor, living)
        if named := page.papers:
            await papers.file(cursor, named)
        if seen := page.of_all:
            await all_matters.must_be_all(cursor, seen)
        if erasures := page.erasures:
            await erasing.erase(
                cursor,
                [one.person for one in erasures],
                [each for one in erasures for each in one.documents],
                page.recorded_at,
            )
        if restrictions := page.restrictions:
            await restricting.restrict(cursor, restrictions)
        if page.moved:
            moved = sorted(page.moved)
            await cursor.execute(
                _MOVE_COUNTERS,
                {
                    "agencies": arrays.texts([agency for agency, _ in moved]),
                    "years": arrays.bigints([year for _, year in moved]),
                    "lasts": arrays.bigints([page.lasts[counter] for counter in moved]),
                },
                prepare=True,
            )
            await cursor.execute(
                _REGISTER_NUMBERS,
                {
                    "numbers": arrays.texts(list(page.numbers)),
                    "cases": arrays.uuids(list(page.numbers.values())),
                },
                prepare=True,
            )
        if page.new_reports:
            await cursor.execute(
                _TAKE_REPORTS,
                {
                    "tracking_ids": arrays.texts(list(page.new_reports)),
                    "cases": arrays.uuids(list(page.new_reports.values())),
                },
                prepare=True,
            )
        if page.keyed:
            replies = list(page.keyed.values())
            await cursor.execute(
                _KEEP_REPLIES, _kept(replies, page.recorded_at), prepare=True
            )

    def _cursor(self) -> AsyncCursor[Any]:
        return self._connection.cursor(binary=True)


def _scopes(keys: Sequence[Idempotency]) -> dict[str, object]:
    return {
        "officials": arrays.texts([key.official for key in keys]),
        "methods": arrays.texts([key.method for key in keys]),
        "paths": arrays.texts([key.path for key in keys]),
        "keys": arrays.texts([key.key for key in keys]),
    }


def _kept(replies: Sequence[Reply], given_at: datetime) -> dict[str, object]:
    every = [reply.entered for reply in replies]
    keys = [entered.errand.idempotency for entered in every]
    used = [key for key in keys if key is not None]
    return _scopes(used) | {
        "bodies": arrays.byteas([key.body_sha256 for key in used]),
        "answers": arrays.byteas([reply.body for reply in replies]),
        "subjects": arrays.uuids([entered.errand.subject for entered in every]),
        "versions": arrays.bigints([entered.version for entered in every]),
        "event_ids": arrays.uuids([entered.event_id for entered in every]),
        "given_at": given_at,
    }
