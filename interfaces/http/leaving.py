"""Requests that go another way: withdrawn, passed on, or on as a letter."""

from uuid import UUID

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application import passing_on
from application.recorded import CaseRecorded
from application.requester import IDENTITY, WORDS
from application.sealing import SealedMore
from interfaces.http.bodies import leaving
from interfaces.http.bodies.leaving import GoneOnAs
from interfaces.http.call import Call
from interfaces.http.counter import Counter
from interfaces.http.headers import path_id
from interfaces.http.problems import RequestFaultError


class LeavingController(Controller):
    """Commands about one case; each needs the version in If-Match."""

    path = "/v1/cases/{case:str}"
    tags = ("cases",)

    @post("/withdrawal", operation_id="Withdraw", status_code=200)
    async def withdraw(
        self,
        case: FromPath[str],
        data: JSONBody[leaving.Withdrawal],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Record that the requester takes the request back (dicabut)."""
        return await call.about_case(
            case,
            "withdrawal",
            data,
            lambda sealed: data.command(sealed.get("withdrawal")),
        )

    @post("/transfer", operation_id="Transfer", status_code=200)
    async def transfer(
        self,
        case: FromPath[str],
        data: JSONBody[leaving.TransferNotice],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Pass the request on to the body that holds the information (pelimpahan)."""
        data.must_name_one()
        case_id, to_agency = path_id(case), data.to_agency
        if to_agency is None:
            return await call.about_case(
                case, "transfer", data, lambda _: data.command(case_id, None)
            )
        if to_agency not in call.counter.offices:
            raise RequestFaultError(
                "unknown-agency", pointer="/to_agency", in_body=True
            )
        new, sealed = await _gone_on_as(call.counter, case_id)
        return await call.about_case(
            case,
            "transfer",
            data,
            lambda _: data.command(case_id, new),
            besides=sealed,
            passed_to=to_agency,
            may_be_numbered_in=(to_agency,),
        )

    @post("/conversion", operation_id="Convert", status_code=200)
    async def convert(
        self,
        case: FromPath[str],
        data: JSONBody[leaving.Conversion],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Let a visit go on as a letter case (menjadi permohonan tertulis)."""
        case_id = path_id(case)
        new, sealed = await _gone_on_as(call.counter, case_id)
        return await call.about_case(
            case,
            "conversion",
            data,
            lambda _: data.command(case_id, new),
            besides=sealed,
            may_be_numbered_in=tuple(call.principal.memberships),
        )


async def _gone_on_as(
    counter: Counter, case: UUID
) -> tuple[GoneOnAs, tuple[SealedMore, ...]]:
    """A new case and what is sealed for it; an erased person's has no digests."""
    new_case = counter.new_id()
    async with counter.pool.connection() as connection:
        sealed = await passing_on.sealed_anew(
            counter.people, connection, case, new_case
        )
    digests = {} if sealed is None else sealed.digests
    new = GoneOnAs(new_case, digests.get(IDENTITY, ""), digests.get(WORDS, ""))
    return new, () if sealed is None else (sealed,)
