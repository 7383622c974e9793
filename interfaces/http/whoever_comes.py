"""Who comes to the office: looked at, known again or new, and sealed."""

from typing import Any, Final
from uuid import UUID

from msgspec.structs import replace
from psycopg import AsyncConnection

from application import register
from application.office import regions_book
from application.recorded import FieldWarning
from application.requester import WORDS, Identity, Words, encode, sealable
from application.sealing import Likeness, SealedMore
from domain import nik
from domain.events import Received
from domain.values import AgencyCode
from interfaces.http.counter import Counter

_REGIONS: Final = regions_book.load()


def looked_at(counter: Counter, agency: AgencyCode, told: Identity) -> Identity:
    """The same, with what looks wrong in it; nobody is sent away for a warning."""
    if told.nik is None or nik.is_masked(told.nik):
        return told
    today = counter.offices.calendar(agency).date_of(counter.now())
    return replace(told, nik_warnings=nik.warnings(told.nik, _REGIONS, today))


def warnings(identity: Identity | None, pointer: str) -> tuple[FieldWarning, ...]:
    """What the answer says of it; `pointer` is where he stands in the body."""
    if identity is None:
        return ()
    return tuple(FieldWarning(code, f"{pointer}/nik") for code in identity.nik_warnings)


async def marks(
    counter: Counter, connection: AsyncConnection[Any], case: UUID, told: Identity
) -> tuple[Likeness, ...]:
    """How to find him by what he tells later of himself; not who stays unknown."""
    first = await register.entries_of(connection, case, limit=1)
    received = first[0].event if first else None
    if not isinstance(received, Received):
        return ()
    if received.is_anonymous or received.is_confidential:
        return ()
    return counter.likenesses.of(received.agency, told)


async def sealed(
    counter: Counter,
    agency: AgencyCode,
    case: UUID,
    identity: Identity | None,
    words: Words,
    *,
    stays_unknown: bool,
    at_counter: bool = False,
) -> SealedMore:
    """Under the key of whom the NIK and the name tell, else under a new one.

    Who stays unknown (anonymous, or in confidence) is never joined with himself: his
    other cases would tell who he is. Of who stands at the counter the NIK is looked at
    and not kept, but for its last four digits: he is found again by its likeness.
    """
    if identity is None:
        unnamed = {WORDS: encode(words)}
        return counter.people.seal_new(counter.new_id(), agency, case, unnamed)
    kept = identity
    if at_counter and identity.nik is not None:
        kept = replace(identity, nik=nik.masked(identity.nik))
    fields = sealable(kept, words)
    if stays_unknown:
        return counter.people.seal_new(counter.new_id(), agency, case, fields)
    likenesses = counter.likenesses.of(agency, identity)
    if identity.nik is not None and likenesses:
        async with counter.pool.connection() as connection:
            known = await counter.likenesses.known(
                counter.people, connection, agency, identity
            )
        if known is not None:
            again = counter.people.seal_anew(known, case, fields)
            return replace(again, likenesses=likenesses, must_live=True)
    new = counter.people.seal_new(counter.new_id(), agency, case, fields)
    return replace(new, likenesses=likenesses)
