"""What is sealed of a request goes along when it goes on as a case of its own.

It stays one person with one key, also where another agency receives the case. The
agency where he was first answers for him: its officials export, correct, restrict and
erase him, over the matters of both; each act and each reading stands in the book of
the matter's agency, and papers are kept and destroyed agency by agency. The other one
reads and decides its own cases, and destroys no file while a matter of the first runs.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from application import opening, register, requester
from application.people import People
from application.requester import IDENTITY, WORDS
from application.sealing import SealedMore
from domain import events
from domain.events import AnyEvent
from domain.values import Digest


async def sealed_anew(
    people: People, conn: AsyncConnection[Any], case: UUID, new_case: UUID
) -> SealedMore | None:
    """What goes along, sealed for the new record.

    Under the same person's key, so that an erasure reaches both. None where nothing
    is left to seal: no such case, or the person is erased.
    """
    key = (await people.keys_of(conn, (case,))).get(case)
    history = [entry.event for entry in await register.entries_of(conn, case)]
    if key is None or not history or not isinstance(history[0], events.Received):
        return None
    # Nobody reads it: it is sealed again before it leaves this function.
    told = opening.opened(people, await people.closed(conn, (case,))).get(case, {})
    return people.seal_anew(key, new_case, goes_along(told, history))


def goes_along(
    told: Mapping[Digest, bytes], history: Sequence[AnyEvent]
) -> dict[str, bytes]:
    """The requester, as completed, and his words, in the fields that are sealed.

    Who reported anonymously stays behind: only the words go along. `told` is what
    opens of the case, by digest; the history begins with its receipt.
    """
    received = history[0]
    assert isinstance(received, events.Received)
    fields = {WORDS: told[received.words]}
    identity = requester.identity_of(told, history)
    if identity is not None and not received.is_anonymous:
        fields[IDENTITY] = requester.encode(identity)
    return fields
