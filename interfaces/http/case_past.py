"""What became of one case: its history, what changed, and why its terms end then."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final, TypeAlias

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from domain.calendar import Calendar
from interfaces.http import asking, csv_answer, history_csv
from interfaces.http.asking import (
    LARGEST,
    USUAL,
    Behind,
    Limit,
    Version,
    bad_query,
    instant,
)
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from interfaces.http.headers import path_id
from interfaces.http.problems import RequestFaultError
from projections import diff as comparing
from projections import effective
from projections.case_file import CaseFile, case_file
from projections.deadlines import Deadlines, deadlines
from projections.diff import BackwardsError, Change, Diff, Span
from projections.history import HistoryPage
from projections.holding import Held, Holding, held_by, holdings
from projections.standing import Moment, NoSuchVersionError, Standing


class Timeline(StrEnum):
    """In which of a case's two times an instant is meant."""

    RECORDED_AT = "recorded_at"
    OCCURRED_AT = "occurred_at"


_Point: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=LARGEST)] | datetime
"""A version, or an instant with its offset."""


class Holdings(msgspec.Struct, frozen=True):
    """Spans in their order, and how long each party held the case in all."""

    held: tuple[Holding, ...]
    held_by: tuple[Held, ...]


class CasePastController(Controller):
    """Queries of inspectors and officials; nothing that is sealed stands in them."""

    path = "/v1/cases/{case:str}"
    tags = ("cases",)

    @get("/history", operation_id="ReadHistory")
    async def history(
        self,
        *,
        case: FromPath[str],
        call: NamedDependency[Call],
        after: Behind = 0,
        limit: Limit = USUAL,
        recorded_at: FromQuery[datetime | None] = None,
        occurred_at: FromQuery[datetime | None] = None,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[HistoryPage]:
        """Who did what, when, under which rule; `after` is a version.

        CSV holds all of it behind `after`, and not only `limit`. Ids of persons and
        digests are left out for who may know nothing of whoever asks.
        """
        case_id = path_id(case)
        moment = asking.moment(None, recorded_at, occurred_at)
        opened = await asking.open_case(call, case_id)
        asking.stood(opened, moment)  # or there was no case then
        known = effective.so_far(opened.entries, moment)
        return history_csv.asked_for(
            call,
            format_,
            known,
            opened.office,
            after=after,
            limit=limit,
            tells_whose=asking.tells_whose(call, opened),
        )

    @get("/deadlines", operation_id="ReadDeadlines")
    async def deadlines(
        self,
        case: FromPath[str],
        call: NamedDependency[Call],
        version: Version = None,
        recorded_at: FromQuery[datetime | None] = None,
        occurred_at: FromQuery[datetime | None] = None,
    ) -> Deadlines:
        """Every clock, with a line for each day of its term (rincian hitungan hari)."""
        case_id = path_id(case)
        moment = asking.moment(version, recorded_at, occurred_at)
        opened = await asking.open_case(call, case_id)
        stood = asking.stood(opened, moment)
        return deadlines(stood.case.clocks, opened.office, stood.at)

    @get("/diff", operation_id="ReadDiff")
    async def diff(
        self,
        *,
        case: FromPath[str],
        call: NamedDependency[Call],
        since: Annotated[_Point, QueryParameter(name="from")],
        to: FromQuery[_Point],
        time: FromQuery[Timeline] = Timeline.RECORDED_AT,
        recorded_at: FromQuery[datetime | None] = None,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[Diff]:
        """What changed of the case between two versions or instants."""
        case_id = path_id(case)
        known_at = asking.moment(None, recorded_at, None)
        span = _span(_moment("from", since, time), _moment("to", to, time))
        opened = await asking.open_case(call, case_id)
        stood = asking.stood(opened, known_at)
        office = opened.office

        def file(standing: Standing) -> CaseFile:
            # Nothing that is sealed is opened.
            return case_file(
                case_id, standing, opened.reader, {}, office, is_present=False
            )

        try:
            changes = comparing.changes(stood.entries, stood.at, span, office, file)
        except NoSuchVersionError:
            raise RequestFaultError("unknown-version") from None
        except BackwardsError:
            raise _BACKWARDS from None
        if csv_answer.is_wanted(call, format_):
            columns = csv_answer.header(Change)
            return csv_answer.whole(f"diff-{case_id}", columns, changes)
        told = Diff(
            since=_told(since, office.calendar),
            to=_told(to, office.calendar),
            changes=changes,
        )
        return Response(content=told)

    @get("/holdings", operation_id="ReadHoldings")
    async def holdings(
        self,
        *,
        case: FromPath[str],
        call: NamedDependency[Call],
        version: Version = None,
        recorded_at: FromQuery[datetime | None] = None,
        occurred_at: FromQuery[datetime | None] = None,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[Holdings]:
        """Who held the case, one after the other, and for how long."""
        case_id = path_id(case)
        moment = asking.moment(version, recorded_at, occurred_at)
        opened = await asking.open_case(call, case_id)
        spans = holdings(asking.stood(opened, moment), opened.office.calendar)
        if csv_answer.is_wanted(call, format_):
            columns = csv_answer.header(Holding)
            return csv_answer.whole(f"holdings-{case_id}", columns, spans)
        return Response(content=Holdings(spans, held_by(spans)))


_BACKWARDS: Final = bad_query("from", "after `to`")


def _moment(name: str, point: int | datetime, time: Timeline) -> Moment:
    if isinstance(point, int):
        if not 1 <= point <= LARGEST:
            raise bad_query(name, "versions begin with 1")
        return Moment(version=point)
    at = instant(name, point)
    if time is Timeline.OCCURRED_AT:
        return Moment(occurred_at=at)
    return Moment(recorded_at=at)


def _span(since: Moment, to: Moment) -> Span:
    """The two moments, where they can be told from each other without the case."""
    if (since.version is None) != (to.version is None) and (
        since.occurred_at or to.occurred_at
    ):
        raise bad_query("time", "a version and an instant are both of recorded time")
    if comparing.is_backwards(since, to):
        raise _BACKWARDS
    return Span(since, to)


def _told(point: int | datetime, calendar: Calendar) -> int | datetime:
    return point if isinstance(point, int) else calendar.local(point)
