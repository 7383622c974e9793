"""Announcing: a new edition of the calendar comes into force, and open cases move.

Entering the edition is one transaction; from its commit on the register takes nothing
that was decided under an older one. The histories opened before are then gone through
a page at a time, each page together with how far it came: broken off anywhere, a second
run goes on there.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

import msgspec
import structlog
from msgspec.structs import replace
from psycopg import AsyncConnection
from psycopg.rows import class_row

from application import named_sql, register
from application.discretion import StoreRefusedError
from application.entries import Metadata, NewEntry
from application.office import editions
from application.office.calendars import HolidayTable
from application.office.offices import Offices
from application.register import History
from application.upcasting import UnknownTagError, UnreadableEventError
from domain.histories import folded, is_over
from domain.recomputing import recompute

_SQL = named_sql.load(__file__)
_BE_THE_ONLY_ONE = _SQL["be_the_only_one"]
_BEGIN = _SQL["begin"]
_HOW_FAR = _SQL["how_far"]
_OPENINGS = _SQL["openings"]
_COUNT_OPENINGS = _SQL["count_openings"]
_MOVE = _SQL["move"]
_FINISH = _SQL["finish"]
_BEGIN_AGAIN = _SQL["begin_again"]

PAGE = 500
"""Histories looked at in one transaction; desks wait while their entries are added."""

log = structlog.get_logger(__name__)

Connection = AsyncConnection[Any]


class AnotherAnnouncerError(Exception):
    """Another process announces a calendar at this moment."""


class SupersededError(Exception):
    """The edition is not in force any more, so open cases have no use for it."""

    def __init__(self, edition: str, in_force: str) -> None:
        super().__init__(f"{in_force!r} is in force, announced after {edition!r}")
        self.edition = edition
        self.in_force = in_force


class HowFar(msgspec.Struct, frozen=True):
    """How far the open cases have been told of an edition."""

    edition: str
    head: int
    """The register's last position when the edition came into force."""
    position: int
    """Of the last opening looked at."""
    streams: int
    """Histories looked at."""
    moved: int
    """Histories with a deadline that is another one now."""
    unreadable: int
    """Histories left as they are because an entry of theirs can't be read."""
    seconds: float
    finished: bool


Told = Callable[[HowFar, int], None]
"""Hears of every page: how far it came, and of how many histories."""


async def be_the_only_one(connection: Connection) -> None:
    """Keep others out while the connection lives; raises AnotherAnnouncerError."""
    cursor = await connection.execute(_BE_THE_ONLY_ONE)
    row = await cursor.fetchone()
    if row is None or not row[0]:
        raise AnotherAnnouncerError


async def enter(connection: Connection, table: HolidayTable, based_on: str) -> None:
    """Put a new edition in force and tell the workers; nothing has moved yet."""
    async with connection.transaction():
        await editions.enter(connection, table, based_on)
        await connection.execute(_BEGIN, {"edition": table.edition})


async def how_far(connection: Connection, edition: str) -> HowFar | None:
    """Tell how far an announcement came; None for an edition never announced."""
    async with connection.cursor(row_factory=class_row(HowFar)) as cursor:
        await cursor.execute(_HOW_FAR, {"edition": edition})
        return await cursor.fetchone()


