"""The public status of a case by its registration number; open to everyone."""

from litestar import Controller, get
from litestar.datastructures import State
from litestar.params import FromPath

from application import register
from interfaces.http.counter import Counter
from interfaces.http.identity import OPEN
from interfaces.http.problems import RequestFaultError
from projections import public_status, standing
from projections.public_status import PublicStatus


class StatusController(Controller):
    """Stage and dates, nothing else: who knows a number need not be who asked."""

    path = "/status"
    tags = ("status",)
    opt = {OPEN: True}  # noqa: RUF012 - declared so by Litestar

    @get("/{registration_number:str}", operation_id="ReadStatus")
    async def read(
        self, registration_number: FromPath[str], state: State
    ) -> PublicStatus:
        """How far a request has come."""
        counter: Counter = state.counter
        async with counter.pool.connection() as connection:
            case = await public_status.find(connection, registration_number)
            if case is None:
                raise RequestFaultError("not-found")
            entries = await register.entries_of(connection, case)
        stands = standing.replay(entries, counter.now())
        calendar = counter.offices.calendar(stands.case.agency)
        return public_status.public_status(stands, calendar)
