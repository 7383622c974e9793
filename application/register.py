"""The register: the one append-only book in which every fact of every case stands.

Positions rise in the order of recording and may have holes; versions count within a
stream from 1. Functions take an open connection or cursor, so that their caller
owns the transaction; `send_` and `ask_` only send and fit a pipeline, their answer
is fetched by the function beside them.
"""

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString, TypeAlias
from uuid import UUID

import msgspec
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import RowMaker

from application import arrays, named_sql, upcasting
from application.discretion import discreet
from application.entries import Entry, Line, NewEntry, Step

statements = named_sql.load(__file__)
APPEND = statements["append"]
HISTORIES = statements["histories"]
LINES_OF = statements["lines_of"]
LINES_OF_ALL = statements["lines_of_all"]
PAGE_AFTER = statements["page_after"]
HISTORIES_AFTER = statements["histories_after"]
LINES_UPTO = statements["lines_upto"]
FIND_EVENTS = statements["find_events"]
HEAD = statements["head"]

CHANNEL = "register"
"""Every commit that added lines notifies here, with its last position."""

VERSION_TAKEN = "register_version"
"""The constraint that refuses an append: that version of a stream stands already."""
EVENT_STANDS = "register_event"
"""Another one: the event is recorded; `find_events` tells where."""
CALENDAR_MOVED = "calendar_edition"
"""The last one: the entries rest on an edition that is no longer in force."""

Connection: TypeAlias = AsyncConnection[Any]
Cursor: TypeAlias = AsyncCursor[Any]
History: TypeAlias = list[Step]

_encode = msgspec.json.Encoder().encode
_TAGS = {event: tag for tag, event in upcasting.CURRENT_TAGS.items()}


async def send_append(
    cursor: Cursor, entries: Sequence[NewEntry], decided_under: str | None = None
) -> None:
    """Send entries to the register's one append; `positions` fetches the answer.

    `decided_under` is the calendar's edition that they rest on: CALENDAR_MOVED refuses
    them when another one is in force by now; None is not checked.
    Where the pipeline is synced the append may be refused: wrap that in `discreet`.
    """
    await cursor.execute(
        APPEND,
        {
            "streams": arrays.uuids([entry.stream for entry in entries]),
            "versions": arrays.bigints([entry.version for entry in entries]),
            "tags": arrays.texts([_TAGS[type(entry.event)] for entry in entries]),
            "states": arrays.byteas([_encode(entry.event) for entry in entries]),
            "event_ids": arrays.uuids([entry.event_id for entry in entries]),
            "occurred_at": arrays.instants([entry.occurred_at for entry in entries]),
            "recorded_at": arrays.instants([entry.recorded_at for entry in entries]),
            "metadata": arrays.utf8s([_encode(entry.metadata) for entry in entries]),
            "decided_under": decided_under,
        },
        prepare=True,
        binary=True,
    )


async def positions(cursor: Cursor) -> list[int]:
    """Fetch the positions of the entries just sent, in their order."""
    row = await cursor.fetchone()
    assert row is not None
    taken: list[int] = row[0]
    return taken


async def append(
    cursor: Cursor, entries: Sequence[NewEntry], decided_under: str | None = None
) -> list[int]:
    """Record entries within the caller's transaction; answers their positions.

    From here to the commit no one else records: keep what follows short.
    Raises StoreRefusedError; nothing is recorded then.
    """
    with discreet():
        await send_append(cursor, entries, decided_under)
        return await positions(cursor)


async def ask_histories(cursor: Cursor, streams: Sequence[UUID]) -> None:
    """Ask for the histories of streams; `histories_asked` fetches them."""
    packed = arrays.uuids(streams)
    await cursor.execute(HISTORIES, {"streams": packed}, prepare=True, binary=True)


async def histories_asked(cursor: Cursor) -> dict[UUID, History]:
    """Fetch the histories just asked for; a stream without lines is left out."""
    histories: dict[UUID, History] = {}
    for stream, *told in await cursor.fetchall():
        step = Step(*told)
        history = histories.get(stream)
        if history is None:
            histories[stream] = [step]
        else:
            history.append(step)
    return histories


async def histories(cursor: Cursor, streams: Sequence[UUID]) -> dict[UUID, History]:
    """Read the histories of streams in one query, each in the order of versions."""
    await ask_histories(cursor, streams)
    return await histories_asked(cursor)


async def lines_of(
    connection: Connection, stream: UUID, *, after: int = 0, limit: int | None = None
) -> list[Line]:
    """Read one stream's lines as stored, from the version behind `after` on."""
    of = {"stream": stream, "after": after, "limit": limit}
    return await _lines(connection, LINES_OF, of)


async def entries_of(
    connection: Connection, stream: UUID, *, after: int = 0, limit: int | None = None
) -> list[Entry]:
    """Read one stream's entries, from the version behind `after` on."""
    lines = await lines_of(connection, stream, after=after, limit=limit)
    return [line.entry() for line in lines]


async def entries_of_all(
    connection: Connection, streams: Sequence[UUID]
) -> dict[UUID, list[Entry]]:
    """Read the entries of streams in one query, in the order of the streams."""
    found: dict[UUID, list[Entry]] = {stream: [] for stream in streams}
    where = {"streams": arrays.uuids(streams)}
    for line in await _lines(connection, LINES_OF_ALL, where) if streams else []:
        found[line.stream].append(line.entry())
    return found


async def page_after(connection: Connection, position: int, limit: int) -> list[Line]:
    """Read the lines of all streams behind a position, as whoever follows does."""
    where = {"position": position, "limit": limit}
    return await _lines(connection, PAGE_AFTER, where)


async def histories_after(
    connection: Connection, after: tuple[UUID, int], *, upto: int, limit: int
) -> list[Line]:
    """Read lines history by history, behind a stream's version, up to a position."""
    stream, version = after
    where = {"stream": stream, "version": version, "upto": upto, "limit": limit}
    return await _lines(connection, HISTORIES_AFTER, where)


async def lines_upto(connection: Connection, position: int) -> int:
    """Count the lines up to a position."""
    cursor = await connection.execute(LINES_UPTO, {"position": position})
    row = await cursor.fetchone()
    assert row is not None
    lines: int = row[0]
    return lines


async def find_events(connection: Connection, ids: Sequence[UUID]) -> list[Line]:
    """Find the lines of these events: what became of a commit in doubt."""
    return await _lines(connection, FIND_EVENTS, {"event_ids": arrays.uuids(ids)})


async def head(connection: Connection) -> int:
    """Tell the last position recorded, 0 while there is none."""
    cursor = await connection.execute(HEAD, prepare=True)
    row = await cursor.fetchone()
    assert row is not None
    last: int = row[0]
    return last


async def _lines(
    connection: Connection, statement: LiteralString, where: Mapping[str, object]
) -> list[Line]:
    async with connection.cursor(binary=True, row_factory=_line_row) as cursor:
        await cursor.execute(statement, where, prepare=True)
        return await cursor.fetchall()


def _line_row(_: AsyncCursor[Any]) -> RowMaker[Line]:
    return _line


def _line(values: Sequence[Any]) -> Line:
    return Line(*values)
