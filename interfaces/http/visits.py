"""The guest book: visits that make no case (buku tamu)."""

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from application.readings import Kind
from application.recorded import VisitRecorded
from application.requester import IDENTITY, WORDS, sealable
from domain import commands, events
from interfaces.http import asking
from interfaces.http.bodies.visits import GuestBookEntry
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.problems import RequestFaultError
from projections.visit_file import VisitFile, visit_file


class VisitController(Controller):
    """A visit is entered once, and never changes."""

    path = "/v1"
    tags = ("intake",)

    @post("/visits", operation_id="NoteVisit")
    async def note_visit(
        self, data: JSONBody[GuestBookEntry], call: NamedDependency[Call]
    ) -> Response[VisitRecorded]:
        """Enter a visit without a case in the guest book (buku tamu)."""
        await call.must_be_sound(data, data.agency)
        counter = call.counter
        visit, person = counter.new_id(), counter.new_id()
        sealed = counter.people.seal_new(
            person, data.agency, visit, sealable(data.identity(), data.words())
        )
        return await call.opening(
            "visits",
            data.agency,
            data,
            commands.NoteVisit(
                outcome=data.outcome, person=person, words=sealed.digests[WORDS]
            ),
            subject=visit,
            sealed=sealed,
            who=data.identity(),
            location="/v1/visits",
        )

    @get("/visits/{visit:str}", operation_id="ReadVisit")
    async def visit(
        self, visit: FromPath[str], call: NamedDependency[Call]
    ) -> Response[VisitFile]:
        """A visit in the guest book that made no case (buku tamu).

        Its person is told to who may know who came: he has rights to his data too.
        """
        entries = await asking.history_of(call, path_id(visit))
        if not entries or not isinstance(entries[0].event, events.Visited):
            raise RequestFaultError("not-found")
        agency = entries[0].event.agency
        asking.member_who_may(call, agency, "read-case")
        office = call.counter.offices.on(agency, entries[0].occurred_at)
        sight = asking.seat(call, agency, call.counter.now()).sight_of_visit()
        told = await call.opened(Kind.VISIT, entries[0].stream, sight, IDENTITY, WORDS)
        shown = visit_file(entries[0], entries[0].event, office, sight, told)
        return asking.tagged(shown, shown.version)
