"""The work list: what waits for the caller now, and for whom he stands in."""

from datetime import date

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from application.desk_errors import ForbiddenError
from domain.values import Role
from interfaces.http import asking
from interfaces.http.asking import (
    USUAL,
    Limit,
    Position,
    bad_query,
    must_have_reached,
)
from interfaces.http.call import Call
from projections.cases import CasesView
from projections.owed import Duty
from projections.work_page import Place, WorkPage
from projections.worklist import Wanted, worklist


class WorklistController(Controller):
    """Nothing of a requester is in it: what to do, where, and until when."""

    path = "/v1/worklist"
    tags = ("worklist",)

    @get("/", operation_id="ReadWorklist")
    async def read(
        self,
        *,
        call: NamedDependency[Call],
        task: FromQuery[Duty | None] = None,
        role: FromQuery[Role | None] = None,
        agency: FromQuery[str | None] = None,
        due_before: FromQuery[date | None] = None,
        overdue: FromQuery[bool | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
    ) -> WorkPage:
        """What waits for the caller in all his posts, most pressing first."""
        counter = call.counter
        mine = call.agencies_for("read-list")
        if agency is not None and agency not in counter.offices:
            raise bad_query("agency", "no agency has this code")
        if not mine:
            raise ForbiddenError
        place = asking.place(Place.read, after)
        await must_have_reached(call, CasesView.name, after_position)
        now = counter.now()
        wanted = Wanted(
            seats=[
                asking.seat(call, one, now) for one in mine if agency in {None, one}
            ],
            now=now,
            task=task,
            role=role,
            due_before=due_before,
            overdue=overdue,
            limit=limit,
            after=place,
        )
        async with counter.pool.connection() as connection:
            return await worklist(connection, wanted)
