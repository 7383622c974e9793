"""Whether somebody has been here before: looked for by what he tells of himself."""

from collections.abc import Sequence
from uuid import UUID

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from application import register
from application.desk_errors import ForbiddenError
from application.entries import Entry
from application.likeness import MOST_FOUND, Found
from application.readings import Ground
from application.sight import Leave
from domain.case import Case
from domain.events import Visited
from domain.histories import folded
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
    more: bool
    """Whether others fit as well: something more exact finds whoever is meant."""


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
            alike = await call.counter.likenesses.alike(connection, leaves, sought)
            histories = await register.entries_of_all(
                connection, [one.matter for one in alike]
            )
        found = [
            one
            for one in alike[:MOST_FOUND]
            if _is_open_to(call, one.agency, histories[one.matter])
        ]
        room = call.room()
        await room.found(
            {one.person: leaves[one.agency] for one in found}, data.likeness
        )
        items = tuple(_persons(found, data.likeness))
        return PersonsFound(items, more=len(alike) > MOST_FOUND)


def _is_open_to(call: Call, agency: AgencyCode, entries: Sequence[Entry]) -> bool:
    """Whether the caller may know whose matter it is, in the agency where he looks.

    Of a case that goes for whom it concerns alone, who asked is told to no others;
    who protects the person's data sees all his matters.
    """
    matter = folded((one.event, one.by()) for one in entries)
    if matter is None:
        first = entries[0].event
        return isinstance(first, Visited) and first.agency == agency
    if matter.agency != agency:
        return False
    if not isinstance(matter, Case):
        return True
    official = asking.member(call, agency)
    if posts.allowed(call.counter, official, "read-person"):
        return True
    seat = asking.seat(call, agency, call.counter.now())
    return seat.sight_of(matter).requester is not None


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
