"""Moving the clocks of an answer: extension, pause, resumption."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.recorded import CaseRecorded
from interfaces.http.bodies import pausing
from interfaces.http.call import Call


class PausingController(Controller):
    """Commands about one case; each needs the version in If-Match."""

    path = "/v1/cases/{case:str}"
    tags = ("cases",)

    @post("/extension", operation_id="Extend", status_code=200)
    async def extend(
        self,
        case: FromPath[str],
        data: JSONBody[pausing.Extension],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Extend the statute's term once, with reasons (perpanjangan waktu)."""
        return await call.about_case(case, "extension", data, lambda _: data.command())

    @post("/pause", operation_id="Pause", status_code=200)
    async def pause(
        self,
        case: FromPath[str],
        data: JSONBody[pausing.Rest],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Let the clocks rest for a ground, to a day or until resumption (jeda)."""
        return await call.about_case(case, "pause", data, lambda _: data.command())

    @post("/resumption", operation_id="Resume", status_code=200)
    async def resume(
        self,
        case: FromPath[str],
        data: JSONBody[pausing.Resumption],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Let the clocks run again from today, or the day that is said, on."""
        return await call.about_case(case, "resumption", data, lambda _: data.command())
