"""Refuses a command that would put personal data into the register in clear."""

from typing import Any, Final

from psycopg import AsyncConnection

from application import data_subjects, plain_texts, register
from application.errands import Errand
from application.requester import Identity
from domain import commands, events
from domain.values import Channel, ComplaintKind, PersonId
from interfaces.http import posts
from interfaces.http.bodies.fields import Body
from interfaces.http.counter import Counter
from interfaces.http.problems import RequestFaultError
from projections import reader, standing

_ABOUT_PERSONS: Final = (
    commands.ReceiveDataRequest,
    commands.RecordBreach,
    commands.NotifyBreach,
    commands.CloseBreach,
)
"""What is about persons otherwise than by a case."""


async def must_be_plain(
    counter: Counter, errand: Errand, body: Body, who: Identity | None
) -> None:
    """422 with the place where somebody is named; nothing is changed.

    `who` is known where he comes with the body; else those whose matter it is are
    looked up, and only for a text that somebody wrote.
    """
    said = (errand.command, errand.note, errand.late_reason)
    texts = [text for text in plain_texts.of(said) if text]
    for text in texts:
        if plain_texts.names_anybody(text):
            raise _fault(text, body)
    free = [text for text in texts if plain_texts.is_free(text)]
    if not free:
        return
    concerned = [who] if who else await _concerned(counter, errand)
    for text in free:
        if any(plain_texts.names(text, one) for one in concerned):
            if who or await _may_act(counter, errand):
                raise _fault(text, body)
            return


def _fault(text: str, body: Body) -> RequestFaultError:
    return RequestFaultError(
        "personal-data-in-text", pointer=plain_texts.place_of(text, body), in_body=True
    )


async def _concerned(counter: Counter, errand: Errand) -> list[Identity]:
    """Whose matter it is, and of a data subject or a breach in all of his matters."""
    records = {errand.subject, *errand.concerns}
    if errand.case is not None:
        records.add(errand.case)
    if isinstance(errand.command, _ABOUT_PERSONS):
        async with counter.pool.connection() as connection:
            persons = await _persons(connection, errand)
            records.update(await data_subjects.records(connection, persons))
    return await counter.names.of(records)


async def _persons(
    connection: AsyncConnection[Any], errand: Errand
) -> tuple[PersonId, ...]:
    """Persons whom the act is about otherwise than by a case."""
    match errand.command:
        case commands.ReceiveDataRequest(person=person):
            return (person,)
        case commands.RecordBreach(persons=persons):
            return persons
        case commands.NotifyBreach() | commands.CloseBreach():
            first = await register.entries_of(connection, errand.subject, limit=1)
            recorded = first[0].event if first else None
            if isinstance(recorded, events.BreachRecorded):
                return recorded.persons
            return ()
        case _:
            return ()


async def _may_act(counter: Counter, errand: Errand) -> bool:
    """Whether he may do this at all; else the desk refuses, and a name tried is no hit.

    Otherwise whoever has a token might ask of any case whose it is.
    """
    async with counter.pool.connection() as connection:
        entries = await register.entries_of(connection, errand.case or errand.subject)
    now = counter.now()
    if errand.subject == errand.case and standing.is_case(entries):
        case = standing.replay(entries, now).case
        official = errand.principal.memberships.get(case.agency)
        if official is None:
            return False
        office = counter.offices.under(case.standard)
        seen = reader.before(case, official, counter.authority, office, now)
        return errand.action in seen.actions
    return any(
        posts.allowed(counter, official, errand.action, of)
        for official in errand.principal.memberships.values()
        for of in (None, *Channel, *ComplaintKind)
    )
