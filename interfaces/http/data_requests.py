"""Requests of data subjects: weighed, deferred with their reason, carried out."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec.structs import replace

from application.entries import Entry
from application.readings import Ground, Kind
from application.recorded import DataRequestRecorded, FieldWarning
from application.requester import Identity
from application.sealing import Likeness
from application.sight import Sight
from domain import commands
from domain.values import AgencyCode, DataRequestKind, DataRequestStage, Digest
from interfaces.http import (
    asking,
    books,
    data_request_lists,
    history_csv,
    party,
    posts,
    whoever_comes,
)
from interfaces.http.asking import USUAL, Behind, Limit, Position
from interfaces.http.bodies import data_requests as bodies
from interfaces.http.books import Said
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.lists import Stretch
from interfaces.http.party import NO_PAPERS, Papers, Party, Step
from interfaces.http.problems import RequestFaultError
from projections.case_list import Cursor
from projections.data_request_file import (
    DataRequestFile,
    DataRequestLine,
    DataRequestPage,
    data_request_file,
    data_request_line,
    folded_request,
    hold_faces,
)
from projections.data_request_list import RequestsWanted
from projections.history import HistoryPage

WISH: Final = "wish"
"""The field under which the wish is sealed."""


class DataRequestController(Controller):
    """A data subject's request has a history of its own; his cases tell what befell."""

    path = "/v1/data-requests"
    tags = ("persons",)

    @get("/", operation_id="ListDataRequests")
    async def list_requests(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        stage: FromQuery[DataRequestStage | None] = None,
        kind: FromQuery[DataRequestKind | None] = None,
        overdue: FromQuery[bool | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[DataRequestPage]:
        """Data subjects' requests of the caller's agencies, newest first."""
        mine = call.agencies_for("read-data-requests")
        stretch = Stretch(limit, asking.place(Cursor.read, after))
        wanted = RequestsWanted(
            agencies=books.agencies(call, mine, agency),
            now=call.counter.now(),
            stage=stage,
            kind=kind,
            overdue=overdue,
        )
        return await data_request_lists.listed(
            call, wanted, stretch, after_position, format_
        )

    @get("/{data_request:str}", operation_id="ReadDataRequest")
    async def read(
        self, data_request: FromPath[str], call: NamedDependency[Call]
    ) -> Response[DataRequestFile]:
        """A request as it stands, and what lets an erasure wait at present."""
        entries, line = await _opened(call, path_id(data_request))
        who = await party.of_request(call, line.data_request)
        office = call.counter.offices.on(line.agency, call.counter.now())
        runs = hold_faces(who.standing(call), office, call.counter.now())
        words = await _words(call, entries, line)
        shown = data_request_file(line, runs, words)
        return asking.tagged(shown, shown.version)

    @get("/{data_request:str}/history", operation_id="ReadDataRequestHistory")
    async def history(
        self,
        data_request: FromPath[str],
        call: NamedDependency[Call],
        after: Behind = 0,
        limit: Limit = USUAL,
        format_: Said = None,
    ) -> Response[HistoryPage]:
        """Who did what about it, when, and under which rule."""
        entries, shown = await _opened(call, path_id(data_request))
        office = call.counter.offices.on(shown.agency, call.counter.now())
        return history_csv.asked_for(
            call, format_, entries, office, after=after, limit=limit
        )

    @post(
        "/{data_request:str}/decision", operation_id="GrantDataRequest", status_code=200
    )
    async def grant(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataDecision],
        call: NamedDependency[Call],
    ) -> Response[DataRequestRecorded]:
        """Give way to it; an erasure once nothing needs the data (dikabulkan)."""
        return await party.about_request(
            call,
            data_request,
            "decision",
            data,
            lambda who: who.decides(data.command()),
        )

    @post(
        "/{data_request:str}/deferral", operation_id="DeferDataRequest", status_code=200
    )
    async def defer(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataDeferral],
        call: NamedDependency[Call],
    ) -> Response[DataRequestRecorded]:
        """Let an erasure wait for what the law lets run (penangguhan)."""
        return await party.about_request(
            call,
            data_request,
            "deferral",
            data,
            lambda who: who.decides(data.command()),
        )

    @post(
        "/{data_request:str}/refusal", operation_id="RefuseDataRequest", status_code=200
    )
    async def refuse(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataRefusal],
        call: NamedDependency[Call],
    ) -> Response[DataRequestRecorded]:
        """Refuse it on a ground of the Act (penolakan)."""
        return await party.about_request(
            call,
            data_request,
            "refusal",
            data,
            lambda who: who.decides(data.command()),
        )

    @post(
        "/{data_request:str}/execution",
        operation_id="AnswerDataRequest",
        status_code=200,
    )
    async def answer(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataExecution],
        call: NamedDependency[Call],
    ) -> Response[DataRequestRecorded]:
        """Hand the data over, or destroy the key to them, as was granted."""

        def command(papers: Papers) -> commands.AnswerDataRequest:
            return commands.AnswerDataRequest(
                request=path_id(data_request), how=data.how, documents=papers
            )

        def step(who: Party) -> Step:
            if who.kind is DataRequestKind.ERASURE:
                return who.erases(command)
            return who.decides(command(NO_PAPERS))

        return await party.about_request(call, data_request, "execution", data, step)

    @post(
        "/{data_request:str}/correction",
        operation_id="CorrectPersonalData",
        status_code=200,
    )
    async def correct(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataCorrection],
        call: NamedDependency[Call],
    ) -> Response[DataRequestRecorded]:
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

        return await party.about_request(call, data_request, "correction", data, step)

    @post(
        "/{data_request:str}/restriction",
        operation_id="RestrictProcessing",
        status_code=200,
    )
    async def restrict(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataExecution],
        call: NamedDependency[Call],
    ) -> Response[DataRequestRecorded]:
        """From now on nobody uses the person's data (pembatasan)."""
        request = path_id(data_request)
        command = commands.RestrictProcessing(request=request, how=data.how)
        return await party.about_request(
            call,
            data_request,
            "restriction",
            data,
            lambda who: who.closes(command, request, lifted=False),
        )

    @post(
        "/{data_request:str}/lifting", operation_id="LiftRestriction", status_code=200
    )
    async def lift(
        self,
        data_request: FromPath[str],
        data: JSONBody[bodies.DataLifting],
        call: NamedDependency[Call],
    ) -> Response[DataRequestRecorded]:
        """The data may be used again (pembatasan dicabut)."""
        request = path_id(data_request)
        command = commands.LiftRestriction(request=request, reason=data.reason)
        return await party.about_request(
            call,
            data_request,
            "lifting",
            data,
            lambda who: who.closes(command, request, lifted=True),
        )


async def _opened(call: Call, subject: UUID) -> tuple[Sequence[Entry], DataRequestLine]:
    """A request's entries and line, for who may read such of its agency."""
    entries = await asking.history_of(call, subject)
    request = folded_request(entries)
    if request is None:
        raise RequestFaultError("not-found")
    asking.member_who_may(call, request.agency, "read-data-requests")
    counter = call.counter
    now = counter.now()
    office = counter.offices.of(request, request.agency, now)
    return entries, data_request_line(entries, office, now)


async def _words(
    call: Call, entries: Sequence[Entry], shown: DataRequestLine
) -> str | None:
    """The wish, for who answers it; None to others, and once it is erased."""
    official = asking.member(call, shown.agency)
    leave = posts.leave(call.counter, official, "read-person", Ground.SUBJECT_REQUEST)
    digest = getattr(entries[0].event, "words", None)
    if leave is None or digest is None:
        return None
    sight = Sight(words=leave)
    told = await call.opened(Kind.DATA_REQUEST, shown.data_request, sight, WISH)
    return told[digest].decode() if digest in told else None
