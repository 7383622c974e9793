"""Who was shown what of whose data: for those who watch over it, not for everybody."""

from datetime import date
from functools import partial
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from interfaces.http import books
from interfaces.http.asking import USUAL, Limit, Position
from interfaces.http.books import First, Said
from interfaces.http.call import Call
from projections.registers.readings import (
    ReadingLine,
    ReadingPage,
    ReadingsWanted,
    readings,
)


class ReadingController(Controller):
    """The trail of readings, as a query and an export."""

    path = "/v1/readings"
    tags = ("audit",)

    @get("/", operation_id="ReadReadings")
    async def readings(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        case: FromQuery[UUID | None] = None,
        person: FromQuery[UUID | None] = None,
        official: FromQuery[str | None] = None,
        first: First = None,
        to: FromQuery[date | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[ReadingPage]:
        """Who read the file, newest first (siapa membaca); as JSON or CSV.

        `case` may be a complaint, an objection or a visit as well. `from` and `to` are
        local days, both inclusive. CSV holds all that fits.
        """
        # A reading is kept before its answer goes out: nothing is waited for.
        del after_position
        mine = books.agencies(call, call.agencies_for("read-readings"), agency)
        wanted = books.excerpt(call, mine, (first, to), limit, after)
        which = ReadingsWanted(case=case, person=person, official=official)
        leaf = partial(readings, wanted=which)
        return await books.given(
            call, leaf, wanted, format_, name="readings", line=ReadingLine
        )
