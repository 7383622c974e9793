"""One row a complaint (pengaduan), as lists, its register and reports ask for it."""

from collections.abc import Sequence

import msgspec
from typing_extensions import override

from application import arrays, named_sql
from application.entries import Entry
from application.register import Connection
from domain import events
from projections.complaint_row import Folded, Row, columns, fold
from projections.row_sheet import RowSheet
from projections.view import View

_SQL = named_sql.load(__file__)
_FOLDED = _SQL["folded"]
_WRITE = _SQL["write"]

_decode = msgspec.msgpack.Decoder(Folded).decode


class ComplaintsView(View):
    """Serves the list of complaints and the complaint register."""

    name = "complaints"
    version = 1
    cares_for = frozenset(events.COMPLAINT_EVENTS)
    create = _SQL["create"]
    index = _SQL["index"]
    rows = (_SQL["rows"],)

    @override
    async def open(
        self, connection: Connection, entries: Sequence[Entry]
    ) -> RowSheet[Row]:
        known = {entry.stream for entry in entries if entry.version > 1}
        standing = {}
        if known:
            cursor = connection.cursor(binary=True)
            await cursor.execute(
                _FOLDED, {"complaints": arrays.uuids(list(known))}, prepare=True
            )
            for one, version, position, opened, folded in await cursor.fetchall():
                standing[one] = Row(one, version, position, opened, _decode(folded))
        return RowSheet(standing, fold, _WRITE, columns)
