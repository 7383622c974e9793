"""Requests of data subjects, as those see them who watch over or answer them."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from application.entries import Entry
from application.readings import Ground, Kind
from application.sight import Sight
from domain.values import DataRequestKind, DataRequestStage
from interfaces.http import (
    asking,
    books,
    data_request_lists,
    history_csv,
    party,
    posts,
)
from interfaces.http.asking import USUAL, Behind, Limit, Position
from interfaces.http.books import Said
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.lists import Stretch
from interfaces.http.problems import RequestFaultError
from projections.cursor import Cursor
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
