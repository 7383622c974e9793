"""One row for each request of a data subject, as lists ask for it."""

from application import named_sql
from domain import events
from projections.data_request_row import Folded, columns, fold
from projections.row_sheet import RowView

_SQL = named_sql.load(__file__)


class DataRequestsView(RowView[Folded]):
    """Serves the list of data subjects' requests."""

    name = "data_requests"
    version = 1
    cares_for = frozenset(events.DATA_REQUEST_EVENTS)
    create = _SQL["create"]
    index = _SQL["index"]
    rows = (_SQL["rows"],)
    standing = _SQL["standing"]
    write = _SQL["write"]

    def __init__(self) -> None:
        super().__init__(Folded, fold, columns)
