"""Finding who answers: direction, review, disposition."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.recorded import CaseRecorded
from application.requester import IDENTITY, WORDS
from domain import commands
from domain.values import LaporClass
from interfaces.http.bodies import handling
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.report_complaints import sealed_again


class HandlingController(Controller):
    """Commands about one case; each needs the version in If-Match."""

    path = "/v1/cases/{case:str}"
    tags = ("cases",)

    @post("/direction", operation_id="GiveDirection", status_code=200)
    async def give_direction(
        self,
        case: FromPath[str],
        data: JSONBody[handling.Direction],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Say at the counter who will serve the visitor (arahan)."""
        return await call.about_case(
            case,
            "direction",
            data,
            lambda _: data.command(),
        )

    @post("/review", operation_id="ReviewReport", status_code=200)
    async def review_report(
        self,
        case: FromPath[str],
        data: JSONBody[handling.Review],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Review a report before it goes to the head (telaah)."""
        complaint = call.counter.new_id()
        again = None
        if data.class_ is LaporClass.COMPLAINT:
            again = await sealed_again(call, path_id(case), complaint)
        digests = {} if again is None else again.digests
        return await call.about_case(
            case,
            "review",
            data,
            lambda sealed: commands.ReviewReport(
                case=path_id(case),
                summary=sealed.get("summary", ""),
                classified=data.class_,
                complaint=complaint,
                words=digests.get(WORDS, ""),
                identity=digests.get(IDENTITY),
            ),
            besides=() if again is None else (again,),
        )

    @post("/disposition", operation_id="Dispose", status_code=200)
    async def dispose(
        self,
        case: FromPath[str],
        data: JSONBody[handling.Disposition],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Assign the case to an official (disposisi)."""
        return await call.about_case(
            case,
            "disposition",
            data,
            lambda _: data.command(),
        )

    @post("/lapor-status", operation_id="ImportLaporStatus", status_code=200)
    async def import_lapor_status(
        self,
        case: FromPath[str],
        data: JSONBody[handling.LaporStatus],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Copy a status that SP4N-LAPOR! shows."""
        return await call.about_case(
            case,
            "lapor-status",
            data,
            lambda _: data.command(),
        )
