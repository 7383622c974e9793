"""Whether somebody has been here before: looked for by what he tells of himself."""

from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application.desk_errors import ForbiddenError
from application.likeness import Found
from application.readings import Ground
from application.sight import Leave
from domain.values import AgencyCode
from interfaces.http import asking, posts
from interfaces.http.bodies.persons import PersonSought
from interfaces.http.call import Call
from interfaces.http.openapi_operation import APART


class CaseOfPerson(msgspec.Struct, frozen=True):
    """A case in which he asked."""

    case: UUID
    registration_number: str


class PersonFound(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who told the same of himself, which one telephone's users share."""

    person: UUID
    agency: AgencyCode
    by: str
    """`nik`, `phone` or `email`; only a NIK is one person's alone."""
    cases: tuple[CaseOfPerson, ...]
    others: int
    """His complaints and other matters; which, his own export tells."""


class PersonsFound(msgspec.Struct, frozen=True):
    """Everybody who fits, in the caller's agencies."""

    items: tuple[PersonFound, ...]


class PersonSearchController(Controller):
    """A question in a body: what is looked for stands in no address and no log."""

    path = "/v1/persons"
    tags = ("persons",)

    @post("/search", operation_id="SearchPersons", status_code=200, opt={APART: (403,)})
    async def search(
        self, data: JSONBody[PersonSought], call: NamedDependency[Call]
    ) -> PersonsFound:
        """Find whoever gave this NIK, telephone or e-mail before, and his cases."""
        sought = data.identity()
        leaves = _leaves(call)
        async with call.counter.pool.connection() as connection:
            found = await call.counter.likenesses.alike(connection, leaves, sought)
        room = call.room()
        await room.found(
            {one.person: leaves[one.agency] for one in found}, data.likeness
        )
        return PersonsFound(tuple(_persons(found, data.likeness)))


def _leaves(call: Call) -> dict[AgencyCode, Leave]:
    """By which row he may look, in each agency where he may; 403 where in none."""
    leaves = {
        agency: leave
        for agency in call.agencies_for("search-persons")
        if (
            leave := posts.leave(
                call.counter,
                asking.member(call, agency),
                "search-persons",
                Ground.SEARCH,
            )
        )
    }
    if not leaves:
        raise ForbiddenError
    return leaves


def _persons(found: list[Found], by: str) -> list[PersonFound]:
    matters: dict[tuple[UUID, AgencyCode], list[Found]] = {}
    for one in found:
        matters.setdefault((one.person, one.agency), []).append(one)
    return [_person(his, by) for his in matters.values()]


def _person(his: list[Found], by: str) -> PersonFound:
    cases = tuple(
        CaseOfPerson(one.matter, one.registration_number)
        for one in his
        if one.registration_number is not None
    )
    return PersonFound(
        person=his[0].person,
        agency=his[0].agency,
        by=by,
        cases=cases,
        others=len(his) - len(cases),
    )
