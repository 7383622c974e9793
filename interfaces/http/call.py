"""One call of an official: what the request itself has to have, then the desk.

The order is the contract's: the request first (422, 428), then the stored reply, then
404, 403, 412 and 409, which are the desk's.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from psycopg_pool import AsyncConnectionPool

from application.desk import Desk
from application.desk_errors import ForbiddenError
from application.documents import Documents
from application.errands import Errand, Idempotency
from application.office.authority import Authority
from application.office.offices import Offices
from application.office.principals import Principal, Principals
from application.people import People
from application.recorded import Recorded
from application.sealing import SealedMore
from domain.commands import AnyCommand
from domain.values import AgencyCode, Channel
from interfaces.http.bodies.fields import Body
from interfaces.http.problems import RequestFaultError
from interfaces.http.written import Written
from projections.moves import Moves

_UUID: Final = re.compile(
    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
)
_ETAG: Final = re.compile(r'"([1-9][0-9]{0,17})"')
_KEY: Final = re.compile(r"[\x20-\x7e]{1,200}")
UNREADABLE: Final = -1
"""A version that no case has, so that an unreadable If-Match is never the right one."""


class Counter:
    """What every call needs of the running server (loket)."""

    def __init__(
        self,
        *,
        desk: Desk,
        people: People,
        documents: Documents,
        principals: Principals,
        offices: Offices,
        authority: Authority,
        pool: AsyncConnectionPool[Any],
        moves: Moves,
        now: Callable[[], datetime],
        new_id: Callable[[], UUID],
    ) -> None:
        self.desk = desk
        self.people = people
        self.documents = documents
        self.principals = principals
        self.offices = offices
        self.authority = authority
        self.pool = pool
        self.moves = moves
        self.now = now
        self.new_id = new_id


def path_id(said: str) -> UUID:
    """An id in a path, in its usual form."""
    if not _UUID.fullmatch(said):
        raise RequestFaultError("malformed-path")
    return UUID(said)


class Call:
    """A request with its principal."""

    def __init__(self, request: Request[Any, Any, Any], counter: Counter) -> None:
        self.counter = counter
        self.principal: Principal = request.scope["user"]
        self.request_id = str(request.scope.get("request_id", ""))
        self._request = request

    def agencies_for(self, action: str) -> tuple[AgencyCode, ...]:
        """The agencies in which the authority table grants the caller an action."""
        return tuple(
            agency
            for agency, official in self.principal.memberships.items()
            if self.counter.authority.row(official.roles, action) is not None
        )

    def agency_for(self, action: str) -> AgencyCode:
        """The first of those; 403 where there is none."""
        agencies = self.agencies_for(action)
        if not agencies:
            raise ForbiddenError
        return agencies[0]

    def sms_prefix(self, agency: AgencyCode) -> str:
        """The word with which the agency's standard wants requests by SMS to begin."""
        standard = self.counter.offices.on(agency, self.counter.now()).standard
        reports = standard.channels.sp4n_lapor
        return "" if reports is None else reports.sms.prefix

    async def about_case(
        self,
        said_case: str,
        action: str,
        body: Body,
        command: Callable[[dict[str, str]], AnyCommand],
    ) -> Response[Any]:
        """A command about a case; `command` is given the digests of what was sealed."""
        case = path_id(said_case)
        known_in = await self._must_know(body, None)
        self._must_be_timely(body, None)
        idempotency = await self._idempotency()
        expected = self._expected_version()
        sealed: tuple[SealedMore, ...] = ()
        digests: dict[str, str] = {}
        if secrets := body.secrets():
            async with self.counter.pool.connection() as connection:
                more = await self.counter.people.seal_more(connection, case, secrets)
            # Of an unknown case there is no person; the desk then says 404.
            if more is not None:
                sealed, digests = (more,), dict(more.digests)
        return await self.ask(
            Errand(
                command=command(digests),
                action=action,
                principal=self.principal,
                subject=case,
                case=case,
                expected=expected,
                documents_known_in=known_in,
                sealed=sealed,
                idempotency=idempotency,
                request_id=self.request_id,
                **said_besides(body),
            )
        )

    async def opening(
        self,
        action: str,
        agency: AgencyCode,
        body: Body,
        command: AnyCommand,
        *,
        subject: UUID,
        sealed: SealedMore,
        location: str,
        channel: Channel | None = None,
        case: UUID | None = None,
        tracking_id: str | None = None,
    ) -> Response[Any]:
        """A command that opens a case, a complaint or a visit."""
        return await self.ask(
            Errand(
                command=command,
                action=action,
                principal=self.principal,
                subject=subject,
                case=case,
                agency=agency,
                channel=channel,
                tracking_id=tracking_id,
                sealed=(sealed,),
                idempotency=await self._idempotency(),
                request_id=self.request_id,
                **said_besides(body),
            ),
            location=location,
        )

    async def must_be_sound(self, body: Body, agency: AgencyCode) -> None:
        """What a creation's body names has to exist, its time has to be possible."""
        if agency not in self.counter.offices:
            raise RequestFaultError("unknown-agency", pointer="/agency", in_body=True)
        await self._must_know(body, agency)
        self._must_be_timely(body, agency)

    async def ask(self, errand: Errand, location: str | None = None) -> Response[Any]:
        """Hand the errand to the desk and say what it answered."""
        recorded = await self.counter.desk.handle(errand)
        self._request.scope["subject"] = recorded.subject  # type: ignore[typeddict-unknown-key]  # for the log
        return answer(recorded, location)

    def _expected_version(self) -> int:
        said = self._request.headers.getall("if-match", [])
        if not said:
            raise RequestFaultError("version-required")
        read = _ETAG.fullmatch(said[0]) if len(said) == 1 else None
        return int(read[1]) if read else UNREADABLE

    async def _idempotency(self) -> Idempotency | None:
        said = self._request.headers.getall("idempotency-key", [])
        if not said:
            return None
        key = said[0]
        if len(said) > 1 or not _KEY.fullmatch(key):
            raise RequestFaultError(
                "invalid-body",
                pointer="",
                detail="Idempotency-Key: 1 to 200 printable ASCII characters",
            )
        return Idempotency(
            official=self.principal.official,
            method=self._request.method,
            path=self._request.scope["path"],
            key=key,
            body_sha256=hashlib.sha256(await self._request.body()).digest(),
        )

    async def _must_know(
        self, body: Body, agency: AgencyCode | None
    ) -> frozenset[AgencyCode] | None:
        """All that the body names exists; answers who keeps all of its documents.

        Which of the caller's agencies a case belongs to is known at the desk only.
        """
        for code in body.legal_bases():
            if code not in self.counter.offices.legal_bases:
                raise RequestFaultError("unknown-legal-basis", legal_basis=code)
        agencies = self.principal.memberships if agency is None else (agency,)
        if officials := body.officials():
            await self._must_know_officials(officials, tuple(agencies))
        if not (documents := body.documents()):
            return None
        async with self.counter.pool.connection() as connection:
            known_in = [
                one
                for one in agencies
                if (
                    await self.counter.documents.known(connection, one, documents)
                ).issuperset(documents)
            ]
        if not known_in:
            raise RequestFaultError(
                "unknown-document", pointer="/document", in_body=True
            )
        return frozenset(known_in)

    async def _must_know_officials(
        self, officials: tuple[str, ...], agencies: tuple[AgencyCode, ...]
    ) -> None:
        directory = await self.counter.principals.current()
        for official in officials:
            if any(directory.find(official, agency) for agency in agencies):
                continue
            # It may have been added a moment ago.
            directory = await self.counter.principals.refresh()
            if not any(directory.find(official, agency) for agency in agencies):
                raise RequestFaultError("unknown-official", official=official)

    def _must_be_timely(self, body: Body, agency: AgencyCode | None) -> None:
        """An earlier local day needs a reason for being entered only now."""
        if body.occurred_at is None or (body.late_reason or "").strip():
            return
        codes = self.principal.memberships if agency is None else (agency,)
        calendars = [self.counter.offices.calendar(code) for code in codes]
        now = self.counter.now()
        if all(one.date_of(body.occurred_at) < one.date_of(now) for one in calendars):
            raise RequestFaultError("late-entry-needs-reason", pointer="/late_reason")


def said_besides(body: Body) -> dict[str, Any]:
    """What every body may say besides its command."""
    at = body.occurred_at
    return {
        "said_role": body.role,
        "occurred_at": None if at is None else at.astimezone(UTC),
        "late_reason": body.late_reason,
        "note": body.note,
    }


def answer(recorded: Recorded, location: str | None = None) -> Response[Any]:
    """200, or 201 with its Location, and the version as ETag."""
    headers = [(b"etag", b'"%d"' % recorded.version)]
    if recorded.replayed:
        headers.append((b"idempotency-replayed", b"true"))
    if location is not None:
        headers.append((b"location", f"{location}/{recorded.subject}".encode()))
    return Written(recorded.body, 200 if location is None else 201, tuple(headers))
