"""The audit trail as it is searched: newest first, filtered, for whom it is alone."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, LiteralString
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.office import Office
from domain.values import AgencyCode, OfficialId, Role
from projections.affairs import Affairs
from projections.audit_trail import STRETCH
from projections.cursor import Cursor
from projections.trail_items import Found, TrailItem, items

_SQL = named_sql.load(__file__)
_NEWEST = _SQL["newest"]
_WITHIN = _SQL["within"]
_ABOUT = _SQL["about"]
_BESIDE = _SQL["beside"]

_BEGINNING: Final = 2**63 - 1
"""Behind every position."""


class TrailPage(msgspec.Struct, frozen=True):
    """Entries of the trail, newest first."""

    items: tuple[TrailItem, ...]
    next: str | None
    """Opaque; where the trail goes on, while there is more."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to look for; whatever is None does not matter."""

    agencies: Sequence[AgencyCode]
    """Those whose trail the reader may read; nothing of another is ever shown."""
    affairs: Affairs
    """What he may read of complaints there."""
    official: OfficialId | None = None
    """Who acted."""
    role: Role | None = None
    tag: str | None = None
    case: UUID | None = None
    """A case, with the complaints and objections about it."""
    subject: UUID | None = None
    """One history alone."""
    late: bool | None = None
    """Whether it was entered on a later day, with a reason."""
    occurred_from: Sequence[datetime] | None = None
    """One of each of `agencies`, in their order: days begin in zones of their own."""
    occurred_to: Sequence[datetime] | None = None
    """Exclusive, as the other one."""
    recorded_from: Sequence[datetime] | None = None
    recorded_to: Sequence[datetime] | None = None
    after: Cursor | None = None
    from_position: int = 0
    """The oldest that is wanted."""

    @property
    def is_by_time(self) -> bool:
        """Whether it asks for a time, of either kind."""
        times = (
            self.occurred_from,
            self.occurred_to,
            self.recorded_from,
            self.recorded_to,
        )
        return any(at is not None for at in times)


async def trail(
    connection: Connection,
    wanted: Wanted,
    limit: int,
    office: Callable[[AgencyCode], Office],
) -> TrailPage:
    """One page of the trail; what the entries say is read from the register."""
    found = await _find(connection, wanted, limit=limit + 1)
    shown = found[:limit]
    more = len(found) > len(shown)
    return TrailPage(
        items=await items(connection, shown, office),
        next=Cursor(shown[-1].position).written() if more else None,
    )


async def position_behind(
    connection: Connection, wanted: Wanted, most: int
) -> int | None:
    """Where the trail goes on after so many entries; None where it does not."""
    found = await _find(connection, wanted, limit=1, skip=most)
    return found[0].position if found else None


async def _find(
    connection: Connection, wanted: Wanted, *, limit: int, skip: int = 0
) -> list[Found]:
    streams = await _streams(connection, wanted)
    statement: LiteralString = _ABOUT
    if streams is None:
        statement = _WITHIN if wanted.is_by_time else _NEWEST
    of = msgspec.structs.asdict(wanted) | wanted.affairs.asked()
    of |= {
        "agencies": list(wanted.agencies),
        "before": _BEGINNING if wanted.after is None else wanted.after.position,
        "streams": streams,
        "stretch": STRETCH,
        "limit": limit,
        "skip": skip,
        "most": limit + skip,
    }
    async with connection.cursor(binary=True, row_factory=class_row(Found)) as cursor:
        # Planned each time for the filters that are there, as the list of cases is.
        await cursor.execute(statement, of, prepare=False)
        return await cursor.fetchall()


async def _streams(connection: Connection, wanted: Wanted) -> list[UUID] | None:
    """The histories that alone can hold what is wanted; None where any may."""
    streams: set[UUID] | None = None
    if wanted.case is not None:
        cursor = await connection.execute(_BESIDE, {"case": wanted.case})
        streams = {wanted.case, *(stream for (stream,) in await cursor.fetchall())}
    if wanted.subject is not None:
        streams = {wanted.subject} & (streams or {wanted.subject})
    return None if streams is None else list(streams)
