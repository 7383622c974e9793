"""The library's own way to project: its runner, with our views, event by event.

The library's application reads our register through our recorder and mapper, its
runner hands every event to a projection that folds it into the same views and commits
it with the library's tracking. To its favour it reads no metadata.
"""

from collections.abc import Coroutine, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, LiteralString, TypeVar
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, Tracking
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresFactory,
    PostgresTrackingRecorder,
)
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg import Connection, Cursor
from psycopg.rows import tuple_row
from typing_extensions import override

from application.entries import Entry, Metadata
from application.recorder import RegisterMapper, RegisterRecorder, Told
from projections.view import View
from projections.views import SERVING
from tests.load.stock import environment

Answer = TypeVar("Answer")


def at_once(work: Coroutine[Any, Any, Answer]) -> Answer:
    """Run a coroutine that waits for nothing: our connection below answers at once."""
    try:
        work.send(None)
    except StopIteration as done:
        answer: Answer = done.value
        return answer
    message = "it waited"
    raise RuntimeError(message)


class AtOnceCursor:
    """A cursor with the asynchronous one's methods."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self._cursor = cursor

    async def execute(
        self,
        statement: LiteralString,
        told: Mapping[str, Any] | None = None,
        *,
        prepare: bool | None = None,
        binary: bool | None = None,
    ) -> "AtOnceCursor":
        """Run the statement."""
        self._cursor.execute(statement, told, prepare=prepare, binary=binary)
        return self

    async def fetchall(self) -> Sequence[Any]:
        """All rows."""
        return self._cursor.fetchall()


class AtOnce:
    """A connection with the methods that sheets use."""

    def __init__(self, connection: Connection[Any]) -> None:
        self._connection = connection

    def cursor(self, *, binary: bool = False) -> AtOnceCursor:
        """Open a cursor."""
        return AtOnceCursor(
            self._connection.cursor(binary=binary, row_factory=tuple_row)
        )

    async def execute(
        self,
        statement: LiteralString,
        told: Mapping[str, Any] | None = None,
        *,
        prepare: bool | None = None,
        binary: bool | None = None,
    ) -> AtOnceCursor:
        """Run the statement."""
        cursor = self.cursor(binary=bool(binary))
        return await cursor.execute(statement, told, prepare=prepare, binary=binary)


class Counter(Application[UUID]):
    """The library's application over the register."""

    name = "Counter"

    @override
    def construct_recorder(self) -> PostgresApplicationRecorder:
        """Make our recorder; the table is the register."""
        assert isinstance(self.factory, PostgresFactory)
        return RegisterRecorder(self.factory.datastore)

    @override
    def construct_mapper(self) -> Mapper[UUID]:
        """Make our mapper."""
        return RegisterMapper()


class Views(PostgresTrackingRecorder):
    """The views' tables with the library's tracking beside them."""

    def enter(self, entry: Entry, tracking: Tracking, views: Sequence[View]) -> None:
        """Fold one event into every view and commit."""
        with self.datastore.transaction(commit=True) as cursor:
            connection: Any = AtOnce(cursor.connection)
            cursor.execute(
                "select set_config('search_path', %s, true)",
                (", ".join(f'"{copy.schema}"' for copy in SERVING) + ", public",),
            )
            for view in views:
                if type(entry.event) not in view.cares_for:
                    continue
                sheet = at_once(view.open(connection, [entry]))
                sheet.enter(entry)
                at_once(sheet.write(connection))
            self._insert_tracking(cursor, tracking)


class EveryView(Projection[Views]):
    """Hands every event to the views."""

    name = "everyview"
    topics = ()

    @override
    def process_event(self, domain_event: Told, tracking: Tracking) -> None:
        """Fold it in."""
        at = datetime.now(UTC)  # noqa: TID251 - to its favour: no times are read
        entry = Entry(
            position=tracking.notification_id,
            stream=domain_event.originator_id,
            version=domain_event.originator_version,
            event=domain_event.event,
            event_id=domain_event.originator_id,
            occurred_at=at,
            recorded_at=at,
            metadata=Metadata(agency=""),
        )
        self.view.enter(entry, tracking, [copy.view for copy in SERVING])


def run(url: str, upto: int, patience: float) -> None:
    """Project the register up to a position; the serving copies are empty before.

    Raises TimeoutError, and what the projection raised.
    """
    with ProjectionRunner(
        application_class=Counter,
        projection_class=EveryView,
        view_class=Views,
        env=environment(url),
    ) as runner:
        runner.wait(upto, timeout=patience)
