"""The eventsourcing library's recorder over our register, and a mapper for our events.

It enters lines by the same append as the desk and reads the same table, so that the
library's own test cases test the path we use. The running program does without it.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.persistence import (
    InterfaceError,
    Mapper,
    OperationalError,
    StoredEvent,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from eventsourcing.utils import retry
from typing_extensions import override

from application import arrays, named_sql, upcasting
from domain.events import AnyEvent

APPEND = named_sql.load(__file__)["append"]


class RegisterRecorder(PostgresApplicationRecorder):
    """Records what the library stores as lines of the register.

    Ids of events and both times take the append's defaults, metadata is empty.
    Migrations make the tables; the recorder makes nothing.
    """

    def __init__(self, datastore: PostgresDatastore) -> None:
        super().__init__(datastore, events_table_name="register")

    @override
    def create_table(self) -> None:
        """Make nothing: DDL at construction is not safe for parallel starts."""

    @override
    @retry((InterfaceError, OperationalError), max_attempts=10, wait=0.2)
    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append; answers positions. Raises the library's IntegrityError."""
        lines = {
            "streams": arrays.uuids([_uuid(e.originator_id) for e in stored_events]),
            "versions": arrays.bigints([e.originator_version for e in stored_events]),
            "tags": arrays.texts([e.topic for e in stored_events]),
            "states": arrays.byteas([e.state for e in stored_events]),
        }
        with self.datastore.get_connection() as connection:
            row = connection.execute(APPEND, lines, prepare=True).fetchone()
        assert row is not None
        positions: list[int] = row["positions"]
        return positions


class Told(msgspec.Struct, frozen=True):
    """An event as the library wants to meet it: with its stream and version."""

    originator_id: UUID
    originator_version: int
    event: AnyEvent


class RegisterMapper(Mapper[UUID]):
    """Stores our events under their tags; nothing is imported by its name."""

    def __init__(self) -> None:
        """Take no transcoder, compressor or cipher: msgspec reads and writes."""

    @override
    def to_stored_event(self, domain_event: Told) -> StoredEvent:  # type: ignore[override]
        """Encode one."""
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.originator_version,
            topic=upcasting.tag_of(type(domain_event.event)),
            state=msgspec.json.encode(domain_event.event),
        )

    @override
    def to_domain_event(self, stored_event: StoredEvent) -> Told:
        """Decode one; raises what `upcasting.decode` raises."""
        return Told(
            originator_id=_uuid(stored_event.originator_id),
            originator_version=stored_event.originator_version,
            event=upcasting.decode(stored_event.topic, stored_event.state),
        )


def _uuid(stream: UUID | str) -> UUID:
    assert isinstance(stream, UUID)
    return stream
