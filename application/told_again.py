"""Histories that a backup brought back tell once more that their person is erased.

The ledger says whom; the program enters it, as nobody decides anything then.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import structlog
from psycopg import AsyncConnection

from application import arrays, named_sql, register
from application.entries import Metadata, NewEntry
from application.register import History
from application.upcasting import UnknownTagError, UnreadableEventError
from domain import erasing
from domain.events import PersonalDataErased
from domain.histories import folded
from domain.holds import HoldsData
from domain.values import AgencyCode, Digest

_SQL = named_sql.load(__file__)
_BE_THE_ONLY_ONE = _SQL["be_the_only_one"]
_RECORDS = _SQL["records"]

RULE: Final = "serving"
"""The job that does it: the start of the program."""

_log = structlog.get_logger(__name__)


class Again(NamedTuple):
    """What a start erases once more, as the ledger has it."""

    persons: Mapping[UUID, datetime]
    """When each was erased first."""
    documents: Collection[tuple[AgencyCode, Digest]]


class _Told(NamedTuple):
    matter: HoldsData
    told: PersonalDataErased


async def be_the_only_one(conn: AsyncConnection[Any]) -> None:
    """Wait for another start, until the caller's transaction ends."""
    await conn.execute(_BE_THE_ONLY_ONE)


async def tell(
    conn: AsyncConnection[Any],
    again: Again,
    recorded_at: datetime,
    new_id: Callable[[], UUID],
) -> None:
    """Enter it in the caller's transaction, before anything of them is deleted.

    A history that can't be read is left as it is; its key goes all the same.
    """
    if not again.persons:
        return
    cursor = conn.cursor(binary=True)
    persons = arrays.uuids(list(again.persons))
    await cursor.execute(_RECORDS, {"persons": persons})
    whose: dict[UUID, UUID] = dict(await cursor.fetchall())
    histories = await register.histories(cursor, list(whose))
    entries = []
    for stream, history in histories.items():
        try:
            event = _event(history, again.documents)
        except (UnknownTagError, UnreadableEventError):
            _log.exception("history_unreadable", stream=str(stream))
            continue
        if event is not None:
            last = history[-1]
            entry = NewEntry(
                stream=stream,
                version=last.version + 1,
                event=event.told,
                event_id=new_id(),
                occurred_at=max(event.matter.last_at, again.persons[whose[stream]]),
                recorded_at=recorded_at,
                metadata=Metadata(agency=event.matter.agency, rule=RULE),
            )
            entries.append(entry)
    if entries:
        await register.append(cursor, entries)


def _event(
    history: History, documents: Collection[tuple[AgencyCode, Digest]]
) -> _Told | None:
    """None where the history says so already, or has no state, as of a visit."""
    events = [step.event() for step in history]
    matter = folded((step.event(), step.by()) for step in history)
    if not isinstance(matter, HoldsData):
        return None
    gone = {digest for agency, digest in documents if agency == matter.agency}
    told = erasing.erased_again(events, gone)
    return None if told is None else _Told(matter, told)
