"""Data breaches: recorded, told within 72 hours, closed (UU 27/2022 art. 46)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from psycopg import AsyncConnection

from application import breached, register
from application.desk_errors import ForbiddenError
from application.entries import Entry
from application.recorded import DataBreachRecorded
from domain.breach import Breach
from domain.values import BreachStage, PersonId
from interfaces.http import asking, history_csv, lists
from interfaces.http.asking import (
    USUAL,
    Behind,
    Limit,
    Position,
    must_have_reached,
)
from interfaces.http.bodies.breaches import BreachClosing, BreachNotice, NewBreach
from interfaces.http.books import Said
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.lists import Stretch
from interfaces.http.problems import RequestFaultError
from projections.breach_file import (
    BreachFile,
    BreachLine,
    BreachPage,
    breach_file,
    breach_line,
    folded_breach,
)
from projections.breach_list import breach_list
from projections.breaches import BreachesView
from projections.cursor import Cursor
from projections.history import HistoryPage

MOST_CONCERNED: Final = 5_000
"""Persons of one breach: they stand in one entry of the register."""


class BreachController(Controller):
    """A breach has a history of its own, and says by id whom it concerns."""

    path = "/v1/breaches"
    tags = ("breaches",)

    @post("/", operation_id="RecordBreach")
    async def record(
        self, data: JSONBody[NewBreach], call: NamedDependency[Call]
    ) -> Response[DataBreachRecorded]:
        """Write a breach down with whom it concerns (pelanggaran data pribadi)."""
        await call.must_be_sound(data, data.agency)
        span = None if data.readings is None else data.readings.span()
        asking.member_who_may(call, data.agency, "breaches")
        return await call.opening(
            "breaches",
            data.agency,
            data,
            data.command(await _concerned(call, data, span)),
            subject=call.counter.new_id(),
            sealed=None,
            location="/v1/breaches",
        )

    @post("/{breach:str}/notification", operation_id="NotifyBreach", status_code=200)
    async def notify(
        self,
        breach: FromPath[str],
        data: JSONBody[BreachNotice],
        call: NamedDependency[Call],
    ) -> Response[DataBreachRecorded]:
        """Say who was told of it in writing (pemberitahuan)."""
        return await call.about(
            path_id(breach), "breaches:notification", data, lambda _: data.command()
        )

    @post("/{breach:str}/closing", operation_id="CloseBreach", status_code=200)
    async def close(
        self,
        breach: FromPath[str],
        data: JSONBody[BreachClosing],
        call: NamedDependency[Call],
    ) -> Response[DataBreachRecorded]:
        """Nothing more is to be done (selesai)."""
        return await call.about(
            path_id(breach), "breaches:closing", data, lambda _: data.command()
        )

    @get("/", operation_id="ListBreaches")
    async def list_breaches(
        self,
        *,
        call: NamedDependency[Call],
        stage: FromQuery[BreachStage | None] = None,
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[BreachPage]:
        """The breaches of the caller's agencies with their clocks, newest first."""
        mine = call.agencies_for("read-breaches")
        stretch = Stretch(limit, asking.place(Cursor.read, after))
        if not mine:
            raise ForbiddenError
        await must_have_reached(call, BreachesView.name, after_position)
        counter = call.counter

        async def read(connection: AsyncConnection[Any], some: Stretch) -> BreachPage:
            shown, rest = await breach_list(
                connection, mine, stage, some.limit, some.after
            )
            histories = await register.entries_of_all(connection, shown)
            now = counter.now()
            lines = (
                breach_line(entries, counter.offices.on(found.agency, now), now)
                for entries in histories.values()
                if (found := folded_breach(entries)) is not None
            )
            return BreachPage(tuple(lines), rest)

        return await lists.given(
            call, read, stretch, format_, name="breaches", line=BreachLine
        )

    @get("/{breach:str}", operation_id="ReadBreach")
    async def read(
        self, breach: FromPath[str], call: NamedDependency[Call]
    ) -> Response[BreachFile]:
        """A breach as it stands, with the persons concerned and their cases."""
        entries, found = await _opened(call, path_id(breach))
        counter = call.counter
        async with counter.pool.connection() as connection:
            cases = await breached.numbers(
                connection, found.agency, found.recorded.persons
            )
        now = counter.now()
        office = counter.offices.on(found.agency, now)
        shown = breach_file(entries, cases, office, now)
        return asking.tagged(shown, shown.version)

    @get("/{breach:str}/history", operation_id="ReadBreachHistory")
    async def history(
        self,
        breach: FromPath[str],
        call: NamedDependency[Call],
        after: Behind = 0,
        limit: Limit = USUAL,
        format_: Said = None,
    ) -> Response[HistoryPage]:
        """Who did what about it, when, and under which rule."""
        entries, found = await _opened(call, path_id(breach))
        office = call.counter.offices.on(found.agency, call.counter.now())
        return history_csv.asked_for(
            call, format_, entries, office, after=after, limit=limit
        )


async def _concerned(
    call: Call, data: NewBreach, span: tuple[datetime, datetime] | None
) -> tuple[PersonId, ...]:
    """Whoever was named, asked in a case that was named, or was read of by somebody.

    Another agency's persons and cases are told as unknown; 422 where they are too many
    for one breach.
    """
    persons = dict.fromkeys(data.persons)
    async with call.counter.pool.connection() as connection:
        asked = await breached.of_cases(connection, data.agency, data.cases)
        if not asked.keys() >= set(data.cases):
            raise RequestFaultError("unknown-case", pointer="/cases", in_body=True)
        known = await breached.at_agency(connection, data.agency, data.persons)
        if not known >= persons.keys():
            raise RequestFaultError("unknown-person", pointer="/persons", in_body=True)
        persons |= dict.fromkeys(asked[case] for case in data.cases)
        if (found := data.readings) is not None and span is not None:
            read = await breached.read_by(
                connection, found.official, data.agency, span, MOST_CONCERNED + 1
            )
            persons |= dict.fromkeys(read)
    if len(persons) > MOST_CONCERNED:
        detail = f"concerns more than {MOST_CONCERNED} persons: say a shorter span"
        raise RequestFaultError("invalid-body", pointer="/readings", detail=detail)
    return tuple(persons)


async def _opened(call: Call, subject: UUID) -> tuple[Sequence[Entry], Breach]:
    """A breach and its entries, for who may read such of its agency."""
    entries = await asking.history_of(call, subject)
    found = folded_breach(entries)
    if found is None:
        raise RequestFaultError("not-found")
    asking.member_who_may(call, found.agency, "read-breaches")
    return entries, found
