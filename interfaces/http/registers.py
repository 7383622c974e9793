"""The office's books about requests: their register, the agenda and the guest book."""

from datetime import date
from functools import partial

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from application.readings import Kind
from application.requester import IDENTITY, WORDS
from domain.values import Channel, Outcome
from interfaces.http import asking, books
from interfaces.http.asking import USUAL, Limit, Position, must_have_reached
from interfaces.http.books import First, Number, Said
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from projections.cases import CasesView
from projections.disposition_sheet import DispositionSheet, disposition_sheet
from projections.guest_book import GuestBookView
from projections.registers.agenda import AgendaLine, AgendaPage, agenda
from projections.registers.guests import GuestLine, GuestPage, guests
from projections.registers.numbered import Numbered
from projections.registers.received_cases import RequestsWanted
from projections.registers.request_line import RequestLine
from projections.registers.requests import RequestPage, requests


class RegisterController(Controller):
    """Books of the caller's agencies; what he may not know of a line is null in it."""

    path = "/v1"
    tags = ("registers",)

    @get("/registers/requests", operation_id="ReadRequestRegister")
    async def requests(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        channel: FromQuery[Channel | None] = None,
        decision: FromQuery[Outcome | None] = None,
        first: First = None,
        to: FromQuery[date | None] = None,
        q: Number = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[RequestPage]:
        """The register of requests, by the day of receipt (buku register permohonan).

        `from` and `to` are local days, both inclusive. CSV holds all that fits.
        """
        mine = books.agencies(call, call.agencies_for("read-list"), agency)
        wanted = books.excerpt(call, mine, (first, to), limit, after)
        await must_have_reached(call, CasesView.name, after_position)
        which = RequestsWanted(channel=channel, decision=decision, numbered=Numbered(q))
        leaf = partial(requests, wanted=which)
        return await books.given(
            call, leaf, wanted, format_, name="requests", line=RequestLine
        )

    @get("/registers/agenda", operation_id="ReadAgendaBook")
    async def agenda(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        first: First = None,
        to: FromQuery[date | None] = None,
        q: Number = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[AgendaPage]:
        """The agenda book of incoming letters (buku agenda surat masuk)."""
        mine = books.agencies(call, call.agencies_for("read-list"), agency)
        wanted = books.excerpt(call, mine, (first, to), limit, after)
        await must_have_reached(call, CasesView.name, after_position)
        leaf = partial(agenda, numbered=Numbered(q))
        return await books.given(
            call, leaf, wanted, format_, name="agenda", line=AgendaLine
        )

    @get("/registers/guests", operation_id="ReadGuestBook")
    async def guests(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        held: FromQuery[bool | None] = None,
        first: First = None,
        to: FromQuery[date | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[GuestPage]:
        """The guest book (buku tamu); `held=true`: whose card reception holds now."""
        mine = books.agencies(call, call.agencies_for("read-list"), agency)
        wanted = books.excerpt(call, mine, (first, to), limit, after)
        await must_have_reached(call, GuestBookView.name, after_position)
        leaf = partial(guests, held=held)
        return await books.given(
            call, leaf, wanted, format_, name="guests", line=GuestLine
        )

    @get("/cases/{case:str}/disposition-sheet", operation_id="ReadDispositionSheet")
    async def sheet(
        self, case: FromPath[str], call: NamedDependency[Call]
    ) -> DispositionSheet:
        """To whom a case was disposed, and what for (lembar disposisi)."""
        case_id = path_id(case)
        opened = await asking.open_case(call, case_id)
        told = {}
        if opened.reader.words or opened.reader.requester:
            told = await call.opened(
                Kind.CASE, case_id, opened.reader.sight, IDENTITY, WORDS
            )
        return disposition_sheet(
            case_id, opened.present, opened.reader, told, opened.office
        )
