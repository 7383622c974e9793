"""The SLA board of the caller's agencies."""

from typing import Annotated

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from application.desk_errors import ForbiddenError
from domain.values import Channel
from interfaces.http.asking import Position, bad_query, must_have_reached
from interfaces.http.call import Call
from interfaces.http.problems import RETRY_AFTER_SECONDS, RequestFaultError
from projections.board import Board
from projections.board_counted import Asked, Counted, NoBoardError, count
from projections.cases import CasesView

USUAL_DAYS = 30
LONGEST_UNIT = 200


class BoardController(Controller):
    """Figures of cases that the caller may list, and no case itself."""

    path = "/v1/sla"
    tags = ("sla",)

    @get("/", operation_id="ReadSlaBoard")
    async def read(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        channel: FromQuery[Channel | None] = None,
        unit: Annotated[str | None, QueryParameter(max_length=LONGEST_UNIT)] = None,
        days: Annotated[int, QueryParameter(ge=1, le=366)] = USUAL_DAYS,
        after_position: Position = None,
    ) -> Board:
        """What is open, due and late, whose turn it is, and how long answers take."""
        counter = call.counter
        mine = call.agencies_for("read-list")
        if agency is not None and agency not in counter.offices:
            raise bad_query("agency", "no agency has this code")
        # Figures of nothing would be figures that are wrong.
        if not mine or agency not in {None, *mine}:
            raise ForbiddenError
        asked = Asked(
            agencies=tuple(sorted(one for one in mine if agency in {None, one})),
            edition=counter.offices.edition,
            channel=channel,
            unit=unit,
            days=days,
        )
        await must_have_reached(call, CasesView.name, after_position)

        async def counted() -> Counted:
            async with counter.pool.connection() as connection:
                return await count(
                    connection, asked, counter.offices.calendar, counter.now()
                )

        try:
            return await counter.boards.board(
                asked, counted, counter.now, after_position
            )
        except NoBoardError:
            raise RequestFaultError(
                "overloaded", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
            ) from None
