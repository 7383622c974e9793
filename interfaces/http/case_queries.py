"""Looking at cases: the list, and one file."""

from datetime import date, datetime
from typing import Annotated, Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec.structs import replace
from psycopg import AsyncConnection

from application import restricting
from application.desk_errors import ForbiddenError
from application.readings import Kind
from domain.values import Channel, PersonId, Stage
from interfaces.http import asking, lists
from interfaces.http.asking import (
    USUAL,
    Limit,
    Position,
    Version,
    bad_query,
    must_have_reached,
)
from interfaces.http.books import Said
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.lists import Stretch
from projections.case_file import SHOWN, CaseFile, case_file
from projections.case_list import CasePage, CaseRow, Wanted, case_list
from projections.cases import CasesView
from projections.cursor import Cursor
from projections.holding import holdings

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
        format_: Said = None,
    ) -> Response[CasePage]:
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
        )
        stretch = Stretch(limit, asking.place(Cursor.read, after))
        if not mine:
            raise ForbiddenError
        await must_have_reached(call, CasesView.name, after_position)

        async def read(connection: AsyncConnection[Any], some: Stretch) -> CasePage:
            which = replace(wanted, limit=some.limit, after=some.after)
            return await case_list(connection, which)

        return await lists.given(
            call, read, stretch, format_, name="cases", line=CaseRow
        )

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
        moment = asking.moment(version, recorded_at, occurred_at)
        opened = await asking.open_case(call, case_id)
        stood = asking.stood(opened, moment)
        told = {}
        if opened.reader.words or opened.reader.requester:
            told = await call.opened(Kind.CASE, case_id, opened.reader.sight, *SHOWN)
        is_silent = opened.reader.words and not (told or stood.case.erased)
        shown: Any = case_file(
            case_id,
            stood,
            opened.reader,
            told,
            opened.office,
            held=holdings(stood, opened.office.calendar),
            is_present=moment.is_present,
            is_closed=is_silent and await _is_closed(call, stood.case.person),
        )
        return asking.tagged(shown, stood.version if moment.is_present else None)


async def _is_closed(call: Call, person: PersonId) -> bool:
    """Whether nobody uses the requester's data, since before this case as well."""
    async with call.counter.pool.connection() as connection:
        return await restricting.any_closed(connection, (person,))
