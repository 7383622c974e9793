"""Requests of data subjects: weighed, deferred with their reason, carried out."""

from collections.abc import Mapping
from typing import Any, TypeAlias
from uuid import UUID

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec.structs import replace

from application.recorded import DataRequestRecorded, FieldWarning
from application.requester import Identity
from application.sealing import Likeness
from domain import commands
from domain.values import AgencyCode, DataRequestKind, Digest
from interfaces.http import whoever_comes
from interfaces.http.bodies import data_requests as bodies
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.party import NO_PAPERS, Papers, Party, Step, about_request

Answer: TypeAlias = Response[DataRequestRecorded]


class DataRequestActController(Controller):
    """Commands about one request; each needs the version in If-Match."""

    path = "/v1/data-requests/{data_request:str}"
    tags = ("persons",)

    @post("/decision", operation_id="GrantDataRequest", status_code=200)
    async def grant(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataDecision],
        call: NamedDependency[Call],
    ) -> Answer:
        """Give way to it; an erasure once nothing needs the data (dikabulkan)."""
        return await _weighed(call, data_request, "decision", data)

    @post("/deferral", operation_id="DeferDataRequest", status_code=200)
    async def defer(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataDeferral],
        call: NamedDependency[Call],
    ) -> Answer:
        """Let an erasure wait for what the law lets run (penangguhan)."""
        return await _weighed(call, data_request, "deferral", data)

    @post("/refusal", operation_id="RefuseDataRequest", status_code=200)
    async def refuse(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataRefusal],
        call: NamedDependency[Call],
    ) -> Answer:
        """Refuse it on a ground of the Act (penolakan)."""
        return await _weighed(call, data_request, "refusal", data)

    @post("/execution", operation_id="AnswerDataRequest", status_code=200)
    async def answer(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataExecution],
        call: NamedDependency[Call],
    ) -> Answer:
        """Hand the data over, or destroy the key to them, as was granted."""

        def command(papers: Papers) -> commands.AnswerDataRequest:
            return commands.AnswerDataRequest(
                request=path_id(data_request), how=data.how, documents=papers
            )

        def step(who: Party) -> Step:
            if who.kind is DataRequestKind.ERASURE:
                return who.erases(command)
            return who.decides(command(NO_PAPERS))

        return await about_request(call, data_request, "execution", data, step)

    @post("/correction", operation_id="CorrectPersonalData", status_code=200)
    async def correct(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataCorrection],
        call: NamedDependency[Call],
    ) -> Answer:
        """Put right who asks, in every case of the person (perbaikan)."""
        said, counter = data.said(), call.counter
        warnings: tuple[FieldWarning, ...] = ()

        def looked_at(
            agency: AgencyCode, identity: Identity
        ) -> tuple[Identity, tuple[Likeness, ...]]:
            nonlocal warnings
            seen = whoever_comes.looked_at(counter, agency, identity)
            warnings = whoever_comes.warnings(seen, "/requester")
            return seen, counter.likenesses.of(agency, seen)

        def command(identities: Mapping[UUID, Digest]) -> commands.CorrectPersonalData:
            return commands.CorrectPersonalData(
                request=path_id(data_request),
                how=data.how,
                identities=identities,
                fields=tuple(said),
            )

        def step(who: Party) -> Step:
            done = who.corrects(command, counter.people, said, looked_at)
            return replace(done, warnings=warnings)

        return await about_request(call, data_request, "correction", data, step)

    @post("/restriction", operation_id="RestrictProcessing", status_code=200)
    async def restrict(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataExecution],
        call: NamedDependency[Call],
    ) -> Answer:
        """From now on nobody uses the person's data (pembatasan)."""
        request = path_id(data_request)
        command = commands.RestrictProcessing(request=request, how=data.how)

        def step(who: Party) -> Step:
            return who.closes(command, request, lifted=False)

        return await about_request(call, data_request, "restriction", data, step)

    @post("/lifting", operation_id="LiftRestriction", status_code=200)
    async def lift(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataLifting],
        call: NamedDependency[Call],
    ) -> Answer:
        """The data may be used again (pembatasan dicabut)."""
        request = path_id(data_request)
        command = commands.LiftRestriction(request=request, reason=data.reason)

        def step(who: Party) -> Step:
            return who.closes(command, request, lifted=True)

        return await about_request(call, data_request, "lifting", data, step)


async def _weighed(
    call: Call,
    request: str,
    word: str,
    data: bodies.DataDecision | bodies.DataDeferral | bodies.DataRefusal,
) -> Response[Any]:
    """What is decided of it, in view of all that touches the person's data."""
    return await about_request(
        call, request, word, data, lambda who: who.decides(data.command())
    )
