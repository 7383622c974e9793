"""What all books have in common: whose they are, which lines, as JSON or as CSV."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Final, TypeAlias

import msgspec
from litestar import Response
from litestar.params import QueryParameter

from application.desk_errors import ForbiddenError
from domain.values import AgencyCode
from interfaces.http import asking, csv_answer
from interfaces.http.asking import bad_query
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from projections.registers.excerpt import Excerpt, Place
from projections.registers.leaves import Leaf, ReadLeaf, leaves
from projections.registers.moment import at_one_moment
from projections.registers.onlooker import Caller

LONGEST_NUMBER: Final = 200

First: TypeAlias = Annotated[date | None, QueryParameter(name="from")]
"""The first local day that is wanted."""
Said: TypeAlias = Annotated[Format | None, QueryParameter(name="format")]
Number: TypeAlias = Annotated[str | None, QueryParameter(max_length=LONGEST_NUMBER)]
"""A registration, letter, agenda or tracking number, or how one begins."""

_EXPORTED_AT_ONCE: Final = 200
"""Lines of a page of CSV, all of which are opened for who may know."""


def onlooker(call: Call) -> Caller:
    """The caller with the books of his agencies before him."""
    counter, now = call.counter, call.counter.now()
    return Caller(
        counter.offices,
        now,
        call.room(),
        seats={one: asking.seat(call, one, now) for one in call.principal.memberships},
        official=call.principal.official,
    )


def agencies(
    call: Call, mine: Sequence[AgencyCode], said: str | None
) -> list[AgencyCode]:
    """Of those that are the caller's the one that is said, or all; 403 without any."""
    if said is not None and said not in call.counter.offices:
        raise bad_query("agency", "no agency has this code")
    if not mine:
        raise ForbiddenError
    return [one for one in mine if said in {None, one}]


def excerpt(
    call: Call,
    of: Sequence[AgencyCode],
    days: tuple[date | None, date | None],
    limit: int,
    after: str | None,
) -> Excerpt:
    """The lines of these agencies and local days, both inclusive."""
    first, last = days
    if first is not None and last is not None and last < first:
        raise bad_query("to", "the last day, not before the first")
    return Excerpt(
        calendars={one: call.counter.offices.calendar(one) for one in of},
        first=first,
        last=last,
        limit=limit,
        after=asking.place(Place.read, after),
    )


async def given(
    call: Call,
    leaf: ReadLeaf,
    wanted: Excerpt,
    said: Format | None,
    *,
    name: str,
    line: type[msgspec.Struct],
) -> Response[Any]:
    """A page as JSON; as CSV all lines from there on, and not `limit` of them."""
    is_csv = csv_answer.is_wanted(call, said)
    connected = call.heavy.connection if is_csv else call.counter.pool.connection
    caller = onlooker(call)

    async def read(excerpt: Excerpt) -> Leaf:
        async with connected() as connection, at_one_moment(connection):
            return await leaf(connection, caller, excerpt)

    if not is_csv:
        return Response(content=await read(wanted))
    all_of_them = msgspec.structs.replace(wanted, limit=_EXPORTED_AT_ONCE)
    pages = (page.items async for page in leaves(read, all_of_them))
    return await csv_answer.streamed(name, csv_answer.header(line), pages)
