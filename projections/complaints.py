"""One row a complaint (pengaduan), as lists, its register and reports ask for it."""

from application import named_sql
from domain import events
from projections.complaint_row import Folded, columns, fold
from projections.row_sheet import RowView

_SQL = named_sql.load(__file__)


class ComplaintsView(RowView[Folded]):
    """Serves the list of complaints and the complaint register."""

    name = "complaints"
    version = 2
    cares_for = frozenset(events.COMPLAINT_EVENTS)
    create = _SQL["create"]
    index = _SQL["index"]
    rows = (_SQL["rows"],)
    standing = _SQL["standing"]
    write = _SQL["write"]

    def __init__(self) -> None:
        super().__init__(Folded, fold, columns)
