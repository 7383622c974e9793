"""The end of files: proposed by their computed date, decided by a person (retensi)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from psycopg import AsyncConnection

from application import matters_beside
from application.recorded import CaseRecorded
from domain.case import Case
from domain.histories import Matter
from domain.holds import concerned
from domain.values import AgencyCode, RetentionChoice
from interfaces.http import asking, books, lists, party
from interfaces.http.asking import USUAL, Limit, Position, must_have_reached
from interfaces.http.bodies.data_requests import RetentionDecision
from interfaces.http.books import Said
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.lists import Stretch
from interfaces.http.party import NO_PAPERS, Party, Step
from projections.cases import CasesView
from projections.cursor import Cursor
from projections.retention_list import (
    Aged,
    RetentionLine,
    RetentionPage,
    aged,
    proposed,
)

MOST_LOOKED_AT: Final = 500
"""Cases folded for one answer; `next` goes on behind them."""
AT_ONCE: Final = 50
"""Cases whose persons' histories are read by the same two statements."""
_YEAR: Final = timedelta(days=365)


class RetentionController(Controller):
    """Nothing is ever deleted by a timer."""

    tags = ("retention",)

    @get("/v1/retention", operation_id="ListRetention")
    async def list_files(
        self,
        *,
        call: NamedDependency[Call],
        agency: FromQuery[str | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[RetentionPage]:
        """Files whose time is over, with the day and why, the oldest first."""
        mine = call.agencies_for("read-retention")
        stretch = Stretch(limit, asking.place(Cursor.read, after))
        wanted = books.agencies(call, mine, agency)
        await must_have_reached(call, CasesView.name, after_position)
        now = call.counter.now()

        async def read(
            connection: AsyncConnection[Any], some: Stretch
        ) -> RetentionPage:
            return await _page(call, connection, wanted, some, now)

        return await lists.given(
            call,
            read,
            stretch,
            format_,
            name="retention",
            line=RetentionLine,
            is_heavy=True,
        )

    @post(
        "/v1/cases/{case:str}/retention",
        operation_id="DecideRetention",
        status_code=200,
    )
    async def decide(
        self,
        case: FromPath[str],
        data: JSONBody[RetentionDecision],
        call: NamedDependency[Call],
    ) -> Response[CaseRecorded]:
        """Destroy a file whose time is over, or keep it on (penyusutan arsip)."""
        data.must_agree()

        def step(who: Party) -> Step:
            if data.decision is RetentionChoice.DESTROY:
                return who.erases(data.command)
            return who.decides(data.command(NO_PAPERS))

        subject = path_id(case)
        return await party.carried_out(
            call, subject, "retention", data, step, case=subject
        )


def _years(call: Call, agencies: Sequence[AgencyCode], now: datetime) -> int:
    """The shortest time that any of these agencies keeps files."""
    offices = call.counter.offices
    return min(
        (
            offices.on(one, now).data_law.retention.years_after_closing
            for one in agencies
        ),
        default=0,
    )


async def _page(
    call: Call,
    connection: AsyncConnection[Any],
    agencies: Sequence[AgencyCode],
    wanted: Stretch,
    now: datetime,
) -> RetentionPage:
    """The files whose time is over among the next that may be old enough."""
    behind = wanted.after or Cursor(0)
    before = now - _years(call, agencies, now) * _YEAR
    found = await aged(connection, agencies, before, behind.position, MOST_LOOKED_AT)
    lines: list[RetentionLine] = []
    async for one, line in _looked_at(call, connection, found, now):
        behind = Cursor(one.position)
        if line is not None:
            lines.append(line)
        if len(lines) == wanted.limit:
            break
    more = len(found) == MOST_LOOKED_AT or (
        bool(found) and behind.position != found[-1].position
    )
    return RetentionPage(tuple(lines), behind.written() if more else None)


async def _looked_at(
    call: Call, connection: AsyncConnection[Any], found: Sequence[Aged], now: datetime
) -> AsyncIterator[tuple[Aged, RetentionLine | None]]:
    """Each case with what is proposed of it, read some at a time."""
    for n in range(0, len(found), AT_ONCE):
        some = found[n : n + AT_ONCE]
        persons = {one.person for one in some}
        looked = await matters_beside.of_persons(connection, persons)
        for one in some:
            yield one, _line(call, one, looked.get(one.person, {}), now)


def _line(
    call: Call,
    aged_case: Aged,
    matters: Mapping[UUID, tuple[Matter | None, int]],
    now: datetime,
) -> RetentionLine | None:
    """What is proposed of a case, by all that touches the person's data."""
    case, version = matters.get(aged_case.case, (None, 0))
    if not isinstance(case, Case):
        return None
    offices = call.counter.offices
    beside = [
        one
        for id_, (matter, _) in matters.items()
        if matter is not None
        and (one := concerned(id_, matter, offices.of(matter, matter.agency, now)))
    ]
    office = offices.under(case.standard)
    return proposed(aged_case.case, case, version, beside, office=office, now=now)
