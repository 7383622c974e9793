"""Why the terms of a complaint or an objection end when they end."""

from datetime import datetime

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from domain.complaint import Complaint
from domain.objection import Objection
from interfaces.http import asking, posts
from interfaces.http.asking import Version
from interfaces.http.call import Call
from interfaces.http.headers import path_id
from interfaces.http.problems import RequestFaultError
from projections.deadlines import Deadlines, deadlines, matter_at
from projections.standing import Moment, NoSuchVersionError


class ComplaintDeadlineController(Controller):
    """As a case's; a complaint has a history and clocks of its own."""

    path = "/v1/complaints/{complaint:str}"
    tags = ("complaints",)

    @get("/deadlines", operation_id="ReadComplaintDeadlines")
    async def deadlines(
        self,
        complaint: FromPath[str],
        call: NamedDependency[Call],
        version: Version = None,
        recorded_at: FromQuery[datetime | None] = None,
        occurred_at: FromQuery[datetime | None] = None,
    ) -> Deadlines:
        """Every clock, with a line for each day of its term (rincian hitungan hari)."""
        moment = asking.moment(version, recorded_at, occurred_at)
        return await _of(call, complaint, Complaint, moment)


class ObjectionDeadlineController(Controller):
    """As a case's; an objection has a history and clocks of its own."""

    path = "/v1/objections/{objection:str}"
    tags = ("objections",)

    @get("/deadlines", operation_id="ReadObjectionDeadlines")
    async def deadlines(
        self,
        objection: FromPath[str],
        call: NamedDependency[Call],
        version: Version = None,
        recorded_at: FromQuery[datetime | None] = None,
        occurred_at: FromQuery[datetime | None] = None,
    ) -> Deadlines:
        """Every clock, with a line for each day of its term (rincian hitungan hari)."""
        moment = asking.moment(version, recorded_at, occurred_at)
        return await _of(call, objection, Objection, moment)


async def _of(
    call: Call, said: str, kind: type[Complaint | Objection], moment: Moment
) -> Deadlines:
    entries = await asking.history_of(call, path_id(said))
    # After the entries, so that no clock is read before what stands there.
    now = call.counter.now()
    present = matter_at(entries, now, Moment())
    if present is None or not isinstance(present[0], kind):
        raise RequestFaultError("not-found")
    agency = present[0].agency
    official = asking.member_who_may(call, agency, "read-case")
    if isinstance(present[0], Complaint):
        opened_by = entries[0].by().official
        posts.must_be_open_to(call.counter, official, present[0], opened_by)
    office = call.counter.offices.of(present[0], agency, now)
    try:
        stood = matter_at(entries, now, moment)
    except NoSuchVersionError:
        raise RequestFaultError("unknown-version") from None
    assert stood is not None
    matter, at = stood
    return deadlines(matter.clocks, office, at)
