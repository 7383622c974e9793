"""Cases by the day of their receipt, page by page: for every book that goes by it."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import msgspec
from psycopg.rows import class_row

from application import named_sql
from application.register import Connection
from domain.values import Channel, Outcome
from projections.case_row import Folded
from projections.registers import told
from projections.registers.excerpt import Excerpt, Found, cut
from projections.registers.numbered import Numbered
from projections.registers.onlooker import Onlooker
from projections.registers.told import Told

_NEWEST = named_sql.load(__file__)["newest"]

_decode = msgspec.msgpack.Decoder(Folded).decode


class RequestsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which requests; whatever is None does not matter."""

    channel: Channel | None = None
    decision: Outcome | None = None
    numbered: Numbered = Numbered()


class ReceivedCases(NamedTuple):
    """A page of them, the newest day first, with what the onlooker may know of each."""

    folded: Mapping[UUID, Folded]
    opened: Mapping[UUID, Told]
    next: str | None
    """Opaque; where the book goes on, while there is more."""


class _Found(Found, frozen=True):
    case_id: UUID
    folded: bytes


async def received_cases(
    connection: Connection,
    onlooker: Onlooker,
    excerpt: Excerpt,
    wanted: RequestsWanted,
    parts: frozenset[str],
) -> ReceivedCases:
    """One page; `parts` are what the book shows of who asked and what."""
    of = excerpt.within() | await wanted.numbered.within(connection, excerpt)
    of |= {"channel": wanted.channel, "decision": wanted.decision}
    async with connection.cursor(binary=True, row_factory=class_row(_Found)) as cursor:
        await cursor.execute(_NEWEST, of, prepare=False)
        found, following = cut(await cursor.fetchall(), excerpt.limit)
    folded = {one.case_id: _decode(one.folded) for one in found}
    return ReceivedCases(
        folded, await told.of_cases(connection, onlooker, folded, parts), following
    )
