"""One row a visitor, whether his visit made a case or not (buku tamu)."""

from application import named_sql
from projections.guest_row import GUEST_EVENTS, Guest, columns, fold
from projections.row_sheet import RowView

_SQL = named_sql.load(__file__)


class GuestBookView(RowView[Guest]):
    """Serves the guest book and the list of cards that reception holds."""

    name = "guest_book"
    version = 1
    cares_for = frozenset(GUEST_EVENTS)
    create = _SQL["create"]
    index = _SQL["index"]
    rows = (_SQL["rows"],)
    standing = _SQL["standing"]
    write = _SQL["write"]

    def __init__(self) -> None:
        super().__init__(Guest, fold, columns)
