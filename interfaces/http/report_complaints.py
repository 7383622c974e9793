"""What a complaint keeps of the report that turned out to be one."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from application import opening, register, requester
from application.requester import IDENTITY, WORDS, Words
from application.sealing import SealedMore
from domain import events
from domain.events import AnyEvent
from domain.values import Digest
from interfaces.http.call import Call


async def sealed_again(call: Call, case: UUID, complaint: UUID) -> SealedMore | None:
    """The reporter's own words, and himself unless he stays unnamed.

    Sealed once more under his key, so that the complaint can be read without the case
    and an erasure reaches both. None where there is nothing that could be opened.
    """
    people = call.counter.people
    async with call.counter.pool.connection() as connection:
        key = (await people.keys_of(connection, (case,))).get(case)
        entries = await register.entries_of(connection, case)
        closed = await people.closed(connection, (case,))
    if key is None or not entries or not isinstance(entries[0].event, events.Received):
        return None
    # Nobody reads it: it is sealed again before it leaves this function.
    told = opening.opened(people, closed).get(case, {})
    fields = kept_of(told, [entry.event for entry in entries])
    return people.seal_anew(key, complaint, fields) if fields else None


def kept_of(
    told: Mapping[Digest, bytes], history: Sequence[AnyEvent]
) -> dict[str, bytes]:
    """The fields that are sealed for the complaint; none where nothing opens.

    `told` is what opens of the case, by digest; the history begins with its receipt.
    """
    received = history[0]
    assert isinstance(received, events.Received)
    fields: dict[str, bytes] = {}
    if received.words in told:
        said = requester.words(told[received.words])
        text = "\n".join(part for part in (said.subject, *said.items) if part)
        fields[WORDS] = requester.encode(Words(text=text))
    who = requester.identity_of(told, history)
    if who is not None and not received.is_anonymous:
        fields[IDENTITY] = requester.encode(who)
    return fields
