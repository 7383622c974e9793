"""What queries have in common: how much of a list, and whose case it is."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeAlias, TypeVar
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter

from application import register
from application.desk_errors import ForbiddenError, UnknownCaseError
from application.entries import Entry
from domain.office import Office, Official
from domain.values import AgencyCode
from interfaces.http import posts
from interfaces.http.call import Call
from interfaces.http.problems import RETRY_AFTER_SECONDS, RequestFaultError
from projections import reader, standing
from projections.cursor import BadCursorError
from projections.reader import Reader, Seat
from projections.standing import Moment, NoSuchVersionError, Standing

LARGEST: Final = 2**63 - 1
"""No position and no version is greater."""

Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=200)]
USUAL: Final = 50

Behind: TypeAlias = Annotated[int, QueryParameter(ge=0, le=LARGEST)]

Position: TypeAlias = Annotated[int | None, QueryParameter(ge=0, le=LARGEST)]

Version: TypeAlias = Annotated[int | None, QueryParameter(ge=1, le=LARGEST)]

P = TypeVar("P")
"""A place in some list."""


def instant(name: str, said: datetime | None) -> datetime | None:
    """An instant of a query, in UTC; without an offset it is none."""
    if said is None:
        return None
    if said.tzinfo is None:
        raise bad_query(name, "an instant needs its offset, as +08:00 (sent as %2B)")
    try:
        return said.astimezone(UTC)
    except OverflowError:
        raise bad_query(name, "beyond all calendars") from None


def place(read: Callable[[str], P], after: str | None) -> P | None:
    """Where a list was left off; 422 where that is no place of one."""
    if after is None:
        return None
    try:
        return read(after)
    except BadCursorError:
        raise bad_query("after", "no place where a list was left off") from None


def bad_query(name: str, detail: str) -> RequestFaultError:
    """A parameter that can't be understood."""
    return RequestFaultError("invalid-query", pointer=f"/{name}", detail=detail)


def moment(
    version: int | None, recorded_at: datetime | None, occurred_at: datetime | None
) -> Moment:
    """The past that is meant; only one may be said, and none is the present."""
    if sum(said is not None for said in (version, recorded_at, occurred_at)) > 1:
        raise bad_query("version", "say one of version, recorded_at and occurred_at")
    return Moment(
        version=version,
        recorded_at=instant("recorded_at", recorded_at),
        occurred_at=instant("occurred_at", occurred_at),
    )


def tagged(content: object, version: int | None) -> Response[Any]:
    """An answer with the strong ETag of the version it shows; none for the past."""
    headers = {} if version is None else {"ETag": f'"{version}"'}
    return Response(content=content, headers=headers)


async def must_have_reached(call: Call, view: str, position: int | None) -> None:
    """Read your own writes: wait until the view holds what is recorded up to there.

    Nobody waits for None. 503 when patience (two seconds) runs out.
    """
    if position is None:
        return
    if not await call.counter.moves.reached(view, position):
        raise RequestFaultError(
            "overloaded", headers={"Retry-After": str(RETRY_AFTER_SECONDS)}
        )


class Opened:
    """A case that the caller may read: its entries, and how it stands at present."""

    def __init__(
        self,
        entries: list[Entry],
        present: Standing,
        reader: Reader,
        office: Office,
        now: datetime,
    ) -> None:
        self.entries = entries
        self.present = present
        self.reader = reader
        self.office = office
        """With the standard under which the case came in."""
        self.now = now


async def open_case(call: Call, case: UUID) -> Opened:
    """Read a case for the caller; 404 before 403, as everywhere."""
    counter = call.counter
    entries = await history_of(call, case)
    if not standing.is_case(entries):
        raise UnknownCaseError
    # After the entries, so that no clock is read before what stands there.
    now = counter.now()
    present = standing.replay(entries, now)
    official = member(call, present.case.agency)
    office = counter.offices.under(present.case.standard)
    seen_by = reader.before(present.case, official, counter.authority, office, now)
    if not seen_by.case:
        raise ForbiddenError
    return Opened(entries, present, seen_by, office, now)


def tells_whose(call: Call, opened: Opened) -> bool:
    """Whether the caller is shown what stands for the person, such as his id.

    It is for whoever may know anything of him, and who watches over the trail.
    """
    seen_by = opened.reader
    return (
        seen_by.words
        or seen_by.requester
        or bool(posts.allowed(call.counter, seen_by.official, "read-trail"))
    )


def stood(opened: Opened, at: Moment) -> Standing:
    """The case as it stood at a moment; 404 where it never did."""
    try:
        return standing.replay(opened.entries, opened.now, at, opened.office)
    except NoSuchVersionError:
        raise RequestFaultError("unknown-version") from None


async def history_of(call: Call, stream: UUID) -> list[Entry]:
    """What stands in the register of anything; empty where nothing does."""
    async with call.counter.pool.connection() as connection:
        return await register.entries_of(connection, stream)


def seat(call: Call, agency: AgencyCode, now: datetime) -> Seat:
    """The caller in an agency with the posts that are his on that local day."""
    counter = call.counter
    office = counter.offices.on(agency, now)
    return Seat.of(member(call, agency), counter.authority, office, now)


def member_who_may(call: Call, agency: AgencyCode, action: str) -> Official:
    """The caller in an agency where the table grants him the action in some post."""
    official = member(call, agency)
    if not posts.allowed(call.counter, official, action):
        raise ForbiddenError
    return official


def member(call: Call, agency: AgencyCode) -> Official:
    """The caller in an agency; another agency's matters are nobody else's."""
    official = call.principal.memberships.get(agency)
    if official is None:
        raise ForbiddenError
    return official
