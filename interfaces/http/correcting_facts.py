"""Correcting a fact that was entered wrongly."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.recorded import CaseRecorded
from interfaces.http.bodies.correcting_facts import FactCorrection
from interfaces.http.call import Call


class CorrectingFactsController(Controller):
    """A command about one case; it needs the version in If-Match."""

    path = "/v1/cases/{case:str}"
    tags = ("cases",)

    @post("/fact-correction", operation_id="CorrectFact", status_code=200)
    async def correct(
        self,
        case: FromPath[str],
        data: JSONBody[FactCorrection],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Supersede a fact; the clocks that rest on it follow (ralat)."""
        command = data.command(call.counter.now())
        return await call.about_case(case, "fact-correction", data, lambda _: command)
