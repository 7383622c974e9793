"""The person whom an act is about, and the matters in which his data stand."""

from collections.abc import Mapping
from typing import Final, TypeAlias
from uuid import UUID

import msgspec

from application import data_subjects, register
from application.data_subjects import DataSubject, Standing
from application.erasing import Erasure
from domain import events
from domain.holds import Concerned, concerned
from domain.values import Digest
from interfaces.http.call import Call, OfPerson

Papers: TypeAlias = Mapping[UUID, tuple[Digest, ...]]
"""What goes with an erasure, by the matter that names it."""


NO_PAPERS: Final[Papers] = {}


class Party(msgspec.Struct, frozen=True):
    """A person with what stands of him; nobody, where the id is a stranger's."""

    person: UUID | None = None
    kind: str | None = None
    """Which right he asks for, where the act is about a request."""
    matters: tuple[Standing, ...] = ()

    @property
    def concerns(self) -> tuple[UUID, ...]:
        """The histories that a decision about his data rests on."""
        return tuple(one.id for one in self.matters if one.holds_data)

    @property
    def beside(self) -> OfPerson:
        """For an act that only looks at them."""
        return OfPerson(concerns=self.concerns)

    async def erased(self, call: Call) -> tuple[OfPerson, Papers]:
        """For an act that destroys his key, with the papers that go along."""
        if self.person is None:
            return OfPerson(), NO_PAPERS
        held = [one for one in self.matters if one.holds_data]
        async with call.counter.pool.connection() as connection:
            erasure, papers = await data_subjects.erasure(connection, self.person, held)
        return _of(self, erasure), papers

    def standing(self, call: Call) -> list[Concerned]:
        """The same for who looks at what runs, each under its own office."""
        offices, now = call.counter.offices, call.counter.now()
        found = (
            concerned(
                one.id,
                one.matter,
                offices.of(one.matter, one.matter.agency, now),
            )
            for one in self.matters
            if one.matter is not None
        )
        return [one for one in found if one is not None]


async def of_request(call: Call, request: UUID) -> Party:
    """Whose request it is; nobody, where it is none."""
    async with call.counter.pool.connection() as connection:
        first = await register.entries_of(connection, request, limit=1)
        event = first[0].event if first else None
        if not isinstance(event, events.DataRequestReceived):
            return Party()
        found = await data_subjects.matters(connection, event.person)
    return Party(event.person, event.kind, tuple(found))


async def of_case(call: Call, case: UUID) -> Party:
    """Who asked in a case; nobody, where it is none."""
    async with call.counter.pool.connection() as connection:
        person = await data_subjects.of_matter(connection, case)
        if person is None:
            return Party()
        found = await data_subjects.matters(connection, person)
    return Party(person, None, tuple(found))


async def of_person(call: Call, subject: DataSubject) -> Party:
    """The person himself."""
    async with call.counter.pool.connection() as connection:
        found = await data_subjects.matters(connection, subject.person)
    return Party(subject.person, None, tuple(found))


def _of(party: Party, erasure: Erasure) -> OfPerson:
    return OfPerson(concerns=party.concerns, erases=(erasure,))
