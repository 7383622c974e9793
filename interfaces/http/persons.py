"""A person's rights to his own data: to see them with their trail, and to wish."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec.structs import replace

from application import data_subjects, readings
from application.data_subjects import DataSubject, Standing, documents_of
from application.desk_errors import ForbiddenError
from application.readings import Ground
from application.recorded import DataRequestRecorded
from application.sight import Leave
from domain.values import DataRequestKind, DataRequestStage, Digest
from interfaces.http import asking, csv_answer, data_request_lists, party, posts
from interfaces.http.asking import USUAL, Limit, Position
from interfaces.http.bodies.data_requests import NewDataRequest
from interfaces.http.books import Said
from interfaces.http.call import Call
from interfaces.http.data_requests import WISH
from interfaces.http.headers import path_id
from interfaces.http.lists import Stretch
from interfaces.http.party import Party
from interfaces.http.problems import RequestFaultError
from projections.cursor import Cursor
from projections.data_request_file import DataRequestLine, DataRequestPage
from projections.data_request_list import RequestsWanted
from projections.person_export import (
    Act,
    PersonExport,
    acts,
    kind_of,
    person_export,
)
from projections.person_sight import sight_of

ASKED: Final = (DataRequestStage.RECEIVED, DataRequestStage.GRANTED)
"""While a wish to see his data stands so, the export is his own."""


class PersonController(Controller):
    """What the office has of a person, for himself, and what he wishes of it."""

    path = "/v1/persons"
    tags = ("persons",)

    @get("/{person:str}", operation_id="ExportPerson")
    async def export(
        self,
        person: FromPath[str],
        call: NamedDependency[Call],
        format_: Said = None,
    ) -> Response[PersonExport]:
        """All his data and the trail of their processing (UU 27/2022 art. 32).

        CSV holds the trail alone. The export is itself a reading: his own while he
        asks for access, and else a look of who protects his data.
        """
        subject = await _found(call, person)
        who = await party.of_person(call, subject)
        mine = data_request_lists.lines(call, [one.entries for one in who.his])
        mine = tuple(sorted(mine, key=lambda one: one.received_at, reverse=True))
        told = await _told(call, subject, who, _why(mine))
        counter = call.counter
        papers = [one for matter in who.his for one in documents_of(matter)]
        async with counter.pool.connection() as connection:
            seen = await readings.of_person(connection, subject.person, papers)
        office = counter.offices.on(subject.agency, counter.now())
        trail = acts(who.his, seen, office.calendar)
        if csv_answer.is_wanted(call, format_):
            name, columns = f"person-{subject.person}", csv_answer.header(Act)
            return csv_answer.whole(name, columns, trail)
        return Response(
            content=person_export(
                subject,
                who.his,
                told,
                trail=trail,
                requests=mine,
                calendar=office.calendar,
            )
        )

    @get("/{person:str}/requests", operation_id="ListRequestsOfPerson")
    async def requests(
        self,
        *,
        person: FromPath[str],
        call: NamedDependency[Call],
        limit: Limit = USUAL,
        after: FromQuery[str | None] = None,
        after_position: Position = None,
        format_: Said = None,
    ) -> Response[DataRequestPage]:
        """What he has wished of his data, and how it stands; the newest first."""
        subject = await _known(call, person)
        asking.member_who_may(call, subject.agency, "read-data-requests")
        wanted = RequestsWanted(
            agencies=(subject.agency,),
            now=call.counter.now(),
            person=subject.person,
        )
        stretch = Stretch(limit, asking.place(Cursor.read, after))
        return await data_request_lists.listed(
            call, wanted, stretch, after_position, format_
        )

    @post("/{person:str}/requests", operation_id="ReceiveDataRequest")
    async def receive(
        self,
        person: FromPath[str],
        data: JSONBody[NewDataRequest],
        call: NamedDependency[Call],
    ) -> Response[DataRequestRecorded]:
        """Take in what he wishes of his own data (permohonan subjek data)."""
        subject, counter = await _known(call, person), call.counter
        await call.must_be_sound(data, subject.agency)
        request = counter.new_id()
        sealed = None
        if data.words is not None:
            async with counter.pool.connection() as connection:
                key = await data_subjects.key_of(connection, subject.person)
            if key is not None:
                wish = {WISH: data.words.encode()}
                sealed = counter.people.seal_anew(key, request, wish)
        return await call.opening(
            "data-requests",
            subject.agency,
            data,
            data.command(
                subject.person, None if sealed is None else sealed.digests[WISH]
            ),
            subject=request,
            sealed=sealed,
            must_live=(subject.person,),
            location="/v1/data-requests",
        )


async def _known(call: Call, said: str) -> DataSubject:
    """The person of an id in a path; 404 where nobody bears it."""
    person = path_id(said)
    async with call.counter.pool.connection() as connection:
        found = await data_subjects.find(connection, person)
    if found is None:
        raise RequestFaultError("unknown-person")
    return found


async def _found(call: Call, said: str) -> DataSubject:
    """The same for who may open all that is sealed of him."""
    subject = await _known(call, said)
    asking.member_who_may(call, subject.agency, "read-person")
    return subject


def _why(requests: Sequence[DataRequestLine]) -> Ground:
    """Whether he asked to see his data and has not been answered yet."""
    is_asked = any(
        one.kind is DataRequestKind.ACCESS and one.stage in ASKED for one in requests
    )
    return Ground.SUBJECT_REQUEST if is_asked else Ground.DATA_PROTECTION


async def _told(
    call: Call, subject: DataSubject, who: Party, why: Ground
) -> dict[UUID, dict[Digest, bytes]]:
    """What is sealed of him, opened; the readings are recorded first."""
    official = asking.member(call, subject.agency)
    leave = posts.leave(call.counter, official, "read-person", why)
    if leave is None:
        raise ForbiddenError
    room = call.room()
    told: dict[UUID, dict[Digest, bytes]] = {}
    async with call.counter.pool.connection() as connection:
        closed = await room.people.closed(connection, [one.id for one in who.his])
    his = [one for one in closed if one.person == subject.person]
    for kind in dict.fromkeys(kind_of(one) for one in who.his):
        sights = {
            one.id: sight_of(one, _in_book_of(one, leave))
            for one in who.his
            if kind_of(one) is kind
        }
        some = [one for one in his if one.record in sights]
        told |= await room.told(kind, sights, some)
    return told


def _in_book_of(one: Standing, leave: Leave) -> Leave:
    """The same, so that the reading stands in the book of the matter's agency."""
    if one.matter is None:
        return leave
    return replace(leave, agency=one.matter.agency)
