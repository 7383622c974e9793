"""Handing the answer over, and ending."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.recorded import CaseRecorded
from interfaces.http.bodies import delivering
from interfaces.http.call import Call


class DeliveringController(Controller):
    """Commands about one case; each needs the version in If-Match."""

    path = "/v1/cases/{case:str}"
    tags = ("cases",)

    @post("/delivery", operation_id="Deliver", status_code=200)
    async def deliver(
        self,
        case: FromPath[str],
        data: JSONBody[delivering.Delivery],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Give or send the answer (disampaikan)."""
        return await call.about_case(
            case,
            "delivery",
            data,
            lambda _: data.command(),
        )

    @post("/pickup", operation_id="ArrangePickup", status_code=200)
    async def arrange_pickup(
        self,
        case: FromPath[str],
        data: JSONBody[delivering.Pickup],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Call the requester to collect the answer."""
        return await call.about_case(
            case,
            "pickup",
            data,
            lambda _: data.command(),
        )

    @post("/collection", operation_id="RecordCollection", status_code=200)
    async def record_collection(
        self,
        case: FromPath[str],
        data: JSONBody[delivering.Collection],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Record that the answer was collected."""
        return await call.about_case(
            case,
            "collection",
            data,
            lambda sealed: data.command(sealed.get("collected")),
        )

    @post("/pickup-missed", operation_id="RecordMissedPickup", status_code=200)
    async def record_missed_pickup(
        self,
        case: FromPath[str],
        data: JSONBody[delivering.PickupMissed],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Record that nobody came for the answer."""
        return await call.about_case(
            case,
            "pickup-missed",
            data,
            lambda _: data.command(),
        )

    @post("/identity-return", operation_id="ReturnIdCard", status_code=200)
    async def return_id_card(
        self,
        case: FromPath[str],
        data: JSONBody[delivering.IdentityReturn],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Hand the identity card back."""
        return await call.about_case(
            case,
            "identity-return",
            data,
            lambda sealed: data.command(sealed.get("card-taken")),
        )

    @post("/overrun", operation_id="NoteOverrun", status_code=200)
    async def note_overrun(
        self,
        case: FromPath[str],
        data: JSONBody[delivering.Overrun],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Say why the target time was not enough."""
        return await call.about_case(
            case,
            "overrun",
            data,
            lambda _: data.command(),
        )

    @post("/closing", operation_id="Close", status_code=200)
    async def close(
        self,
        case: FromPath[str],
        data: JSONBody[delivering.Closing],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Close the case; nothing more is owed (selesai)."""
        return await call.about_case(
            case,
            "closing",
            data,
            lambda _: data.command(),
        )

    @post("/reopening", operation_id="Reopen", status_code=200)
    async def reopen(
        self,
        case: FromPath[str],
        data: JSONBody[delivering.Reopening],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Open a finished case again."""
        return await call.about_case(
            case,
            "reopening",
            data,
            lambda _: data.command(),
        )
