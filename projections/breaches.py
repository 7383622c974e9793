"""One row a data breach (pelanggaran data pribadi), as the list asks for it."""

from application import named_sql
from domain import events
from projections.breach_row import Folded, columns, fold
from projections.row_sheet import RowView

_SQL = named_sql.load(__file__)


class BreachesView(RowView[Folded]):
    """Serves the list of breaches."""

    name = "breaches"
    version = 1
    cares_for = frozenset(events.BREACH_EVENTS)
    create = _SQL["create"]
    index = _SQL["index"]
    rows = (_SQL["rows"],)
    standing = _SQL["standing"]
    write = _SQL["write"]

    def __init__(self) -> None:
        super().__init__(Folded, fold, columns)
