"""The audit trail across all histories of an agency, for those who supervise it."""

import re
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, Final
from uuid import UUID

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from application import upcasting
from application.desk_errors import ForbiddenError
from domain.calendar import Calendar
from domain.office import Office
from domain.values import AgencyCode, Role
from interfaces.http import asking, books, csv_answer
from interfaces.http.asking import (
    USUAL,
    Limit,
    Position,
    bad_query,
    instant,
    must_have_reached,
)
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from interfaces.http.history_csv import TrailLine, trail_line
from projections.audit_list import (
    TrailPage,
    Wanted,
    position_behind,
    trail,
)
from projections.audit_trail import TrailView
from projections.case_list import Cursor

MOST_EXPORTED: Final = 100_000
"""Entries in one CSV; its header Link says where to go on, where there are more."""

_EXPORTED_AT_ONCE: Final = 200
"""So that nobody else waits long for the worker while a page is made."""
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


class AuditController(Controller):
    """What anybody did, and when: a query, and an export."""

    path = "/v1/audit"
    tags = ("audit",)

    @get("/", operation_id="ReadTrail")
    async def trail(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        official: FromQuery[str | None] = None,
        role: FromQuery[Role | None] = None,
        tag: Annotated[str | None, QueryParameter(name="type")] = None,
        case: FromQuery[UUID | None] = None,
        subject: FromQuery[UUID | None] = None,
        late: FromQuery[bool | None] = None,
        since: Annotated[str | None, QueryParameter(name="from")] = None,
        to: FromQuery[str | None] = None,
        recorded_from: FromQuery[str | None] = None,
        recorded_to: FromQuery[str | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[TrailPage]:
        """Who did what, when, under which rule, newest first; as JSON or CSV.

        `from` and `to` are of the time when it happened: instants, `to` exclusive, or
        local days, `to` inclusive. CSV holds up to 100,000 entries, not `limit`.
        """
        mine = call.agencies_for("read-trail")
        known = call.counter.offices
        if agency is not None and agency not in known:
            raise bad_query("agency", "no agency has this code")
        if tag is not None and tag not in upcasting.CURRENT_TAGS:
            raise bad_query("type", "no event has this tag")
        calendar = known.calendar(agency or (*mine, *known.agencies)[0])
        wanted = Wanted(
            agencies=mine if agency is None else [agency] if agency in mine else [],
            affairs=books.onlooker(call).affairs(),
            official=official,
            role=role,
            tag=tag,
            case=case,
            subject=subject,
            late=late,
            occurred_from=_edge("from", since, calendar),
            occurred_to=_edge("to", to, calendar, is_end=True),
            recorded_from=_edge("recorded_from", recorded_from, calendar),
            recorded_to=_edge("recorded_to", recorded_to, calendar, is_end=True),
            after=asking.place(Cursor.read, after),
        )
        if not mine:
            raise ForbiddenError
        await must_have_reached(call, TrailView.name, after_position)
        if csv_answer.is_wanted(call, format_):
            return await _exported(call, wanted)
        async with call.counter.pool.connection() as connection:
            page = await trail(connection, wanted, limit, _offices(call))
        return Response(content=page)


def _offices(call: Call) -> Callable[[AgencyCode], Office]:
    """Whose directory names officials, and in whose zone times are told."""
    return partial(call.counter.offices.on, at=call.counter.now())


async def _exported(call: Call, wanted: Wanted) -> Response[Any]:
    """The whole trail that is wanted, as far as one file may go."""
    headers = {}
    async with call.heavy.connection() as connection:
        rest = await position_behind(connection, wanted, MOST_EXPORTED)
    if rest is not None:
        wanted = msgspec.structs.replace(wanted, from_position=rest + 1)
        headers["Link"] = call.link_to_next(Cursor(rest + 1).written())
    return await csv_answer.streamed(
        "audit", csv_answer.header(TrailLine), _pages(call, wanted), headers
    )


async def _pages(call: Call, wanted: Wanted) -> AsyncIterator[list[TrailLine]]:
    """Page by page; no connection is held while a page is on its way."""
    offices = _offices(call)
    while True:
        async with call.heavy.connection() as connection:
            page = await trail(connection, wanted, _EXPORTED_AT_ONCE, offices)
        yield [trail_line(item) for item in page.items]
        if page.next is None:
            return
        wanted = msgspec.structs.replace(wanted, after=Cursor.read(page.next))


def _edge(
    name: str, said: str | None, calendar: Calendar, *, is_end: bool = False
) -> datetime | None:
    """The beginning of a span of time, or its exclusive end."""
    if said is None:
        return None
    try:
        if not _DAY.fullmatch(said):
            return instant(name, msgspec.convert(said, datetime))
        day = date.fromisoformat(said)
        return calendar.end_of(day) if is_end else calendar.start_of(day)
    except (msgspec.ValidationError, ValueError, OverflowError):
        raise bad_query(name, "neither a day nor an instant of RFC 3339") from None