class Announcer:
    """Goes through the histories on a connection in autocommit, which it has alone."""

    def __init__(
        self,
        connection: Connection,
        offices: Offices,
        now: Callable[[], datetime],
        new_id: Callable[[], UUID],
        *,
        page_size: int = PAGE,
        told: Told = lambda _far, _of: None,
        operator: str | None = None,
        rule: str | None = None,
    ) -> None:
        self._connection = connection
        self._offices = offices
        self._now = now
        self._new_id = new_id
        self._page_size = page_size
        self._told = told
        self._operator = operator
        """Who announces, as the operating system knows him, and by which row."""
        self._rule = rule

    async def run(self, edition: str) -> HowFar:
        """Move what is open and was not looked at yet; answers the whole announcement.

        Where a history could not be read, the next run looks at all of them again.
        Raises SupersededError where another edition is in force before it finished.
        """
        far = await how_far(self._connection, edition)
        assert far is not None, "an edition is entered before it is told"
        is_in_force = edition == self._offices.edition
        if far.finished and not (far.unreadable and is_in_force):
            return far
        if far.finished:
            await self._connection.execute(_BEGIN_AGAIN, {"edition": edition})
            far = replace(far, position=0, streams=0, unreadable=0, finished=False)
        if not is_in_force:
            raise SupersededError(edition, self._offices.edition)
        of = await self._count(far)
        size = self._page_size
        while True:
            self._told(far, of)
            since = monotonic()
            openings = await self._openings(far, size)
            if not openings:
                break
            moved_on = await self._page(far, openings, since)
            if moved_on is None:  # somebody else wrote in one of them meanwhile
                size = max(1, size // 2)
            else:
                far = moved_on
                size = min(self._page_size, size * 2)
        await self._connection.execute(_FINISH, {"edition": edition})
        return replace(far, finished=True)

    async def _page(
        self, far: HowFar, openings: Sequence[tuple[int, UUID]], since: float
    ) -> HowFar | None:
        """Append what moved, with how far it came; None when the race was lost."""
        cursor = self._connection.cursor(binary=True)
        streams = [stream for _, stream in openings]
        histories = await register.histories(cursor, streams)
        recorded_at = self._now()  # after reading: never before an entry that was read
        entries: list[NewEntry] = []
        unreadable = 0
        for stream in streams:
            try:
                entry = self._recomputed(stream, histories[stream], recorded_at)
            except (UnknownTagError, UnreadableEventError):
                log.exception("history_unreadable", stream=str(stream))
                unreadable += 1
                continue
            if entry is not None:
                entries.append(entry)
        after = replace(
            far,
            position=openings[-1][0],
            streams=far.streams + len(streams),
            moved=far.moved + len(entries),
            unreadable=far.unreadable + unreadable,
            seconds=far.seconds + monotonic() - since,
        )
        try:
            async with self._connection.transaction():
                await self._connection.execute(_MOVE, msgspec.structs.asdict(after))
                if entries:
                    await register.append(cursor, entries, far.edition)
        except StoreRefusedError as refusal:
            if refusal.constraint == register.VERSION_TAKEN:
                return None
            raise
        return after

    def _recomputed(
        self, stream: UUID, history: History, recorded_at: datetime
    ) -> NewEntry | None:
        """What the edition in force makes of one history; None where nothing moves."""
        matter = folded((step.event(), step.by()) for step in history)
        assert matter is not None, "a visit is not among the openings"
        if is_over(matter):  # its dates were read for the last time
            return None
        agency = matter.agency
        event = recompute(
            matter.clocks,
            recorded_at,
            lambda edition: self._offices.calendar_in(agency, edition),
            self._offices.calendar(agency),
        )
        if event is None:
            return None
        return NewEntry(
            stream=stream,
            version=history[-1].version + 1,
            event=event,
            event_id=self._new_id(),
            # It bars nothing that happened before and is entered late: paper first.
            occurred_at=matter.last_at,
            recorded_at=recorded_at,
            metadata=Metadata(agency=agency, operator=self._operator, rule=self._rule),
        )

    async def _openings(self, far: HowFar, size: int) -> list[tuple[int, UUID]]:
        where = {"position": far.position, "head": far.head, "limit": size}
        cursor = self._connection.cursor(binary=True)
        await cursor.execute(_OPENINGS, where, prepare=True)
        return await cursor.fetchall()

    async def _count(self, far: HowFar) -> int:
        cursor = await self._connection.execute(_COUNT_OPENINGS, {"head": far.head})
        row = await cursor.fetchone()
        assert row is not None
        of: int = row[0]
        return of
