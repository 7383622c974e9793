"""Incomplete requests: asking for what is missing, completion, lapse."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.recorded import CaseRecorded
from application.requester import IDENTITY
from interfaces.http.bodies import completing
from interfaces.http.call import Call


class CompletingController(Controller):
    """Commands about one case; each needs the version in If-Match."""

    path = "/v1/cases/{case:str}"
    tags = ("cases",)

    @post("/completion-request", operation_id="RequestCompletion", status_code=200)
    async def request_completion(
        self,
        case: FromPath[str],
        data: JSONBody[completing.CompletionRequest],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Ask the requester for what is missing, until a day (kelengkapan)."""
        return await call.about_case(
            case, "completion-request", data, lambda _: data.command()
        )

    @post("/completion", operation_id="ReceiveCompletion", status_code=200)
    async def receive_completion(
        self,
        case: FromPath[str],
        data: JSONBody[completing.Completion],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Take in what was missing, or some of it."""
        return await call.about_case(
            case,
            "completion",
            data,
            lambda sealed: data.command(sealed.get(IDENTITY)),
        )

    @post("/lapse", operation_id="Lapse", status_code=200)
    async def lapse(
        self,
        case: FromPath[str],
        data: JSONBody[completing.LapseNotice],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Let the request lapse after the day to reply, with notice (gugur)."""
        return await call.about_case(case, "lapse", data, lambda _: data.command())
