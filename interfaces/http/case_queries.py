"""Looking at cases: the list, one file, its history."""

from datetime import date, datetime
from typing import Annotated, Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from application.desk_errors import ForbiddenError
from domain.values import Channel, Stage
from interfaces.http import asking
from interfaces.http.asking import (
    USUAL,
    Behind,
    Limit,
    Position,
    Version,
    bad_query,
    instant,
)
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.problems import RETRY_AFTER_SECONDS, RequestFaultError
from projections import standing
from projections.case_file import CaseFile, case_file
from projections.case_list import BadCursorError, CasePage, Cursor, Wanted, case_list
from projections.cases import CasesView
from projections.history import HistoryPage, history
from projections.standing import Moment, NoSuchVersionError

LONGEST_NUMBER = 200


class CaseQueryController(Controller):
    """Queries; what a caller may not see is left out or refused, never guessed at."""

    path = "/v1/cases"
    tags = ("cases",)

    @get("/", operation_id="ListCases")
    async def list_cases(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        channel: FromQuery[Channel | None] = None,
        stage: FromQuery[Stage | None] = None,
        assignee: FromQuery[str | None] = None,
        due_before: FromQuery[date | None] = None,
        overdue: FromQuery[bool | None] = None,
        q: Annotated[str | None, QueryParameter(max_length=LONGEST_NUMBER)] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
    ) -> CasePage:
        """The cases of the caller's agencies, newest first."""
        mine = call.agencies_for("read-list")
        if agency is not None and agency not in call.counter.offices:
            raise bad_query("agency", "no agency has this code")
        wanted = Wanted(
            agencies=mine if agency is None else [agency] if agency in mine else [],
            now=call.counter.now(),
            channel=channel,
            stage=stage,
            assignee=assignee,
            due_before=due_before,
            overdue=overdue,
            q=q,
            limit=limit,
            after=_cursor(after),
        )
        if not mine:
            raise ForbiddenError
        await _must_have_reached(call, after_position)
        async with call.counter.pool.connection() as connection:
            return await case_list(connection, wanted)

    @get("/{case:str}", operation_id="ReadCase")
    async def read(
        self,
        case: FromPath[str],
        call: NamedDependency[Call],
        version: Version = None,
        recorded_at: FromQuery[datetime | None] = None,
        occurred_at: FromQuery[datetime | None] = None,
    ) -> Response[CaseFile]:
        """One case, as it stands or as it stood; only the present has an ETag."""
        case_id = path_id(case)
        moment = _moment(version, recorded_at, occurred_at)
        opened = await asking.open_case(call, case_id)
        try:
            stood = standing.replay(opened.entries, opened.now, moment)
        except NoSuchVersionError:
            raise RequestFaultError("unknown-version") from None
        told = {}
        if opened.reader.words or opened.reader.requester:
            async with call.counter.pool.connection() as connection:
                told = await call.counter.people.read(connection, case_id)
        shown: Any = case_file(
            case_id,
            stood,
            opened.reader,
            told,
            call.counter.offices.under(stood.case.standard),
            is_present=moment.is_present,
        )
        return asking.tagged(shown, stood.version if moment.is_present else None)

    @get("/{case:str}/history", operation_id="ReadHistory")
    async def history(
        self,
        case: FromPath[str],
        call: NamedDependency[Call],
        after: Behind = 0,
        limit: Limit = USUAL,
    ) -> HistoryPage:
        """Who did what, when, under which rule; `after` is a version."""
        opened = await asking.open_case(call, path_id(case))
        known = opened.present.case
        office = call.counter.offices.under(known.standard)
        return history(opened.entries, known.agency, office, after, limit)


def _cursor(after: str | None) -> Cursor | None:
    if after is None:
        return None
    try:
        return Cursor.read(after)
    except BadCursorError:
        raise bad_query("after", "no place where a list was left off") from None


def _moment(
    version: int | None, recorded_at: datetime | None, occurred_at: datetime | None
) -> Moment:
    if sum(said is not None for said in (version, recorded_at, occurred_at)) > 1:
        raise bad_query("version", "say one of version, recorded_at and occurred_at")
    return Moment(
        version=version,
        recorded_at=instant("recorded_at", recorded_at),
        occurred_at=instant("occurred_at", occurred_at),
    )


async def _must_have_reached(call: Call, position: int | None) -> None:
    """Read your own writes: the list has to hold what was recorded up to there."""
    if position is None:
        return
    if not await call.counter.moves.reached(CasesView.name, position):
        raise RequestFaultError(
            "overloaded", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
        )
