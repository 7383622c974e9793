"""The audit trail across all histories of an agency, for those who supervise it."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, date, datetime
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
from projections.cursor import Cursor

MOST_EXPORTED: Final = 100_000
"""Entries in one CSV; its header Link says where to go on, where there are more."""

_EXPORTED_AT_ONCE: Final = 200
"""So that nobody else waits long for the worker while a page is made."""
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
"""What has no end, ends there."""
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
        local days of whichever agency, `to` inclusive. CSV holds up to 100,000 entries,
        not `limit`.
        """
        mine = call.agencies_for("read-trail")
        known = call.counter.offices
        if agency is not None and agency not in known:
            raise bad_query("agency", "no agency has this code")
        if tag is not None and tag not in upcasting.CURRENT_TAGS:
            raise bad_query("type", "no event has this tag")
        agencies = mine if agency is None else [agency] if agency in mine else []
        calendars = [known.calendar(one) for one in agencies]
        wanted = Wanted(
            agencies=agencies,
            affairs=books.onlooker(call).affairs(),
            official=official,
            role=role,
            tag=tag,
            case=case,
            subject=subject,
            late=late,
            occurred_from=_edges("from", since, calendars),
            occurred_to=_edges("to", to, calendars, are_ends=True),
            recorded_from=_edges("recorded_from", recorded_from, calendars),
            recorded_to=_edges("recorded_to", recorded_to, calendars, are_ends=True),
            after=asking.place(Cursor.read, after),
        )
        _must_not_end_before("to", to, wanted.occurred_from, wanted.occurred_to)
        _must_not_end_before(
            "recorded_to", recorded_to, wanted.recorded_from, wanted.recorded_to
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


def _edges(
    name: str,
    said: str | None,
    calendars: Sequence[Calendar],
    *,
    are_ends: bool = False,
) -> list[datetime] | None:
    """Where a span of time begins in each calendar, or where it ends, exclusive."""
    if said is None:
        return None
    try:
        if not _DAY.fullmatch(said):
            at = instant(name, msgspec.convert(said, datetime))
            assert at is not None
            return [at for _ in calendars]
        day = date.fromisoformat(said)
        if are_ends and day == date.max:
            return [_NEVER for _ in calendars]
        return [
            each.end_of(day) if are_ends else each.start_of(day) for each in calendars
        ]
    except (msgspec.ValidationError, ValueError, OverflowError):
        raise bad_query(name, "neither a day nor an instant of RFC 3339") from None


def _must_not_end_before(
    name: str,
    said: str | None,
    begins: Sequence[datetime] | None,
    ends: Sequence[datetime] | None,
) -> None:
    """It begins, as the days of a book; between two equal instants lies nothing."""
    is_day = said is not None and _DAY.fullmatch(said)
    for begin, end in zip(begins or (), ends or (), strict=False):
        if end < begin or (is_day and end == begin):
            raise bad_query(name, "the end, not before the beginning")
