"""Looking at one complaint, and at one visit without a case."""

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from application import register
from application.desk_errors import ForbiddenError
from application.entries import Entry
from application.recorded import ComplaintRecorded, VisitRecorded
from interfaces.http import asking
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.problems import RequestFaultError
from projections import side_files


class SideQueryController(Controller):
    """Histories of their own beside the cases'; in the shape of their commands."""

    path = "/v1"
    tags = ("intake",)

    @get("/complaints/{complaint:str}", operation_id="ReadComplaint")
    async def complaint(
        self, complaint: FromPath[str], call: NamedDependency[Call]
    ) -> Response[ComplaintRecorded]:
        """A complaint about the service (pengaduan) as it stands."""
        entries = await _entries(call, complaint)
        counter = call.counter
        agency = side_files.agency_of(entries)
        assert agency is not None
        office = counter.offices.on(agency, entries[0].occurred_at)
        shown = side_files.complaint(entries, office, counter.now())
        if shown is None:
            raise RequestFaultError("not-found")
        return asking.tagged(shown, shown.version)

    @get("/visits/{visit:str}", operation_id="ReadVisit")
    async def visit(
        self, visit: FromPath[str], call: NamedDependency[Call]
    ) -> Response[VisitRecorded]:
        """A visit in the guest book that made no case (buku tamu)."""
        entries = await _entries(call, visit)
        agency = side_files.agency_of(entries)
        assert agency is not None
        office = call.counter.offices.on(agency, entries[0].occurred_at)
        shown = side_files.visit(entries, office)
        if shown is None:
            raise RequestFaultError("not-found")
        return asking.tagged(shown, shown.version)


async def _entries(call: Call, said: str) -> list[Entry]:
    """What stands of it, for one who may read cases of its agency."""
    stream = path_id(said)
    async with call.counter.pool.connection() as connection:
        entries = await register.entries_of(connection, stream)
    agency = side_files.agency_of(entries)
    if agency is None:
        raise RequestFaultError("not-found")
    official = asking.member(call, agency)
    if call.counter.authority.row(official.roles, "read-case") is None:
        raise ForbiddenError
    return entries
