"""Figures for reporting jobs, and the cases behind each of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated, Final

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from application import register
from application.desk_errors import ForbiddenError
from application.register import Connection
from domain.values import AgencyCode, Channel
from interfaces import report_told
from interfaces.http import asking, books, csv_answer
from interfaces.http.asking import USUAL, Limit, Position, bad_query
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from interfaces.http.problems import RETRY_AFTER_SECONDS, RequestFaultError
from projections.reports import compliance, counted_cases
from projections.reports.annual import Annual, annual
from projections.reports.compliance import Compliance, Statement
from projections.reports.counted_cases import (
    CountedPage,
    CountedRow,
    NoSuchFigureError,
    Place,
)
from projections.reports.period import (
    EARLIEST,
    LATEST,
    Asked,
    BadPeriodError,
    BeyondCalendarsError,
)
from projections.reports.standing import VIEWS, NoViewsError, Stand, as_they_serve

_ACTION: Final = "read-figures"


class ReportController(Controller):
    """Of the agencies whose figures the caller may see, and of no other."""

    path = "/v1/reports"
    tags = ("reports",)

    @get("/compliance", operation_id="ReportCompliance")
    async def compliance(
        self,
        *,
        call: NamedDependency[Call],
        first: Annotated[date, QueryParameter(name="from")],
        to: FromQuery[date],
        agency: FromQuery[str | None] = None,
        channel: FromQuery[Channel | None] = None,
        after_position: Position = None,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[Compliance]:
        """The figures of these local days, both inclusive, with their definitions."""
        asked = _asked(call, first, to, agency, channel)
        await _must_have_reached(call, after_position)
        report = await _report(call, asked, agency)
        if csv_answer.is_wanted(call, format_):
            rows = report_told.rows(report)
            return csv_answer.whole("compliance", report_told.COLUMNS, rows)
        return Response(content=report)

    @get("/annual", operation_id="ReportAnnual")
    async def annual(
        self,
        *,
        call: NamedDependency[Call],
        year: Annotated[int, QueryParameter(ge=EARLIEST.year, le=LATEST.year)],
        agency: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[Annual]:
        """What Perki 1/2021 article 56 wants to be published of a year."""
        asked = _asked(call, date(year, 1, 1), date(year, 12, 31), agency, None)
        await _must_have_reached(call, after_position)
        report = annual(await _report(call, asked, agency))
        if csv_answer.is_wanted(call, format_):
            rows = report_told.annual_rows(report)
            return csv_answer.whole("annual", report_told.ANNUAL_COLUMNS, rows)
        return Response(content=report)

    @get("/compliance/cases", operation_id="ListCountedCases")
    async def counted(
        self,
        *,
        call: NamedDependency[Call],
        figure: FromQuery[str],
        first: Annotated[date, QueryParameter(name="from")],
        to: FromQuery[date],
        agency: FromQuery[str | None] = None,
        channel: FromQuery[Channel | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[CountedPage]:
        """What one figure counts, as often as it counts, the last received first.

        CSV holds all of it from there on, and not `limit` rows. Complaints are counted
        all, and listed to those alone who may see what was done about them.
        """
        asked = _asked(call, first, to, agency, channel)
        place = asking.place(Place.read, after)
        affairs = books.onlooker(call).affairs()
        await _must_have_reached(call, after_position)
        try:
            if csv_answer.is_wanted(call, format_):
                columns = csv_answer.header(CountedRow)
                rows = counted_cases.all_counted(
                    lambda: _serving(call), asked, figure, place, to=affairs
                )
                return await csv_answer.streamed("counted-cases", columns, rows)
            async with _serving(call) as connection:
                page = await counted_cases.counted_cases(
                    connection, asked, figure, place, limit, to=affairs
                )
        except NoSuchFigureError:
            raise bad_query("figure", "no figure has this name") from None
        return Response(content=page)


@asynccontextmanager
async def _serving(call: Call) -> AsyncIterator[Connection]:
    """A connection that reads the views as one commit left them behind."""
    async with call.heavy.connection() as connection, _stand(connection):
        yield connection


@asynccontextmanager
async def _stand(connection: Connection) -> AsyncIterator[Stand]:
    """Where the views stand; 503 before there are any."""
    try:
        async with as_they_serve(connection) as stand:
            yield stand
    except NoViewsError:
        raise _not_there_yet() from None


async def _report(call: Call, asked: Asked, agency: AgencyCode | None) -> Compliance:
    async with call.heavy.connection() as connection:
        head = await register.head(connection)
        async with _stand(connection) as stand:
            groups = await compliance.figures(connection, asked)
    return compliance.stated(
        groups,
        asked,
        Statement(
            agency=agency,
            position=stand.position,
            left_out=stand.left_out,
            head=max(head, stand.position),
            generated_at=asked.now,
            seen_by=report_told.seen_by(call.counter.authority),
        ),
    )


def _asked(
    call: Call,
    first: date,
    to: date,
    agency: AgencyCode | None,
    channel: Channel | None,
) -> Asked:
    offices = call.counter.offices
    if agency is not None and agency not in offices:
        raise bad_query("agency", "no agency has this code")
    mine = call.agencies_for(_ACTION)
    wanted = mine if agency is None else [agency] if agency in mine else []
    if not wanted:
        raise ForbiddenError
    calendars = [(one, offices.calendar(one)) for one in wanted]
    try:
        return Asked.of(first, to, calendars, call.counter.now(), channel)
    except BadPeriodError:
        raise bad_query("to", "the last day, not before the first") from None
    except BeyondCalendarsError as fault:
        raise bad_query("from" if fault.first else "to", str(fault)) from None


async def _must_have_reached(call: Call, position: int | None) -> None:
    """Read your own writes: the figures have to count what was recorded up to there.

    Without a position they are waited for while they are made for the first time.
    """
    for view in VIEWS:
        if not await call.counter.moves.reached(view.name, position or 0):
            raise _not_there_yet()


def _not_there_yet() -> RequestFaultError:
    return RequestFaultError(
        "overloaded", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
    )
