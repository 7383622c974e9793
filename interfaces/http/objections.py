"""Objections to the decision on a request, and the disputes that follow them."""

from collections.abc import Mapping
from typing import Annotated, Final
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec.structs import replace

from application import register
from application.desk_errors import UnknownMatterError
from application.entries import Entry
from application.readings import Ground, Kind
from application.recorded import ObjectionRecorded
from application.sealing import SealedMore
from application.sight import Sight
from domain import commands, events
from domain.values import Digest
from interfaces.http import asking, history_csv, posts
from interfaces.http.asking import USUAL, Behind, Limit
from interfaces.http.bodies.objections import Decision, Dispute, NewObjection
from interfaces.http.call import Call
from interfaces.http.csv_answer import Format
from interfaces.http.headers import path_id
from interfaces.http.problems import RequestFaultError
from interfaces.http.soundness import must_be_timely, must_know
from projections.history import HistoryPage
from projections.objection_file import ObjectionFile, objection_file

FACTS: Final = "facts"
"""The field under which the statement of facts is sealed."""


class ObjectionController(Controller):
    """An objection has a history of its own; the case's moves when an answer falls."""

    path = "/v1/objections"
    tags = ("objections",)

    @post("/", operation_id="FileObjection")
    async def file(
        self, data: JSONBody[NewObjection], call: NamedDependency[Call]
    ) -> Response[ObjectionRecorded]:
        """Take in an objection to the decision on a case (keberatan)."""
        known_in = await must_know(call.counter, call.principal, data, None)
        must_be_timely(call.counter, call.principal, data, None)
        objection = call.counter.new_id()
        sealed = await _sealed(call, data, objection)
        # Of an unknown case, or an erased person, nothing is sealed.
        facts = "" if sealed is None else sealed.digests[FACTS]
        return await call.opening(
            "objections",
            None,
            data,
            data.command(objection, facts),
            subject=objection,
            sealed=sealed,
            location="/v1/objections",
            case=data.case,
            documents_known_in=known_in,
        )

    @post("/{objection:str}/decision", operation_id="DecideObjection", status_code=200)
    async def decide(
        self,
        objection: FromPath[str],
        data: JSONBody[Decision],
        call: NamedDependency[Call],
    ) -> Response[ObjectionRecorded]:
        """Uphold the answer, or let it fall, whole or in part (tanggapan atasan)."""
        subject = path_id(objection)
        case = await _case_of(call, subject)

        def command(_: dict[str, str]) -> commands.DecideObjection:
            if case is None:
                raise UnknownMatterError
            return data.command(subject, case)

        return await call.about(
            subject, "objections:decision", data, command, case=case
        )

    @post("/{objection:str}/dispute", operation_id="NoteDispute", status_code=200)
    async def note_dispute(
        self,
        objection: FromPath[str],
        data: JSONBody[Dispute],
        call: NamedDependency[Call],
    ) -> Response[ObjectionRecorded]:
        """Say what the Information Commission does with the matter (sengketa)."""
        subject = path_id(objection)
        case = await _case_of(call, subject)

        def command(_: dict[str, str]) -> commands.NoteDispute:
            if case is None:
                raise UnknownMatterError
            return data.command()

        return await call.about(subject, "objections:dispute", data, command, case=case)

    @get("/{objection:str}", operation_id="ReadObjection")
    async def read(
        self, objection: FromPath[str], call: NamedDependency[Call]
    ) -> Response[ObjectionFile]:
        """An objection as it stands; its words are for the PPID and the superior."""
        entries, filed = await _opened(call, objection)
        counter = call.counter
        told: Mapping[Digest, bytes] = {}
        official = asking.member(call, filed.agency)
        leave = posts.leave(counter, official, "read-objection-words", Ground.OBJECTION)
        if leave is not None:
            sight = Sight(words=leave)
            told = await call.opened(Kind.OBJECTION, entries[0].stream, sight, FACTS)
        # After the entries, so that no clock is read before what stands there.
        now = counter.now()
        office = counter.offices.under(filed.standard)
        shown = objection_file(entries, told, office, now)
        return asking.tagged(shown, shown.version)

    @get("/{objection:str}/history", operation_id="ReadObjectionHistory")
    async def history(
        self,
        objection: FromPath[str],
        call: NamedDependency[Call],
        after: Behind = 0,
        limit: Limit = USUAL,
        format_: Annotated[Format | None, QueryParameter(name="format")] = None,
    ) -> Response[HistoryPage]:
        """Who did what, when, under which rule; `after` is a version.

        It tells whose it is to whom the history of its case does.
        """
        entries, filed = await _opened(call, objection)
        office = call.counter.offices.under(filed.standard)
        case = await asking.open_case(call, filed.case)
        return history_csv.asked_for(
            call,
            format_,
            entries,
            office,
            after=after,
            limit=limit,
            tells_whose=asking.tells_whose(call, case),
        )


async def _sealed(call: Call, data: NewObjection, objection: UUID) -> SealedMore | None:
    """The statement of facts, sealed under the key of the case's person."""
    people = call.counter.people
    async with call.counter.pool.connection() as connection:
        key = (await people.keys_of(connection, (data.case,))).get(data.case)
    if key is None:
        return None
    sealed = people.seal_under(key, objection, {FACTS: data.facts.encode()})
    # His erasure would not know of what is new.
    return replace(sealed, must_live=True)


async def _case_of(call: Call, objection: UUID) -> UUID | None:
    """The case that an objection is about, which never changes; None where none is."""
    async with call.counter.pool.connection() as connection:
        first = await register.entries_of(connection, objection, limit=1)
    filed = first[0].event if first else None
    return filed.case if isinstance(filed, events.ObjectionFiled) else None


async def _opened(call: Call, said: str) -> tuple[list[Entry], events.ObjectionFiled]:
    """What stands of an objection, for one who may read cases of its agency."""
    entries = await asking.history_of(call, path_id(said))
    filed = entries[0].event if entries else None
    if not isinstance(filed, events.ObjectionFiled):
        raise RequestFaultError("not-found")
    asking.member_who_may(call, filed.agency, "read-case")
    return entries, filed
