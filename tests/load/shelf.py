"""The cases that wait for their disposition, read from the book itself."""

import psycopg
from psycopg import sql

_NEW = sql.SQL(
    "select originator_id::text, notification_id from {book}"
    " where originator_version = 1 and notification_id > %(seen)s"
)
_DONE = sql.SQL(
    "select originator_id::text from {book}"
    " where originator_version = 2 and originator_id = any(%(ids)s::uuid[])"
)


class Shelf:
    """One table of events in which a case's first is its receipt."""

    def __init__(self, url: str, table: str, *, fastest: float) -> None:
        self._url = url
        self._book = sql.Identifier(table)
        self._seen = 0
        self.waiting: dict[str, None] = {}
        """Ids of cases at version 1, oldest first."""
        self.fastest = fastest
        """Dispositions a second; there have to be as many cases as that."""

    def look(self) -> int:
        """Fetch what was received since the last look; says how many."""
        with psycopg.connect(self._url) as connection:
            rows = connection.execute(
                _NEW.format(book=self._book), {"seen": self._seen}
            ).fetchall()
        for id_, position in rows:
            self.waiting[id_] = None
            self._seen = max(self._seen, position)
        return len(rows)

    def sort_out(self) -> int:
        """Take away what is no longer at version 1; says how many."""
        with psycopg.connect(self._url) as connection:
            rows = connection.execute(
                _DONE.format(book=self._book), {"ids": list(self.waiting)}
            ).fetchall()
        for (id_,) in rows:
            del self.waiting[id_]
        return len(rows)
