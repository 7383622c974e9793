"""What a view is: tables that are folded from the register and can be made anew.

The projector hands a view pages of entries. A page is folded in memory on a sheet and
written at once, in the transaction that also moves the view's mark. A view's tables
stand in a schema of their own, which the connection's search path names.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import LiteralString, get_args

from application.entries import Entry
from application.register import Connection
from domain.events import AnyEvent

CHANNEL = "view_moved"
"""Where PostgreSQL notifies `<schema> <position>` of every page written.

The schema and not the view: two releases may each have their copy, and each its mark.
"""


class Sheet(ABC):
    """A page's working copy of what it touches in a view."""

    @abstractmethod
    def enter(self, entry: Entry) -> None:
        """Fold one entry in; what it raises parks the entry, and leaves no trace."""

    @abstractmethod
    async def write(self, connection: Connection) -> None:
        """Write what was folded, all at once."""


class View(ABC):
    """One view; it reads no other view and calls nothing outside.

    Pages come in the register's order, or history by history while a copy is filled
    from the beginning: a fold rests on the order within a history alone.
    """

    name: str
    """A word, as in the notices that it moved."""
    version: int
    """Raised whenever its tables change, or an old entry would be folded otherwise."""
    cares_for: frozenset[type[AnyEvent]] = frozenset(get_args(AnyEvent))
    """Events that change it; it is handed no others."""
    create: LiteralString
    """Makes its tables, with the keys that `open` looks up by."""
    index: LiteralString
    """Makes the other indexes; after the tables were filled, which is faster."""
    rows: tuple[LiteralString, ...]
    """For each table the query of all rows, by which copies are compared.

    Ordered first by the first column: an id, or a position.
    """

    @abstractmethod
    async def open(self, connection: Connection, entries: Sequence[Entry]) -> Sheet:
        """Read what these entries are about, for the page to be folded upon."""
