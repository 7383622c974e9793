"""Complaints and objections: their lists, and their registers."""

from datetime import date
from functools import partial
from typing import Annotated, Any

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from msgspec.structs import replace
from psycopg import AsyncConnection

from application.desk_errors import ForbiddenError
from domain.values import (
    ComplaintChannel,
    ComplaintClass,
    ComplaintKind,
    ComplaintStage,
    ObjectionGround,
    ObjectionRuling,
    ObjectionStage,
)
from interfaces.http import asking, books, lists
from interfaces.http.asking import USUAL, Limit, Position, must_have_reached
from interfaces.http.books import First, Said
from interfaces.http.call import Call
from interfaces.http.lists import Stretch
from projections.complaint_list import (
    ComplaintPage,
    ComplaintRow,
    ComplaintsWanted,
    complaint_list,
)
from projections.complaints import ComplaintsView
from projections.cursor import Cursor
from projections.objection_list import (
    ObjectionPage,
    ObjectionRow,
    ObjectionsWanted,
    objection_list,
)
from projections.objections import ObjectionsView
from projections.registers.complaints import (
    ComplaintLine,
    ComplaintRegisterPage,
    complaints,
)
from projections.registers.objections import (
    ObjectionLine,
    ObjectionRegisterPage,
    objections,
)
from projections.registers.onlooker import Caller


class SideRegisterController(Controller):
    """Of the caller's agencies; complaints only of those kinds that are his to see."""

    path = "/v1"
    tags = ("registers",)

    @get("/complaints", operation_id="ListComplaints", tags=("complaints",))
    async def list_complaints(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        channel: FromQuery[ComplaintChannel | None] = None,
        stage: FromQuery[ComplaintStage | None] = None,
        classified: Annotated[
            ComplaintClass | None, QueryParameter(name="class")
        ] = None,
        kind: FromQuery[ComplaintKind | None] = None,
        overdue: FromQuery[bool | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[ComplaintPage]:
        """The complaints that are the caller's to see, newest first."""
        stretch = Stretch(limit, asking.place(Cursor.read, after))
        onlooker = books.onlooker(call)
        wanted = ComplaintsWanted(
            agencies=books.agencies(call, _complaining(onlooker), agency),
            now=onlooker.now,
            channel=channel,
            stage=stage,
            classified=classified,
            kind=kind,
            overdue=overdue,
        )
        await must_have_reached(call, ComplaintsView.name, after_position)

        async def read(
            connection: AsyncConnection[Any], some: Stretch
        ) -> ComplaintPage:
            which = replace(wanted, limit=some.limit, after=some.after)
            return await complaint_list(connection, onlooker, which)

        return await lists.given(
            call, read, stretch, format_, name="complaints", line=ComplaintRow
        )

    @get("/objections", operation_id="ListObjections", tags=("objections",))
    async def list_objections(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        ground: FromQuery[ObjectionGround | None] = None,
        stage: FromQuery[ObjectionStage | None] = None,
        decision: FromQuery[ObjectionRuling | None] = None,
        overdue: FromQuery[bool | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[ObjectionPage]:
        """The objections to decisions of the caller's agencies, newest first."""
        stretch = Stretch(limit, asking.place(Cursor.read, after))
        mine = call.agencies_for("read-list")
        wanted = ObjectionsWanted(
            agencies=books.agencies(call, mine, agency),
            now=call.counter.now(),
            ground=ground,
            stage=stage,
            decision=decision,
            overdue=overdue,
        )
        await must_have_reached(call, ObjectionsView.name, after_position)

        async def read(
            connection: AsyncConnection[Any], some: Stretch
        ) -> ObjectionPage:
            which = replace(wanted, limit=some.limit, after=some.after)
            return await objection_list(connection, which)

        return await lists.given(
            call, read, stretch, format_, name="objections", line=ObjectionRow
        )

    @get("/registers/complaints", operation_id="ReadComplaintRegister")
    async def complaints(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        first: First = None,
        to: FromQuery[date | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[ComplaintRegisterPage]:
        """The register of complaints, by the day (buku register pengaduan).

        `from` and `to` are local days, both inclusive. CSV holds all that fits.
        """
        mine = books.agencies(call, _complaining(books.onlooker(call)), agency)
        wanted = books.excerpt(call, mine, (first, to), limit, after)
        await must_have_reached(call, ComplaintsView.name, after_position)
        return await books.given(
            call, complaints, wanted, format_, name="complaints", line=ComplaintLine
        )

    @get("/registers/objections", operation_id="ReadObjectionRegister")
    async def objections(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        ground: FromQuery[ObjectionGround | None] = None,
        decision: FromQuery[ObjectionRuling | None] = None,
        first: First = None,
        to: FromQuery[date | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[ObjectionRegisterPage]:
        """The register of objections, by the day of filing (buku register keberatan).

        `from` and `to` are local days, both inclusive. CSV holds all that fits.
        """
        mine = books.agencies(call, call.agencies_for("read-list"), agency)
        wanted = books.excerpt(call, mine, (first, to), limit, after)
        await must_have_reached(call, ObjectionsView.name, after_position)
        leaf = partial(objections, ground=ground, decision=decision)
        return await books.given(
            call, leaf, wanted, format_, name="objections", line=ObjectionLine
        )


def _complaining(onlooker: Caller) -> list[str]:
    """The agencies in which the caller may see any complaint."""
    mine = dict.fromkeys(affair.agency for affair in onlooker.affairs().read)
    if not mine:
        raise ForbiddenError
    return list(mine)
