"""The person whom an act is about, and the matters in which his data stand."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final, TypeAlias
from uuid import UUID

import msgspec
from litestar import Response
from psycopg import AsyncConnection

from application import data_subjects, register
from application.all_matters import AllMatters
from application.data_subjects import DataSubject, LookedAt, Standing
from application.desk_errors import MattersMovedError
from application.erasing import Erasure
from application.recorded import FieldWarning
from application.requester import IDENTITY
from application.restricting import Restriction
from application.sealing import PersonKey, SealedMore, Sealing
from domain import events
from domain.commands import AnyCommand
from domain.holds import Concerned, concerned
from domain.values import AgencyCode, DataRequestKind, Digest
from interfaces.http import posts
from interfaces.http.bodies.fields import Body
from interfaces.http.call import Call, OfPerson
from interfaces.http.headers import path_id

Papers: TypeAlias = Mapping[UUID, tuple[Digest, ...]]
"""What goes with an erasure, by the matter that names it."""

NO_PAPERS: Final[Papers] = {}
MOST_LOOKS: Final = 3
"""How often somebody looks again because a matter came in between."""


class Step(msgspec.Struct, frozen=True):
    """A command about a person's data, with what goes along in its transaction."""

    command: AnyCommand
    of_person: OfPerson
    sealed: tuple[SealedMore, ...] = ()
    warnings: tuple[FieldWarning, ...] = ()
    """What looks wrong in what was said; it is carried out all the same."""


class Party(msgspec.Struct, frozen=True):
    """A person with what touches his data; nobody, where the id is a stranger's.

    Before somebody who may not act his matters are left out: whatever the desk says
    to that, nothing is decided on the strength of them.
    """

    person: UUID | None = None
    kind: DataRequestKind | None = None
    """Which right he asks for, where the act is about a request."""
    key: PersonKey | None = None
    """None once he is erased."""
    matters: tuple[Standing, ...] = ()
    papers: Papers = NO_PAPERS
    """What goes with him when he is erased."""

    @property
    def his(self) -> tuple[Standing, ...]:
        """The matters in which his own data stand."""
        return tuple(one for one in self.matters if one.person == self.person)

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

    def decides(self, command: AnyCommand) -> Step:
        """An act that rests on all that touches his data."""
        return Step(command, self._of_all())

    def erases(self, command: Callable[[Papers], AnyCommand]) -> Step:
        """An act that destroys his key, with the papers that are about nobody else."""
        if self.person is None:
            return self.decides(command(NO_PAPERS))
        every = self._of_all(erases=True)
        erasure = Erasure(person=self.person, documents=self._kept_in())
        return Step(
            command(self.papers), msgspec.structs.replace(every, erases=(erasure,))
        )

    def closes(self, command: AnyCommand, request: UUID, *, lifted: bool) -> Step:
        """An act that closes his data to all, or opens them again."""
        if self.person is None:
            return self.decides(command)
        closed = Restriction(self.person, request, lifted=lifted)
        every = self._of_all()
        return Step(command, msgspec.structs.replace(every, restricts=(closed,)))

    def corrects(
        self,
        command: Callable[[Mapping[UUID, Digest]], AnyCommand],
        sealing: Sealing,
        said: Mapping[str, str],
        looked_at: LookedAt,
    ) -> Step:
        """An act that puts right who he is, in each of his cases."""
        sealed: tuple[SealedMore, ...] = ()
        if self.key is not None:
            sealed = data_subjects.corrected(
                sealing, self.key, self.his, said, looked_at
            )
        identities = {one.record: one.digests[IDENTITY] for one in sealed}
        return Step(command(identities), self._of_all(), sealed)

    def _of_all(self, *, erases: bool = False) -> OfPerson:
        if self.person is None:
            return OfPerson()
        every = AllMatters(
            person=self.person,
            matters=tuple(one.id for one in self.matters),
            his=tuple(one.id for one in self.his if one.holds_data),
            papers=tuple({sha256 for _, sha256 in self._kept_in()}) if erases else None,
        )
        concerns = tuple(one.id for one in self.matters if one.holds_data)
        return OfPerson(concerns=concerns, of_all=(every,))

    def _kept_in(self) -> tuple[tuple[AgencyCode, Digest], ...]:
        """What goes with him, each in the agency of the matter that names it."""
        kept = {
            (one.matter.agency, document): None
            for one in self.his
            if one.matter is not None
            for document in self.papers.get(one.id, ())
        }
        return tuple(kept)


async def carried_out(
    call: Call,
    subject: UUID,
    action: str,
    body: Body,
    step: Callable[[Party], Step],
    *,
    case: UUID | None = None,
) -> Response[Any]:
    """Look who it is about, and act; once more where a matter came in between.

    Who still meets others after some looks is told to try again later.
    """
    look = of_request if case is None else of_case

    async def tried() -> Response[Any]:
        done = step(await look(call, subject, action))
        return await call.about(
            subject,
            action,
            body,
            lambda _: done.command,
            case=case,
            besides=done.sealed,
            of_person=done.of_person,
            warnings=done.warnings,
        )

    for _ in range(MOST_LOOKS - 1):
        with suppress(MattersMovedError):
            return await tried()
    return await tried()


async def about_request(
    call: Call, said: str, word: str, body: Body, step: Callable[[Party], Step]
) -> Response[Any]:
    """An act about a data subject's request; its routes and actions share a word."""
    action = f"data-requests:{word}"
    return await carried_out(call, path_id(said), action, body, step)


async def of_request(call: Call, request: UUID, action: str | None = None) -> Party:
    """Whose request it is; nobody, where it is none.

    With an action, only who may do it makes us look into his matters.
    """
    async with call.counter.pool.connection() as connection:
        first = await register.entries_of(connection, request, limit=1)
        event = first[0].event if first else None
        if not isinstance(event, events.DataRequestReceived):
            return Party()
        if not _may(call, event.agency, action):
            return Party(event.person, event.kind)
        return await _party(connection, event.person, event.kind)


async def of_case(call: Call, case: UUID, action: str | None = None) -> Party:
    """Who asked in a case; nobody, where it is none."""
    async with call.counter.pool.connection() as connection:
        first = await register.entries_of(connection, case, limit=1)
        event = first[0].event if first else None
        if not isinstance(event, events.Received):
            return Party()
        if not _may(call, event.agency, action):
            return Party(event.person)
        return await _party(connection, event.person)


async def of_person(call: Call, subject: DataSubject) -> Party:
    """The person himself."""
    async with call.counter.pool.connection() as connection:
        return await _party(connection, subject.person)


async def _party(
    connection: AsyncConnection[Any],
    person: UUID,
    kind: DataRequestKind | None = None,
) -> Party:
    found = tuple(await data_subjects.matters(connection, person))
    his = [one for one in found if one.person == person]
    return Party(
        person=person,
        kind=kind,
        key=await data_subjects.key_of(connection, person),
        matters=found,
        papers=await data_subjects.papers_alone(connection, his),
    )


def _may(call: Call, agency: AgencyCode, action: str | None) -> bool:
    if action is None:
        return True
    official = call.principal.memberships.get(agency)
    return official is not None and bool(posts.allowed(call.counter, official, action))
