"""One row a visitor, whether his visit made a case or not (buku tamu)."""

from collections.abc import Sequence

import msgspec
from typing_extensions import override

from application import arrays, named_sql
from application.entries import Entry
from application.register import Connection
from projections.guest_row import GUEST_EVENTS, Guest, Row, columns, fold
from projections.row_sheet import RowSheet
from projections.view import View

_SQL = named_sql.load(__file__)
_FOLDED = _SQL["folded"]
_WRITE = _SQL["write"]

_decode = msgspec.msgpack.Decoder(Guest).decode


class GuestBookView(View):
    """Serves the guest book and the list of cards that reception holds."""

    name = "guest_book"
    version = 1
    cares_for = frozenset(GUEST_EVENTS)
    create = _SQL["create"]
    index = _SQL["index"]
    rows = (_SQL["rows"],)

    @override
    async def open(
        self, connection: Connection, entries: Sequence[Entry]
    ) -> RowSheet[Row]:
        known = {
            entry.stream
            for entry in entries
            if isinstance(entry.event, GUEST_EVENTS) and entry.version > 1
        }
        standing = {}
        if known:
            cursor = connection.cursor(binary=True)
            await cursor.execute(
                _FOLDED, {"guests": arrays.uuids(list(known))}, prepare=True
            )
            for one, version, position, entered, folded in await cursor.fetchall():
                standing[one] = Row(one, version, position, entered, _decode(folded))
        return RowSheet(standing, fold, _WRITE, columns)
