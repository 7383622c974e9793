"""Writing the answer, tier by tier, and refusing."""

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.recorded import CaseRecorded
from interfaces.http.bodies import answering
from interfaces.http.call import Call


class AnsweringController(Controller):
    """Commands about one case; each needs the version in If-Match."""

    path = "/v1/cases/{case:str}"
    tags = ("cases",)

    @post("/draft", operation_id="Draft", status_code=200)
    async def draft(
        self,
        case: FromPath[str],
        data: JSONBody[answering.DraftBody],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Write a version of the answer (konsep)."""
        return await call.about_case(
            case,
            "draft",
            data,
            lambda sealed: data.command(sealed.get("draft")),
        )

    @post("/consequence-test", operation_id="RecordConsequenceTest", status_code=200)
    async def record_consequence_test(
        self,
        case: FromPath[str],
        data: JSONBody[answering.ConsequenceTest],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Record a consequence test (uji konsekuensi)."""
        return await call.about_case(
            case,
            "consequence-test",
            data,
            lambda _: data.command(),
        )

    @post("/approval", operation_id="Approve", status_code=200)
    async def approve(
        self,
        case: FromPath[str],
        data: JSONBody[answering.ApprovalBody],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Put initials or signature to the draft (paraf, tanda tangan)."""
        return await call.about_case(
            case,
            "approval",
            data,
            lambda _: data.command(),
        )

    @post("/correction", operation_id="ReturnForCorrection", status_code=200)
    async def return_for_correction(
        self,
        case: FromPath[str],
        data: JSONBody[answering.Correction],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Send the draft back to its drafter (dikembalikan)."""
        return await call.about_case(
            case,
            "correction",
            data,
            lambda _: data.command(),
        )

    @post("/refusal", operation_id="RefuseAtCounter", status_code=200)
    async def refuse_at_counter(
        self,
        case: FromPath[str],
        data: JSONBody[answering.Refusal],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Say at the counter that items are exempt, and why (ditolak)."""
        return await call.about_case(
            case,
            "refusal",
            data,
            lambda _: data.command(),
        )
