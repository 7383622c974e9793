"""The register of requests (buku register permohonan), the newest day first."""

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
from projections.registers.request_line import RequestLine, line

_NEWEST = named_sql.load(__file__)["newest"]

_decode = msgspec.msgpack.Decoder(Folded).decode


class RequestPage(msgspec.Struct, frozen=True):
    """Lines of the register, the newest day first."""

    items: tuple[RequestLine, ...]
    next: str | None
    """Opaque; where the register goes on, while there is more."""


class RequestsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which requests; whatever is None does not matter."""

    channel: Channel | None = None
    decision: Outcome | None = None
    numbered: Numbered = Numbered()


ALL = RequestsWanted()


class _Found(Found, frozen=True):
    case_id: UUID
    folded: bytes


async def requests(
    connection: Connection,
    onlooker: Onlooker,
    excerpt: Excerpt,
    wanted: RequestsWanted = ALL,
) -> RequestPage:
    """A page of the register."""
    of = excerpt.within() | await wanted.numbered.within(connection, excerpt)
    of |= {"channel": wanted.channel, "decision": wanted.decision}
    async with connection.cursor(binary=True, row_factory=class_row(_Found)) as cursor:
        await cursor.execute(_NEWEST, of, prepare=False)
        found, following = cut(await cursor.fetchall(), excerpt.limit)
    folded = {one.case_id: _decode(one.folded) for one in found}
    opened = await told.of_cases(connection, onlooker, folded)
    return RequestPage(
        items=tuple(
            line(
                one,
                each,
                opened[one],
                onlooker.offices.calendar(each.case.agency),
                onlooker.offices.under(each.case.standard).standard.cost,
            )
            for one, each in folded.items()
        ),
        next=following,
    )
