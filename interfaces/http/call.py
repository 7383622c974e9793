"""One call of an official: what the request itself has to have, then the desk.

The order is the contract's: the request first (422, 428), then the stored reply, then
404, 403, 412 and 409, which are the desk's.
"""

from collections.abc import Callable
from datetime import UTC
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

import msgspec
from litestar import Request, Response

from application import requester
from application.all_matters import AllMatters
from application.desk_errors import ForbiddenError, PersonalDataInTextError
from application.erasing import Erasure
from application.errands import Errand
from application.office.principals import Principal
from application.reading_room import ReadBy, ReadingRoom
from application.readings import Kind, Purpose
from application.recorded import FieldWarning, Recorded
from application.requester import IDENTITY, Identity
from application.restricting import Restriction
from application.sealing import SealedMore
from application.sight import Sight
from domain.commands import AnyCommand
from domain.values import AgencyCode, Channel, Digest
from interfaces.http import posts, whoever_comes
from interfaces.http.bodies.fields import Body
from interfaces.http.counter import Counter
from interfaces.http.headers import expected_version, idempotency, path_id
from interfaces.http.heavy_reads import Turns
from interfaces.http.plain_texts import must_be_plain, pointed_out
from interfaces.http.problems import RequestFaultError
from interfaces.http.soundness import must_be_timely, must_know
from interfaces.http.written import Written

PURPOSE: Final = "Reading-Purpose"
"""A header, by which a reader may say why he reads: a word of a list, no text."""


class OfPerson(msgspec.Struct, frozen=True):
    """What an act about a person's data is about besides its own history."""

    concerns: tuple[UUID, ...] = ()
    """The matters in which his data stand."""
    erases: tuple[Erasure, ...] = ()
    restricts: tuple[Restriction, ...] = ()
    of_all: tuple[AllMatters, ...] = ()
    """What the desk has to find again, or somebody looks once more."""


class Call:
    """A request with its principal.

    422 where the purpose that he says is none of the list, whether or not anything that
    he is shown was sealed.
    """

    def __init__(self, request: Request[Any, Any, Any], counter: Counter) -> None:
        self.counter = counter
        self.principal: Principal = request.scope["user"]
        self.request_id = str(request.scope.get("request_id", ""))
        self.heavy = Turns(counter.heavy)
        """Connections for what is much to read."""
        self._request = request
        self._purpose = _purpose(request.headers.get(PURPOSE))

    def prefers(self, *kinds: str) -> str:
        """Which of these media types the caller likes best; the first of equals."""
        return self._request.accept.best_match(list(kinds), kinds[0])

    def link_to_next(self, after: str) -> str:
        """The same question from another place on, as the header Link tells it."""
        scope = self._request.scope
        said = parse_qsl(scope["query_string"].decode("latin-1"))
        asked = [(name, value) for name, value in said if name != "after"]
        return f'<{scope["path"]}?{urlencode([*asked, ("after", after)])}>; rel="next"'

    def room(self) -> ReadingRoom:
        """Where he reads what is sealed; every reading names him and this call."""
        counter = self.counter
        reader = ReadBy(
            official=self.principal.official,
            operation=str(self._request.route_handler.operation_id),
            purpose=self._purpose,
            request_id=self.request_id,
        )
        return ReadingRoom(counter.people, counter.reading_desk, reader, counter.now)

    async def opened(
        self, kind: Kind, record: UUID, sight: Sight, *fields: str
    ) -> dict[Digest, bytes]:
        """Open these fields of a record as far as the caller may know them, by digest.

        No connection is held while the reading is recorded.
        """
        room = self.room()
        async with self.counter.pool.connection() as connection:
            closed = await room.people.closed_of(connection, (record,), *fields)
        return (await room.told(kind, {record: sight}, closed)).get(record, {})

    def agencies_for(self, action: str) -> tuple[AgencyCode, ...]:
        """The agencies in which the authority table grants the caller an action."""
        return tuple(
            agency
            for agency, official in self.principal.memberships.items()
            if posts.allowed(self.counter, official, action)
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
        *,
        besides: tuple[SealedMore, ...] = (),
        passed_to: AgencyCode | None = None,
        may_be_numbered_in: tuple[AgencyCode, ...] = (),
    ) -> Response[Any]:
        """A command about a case; `besides` was sealed for what the case leads to.

        A case that goes on as another is passed to one of our agencies or stays, and
        one of those named gives the new number.
        """
        case = path_id(said_case)
        return await self.about(
            case,
            action,
            body,
            command,
            case=case,
            besides=besides,
            passed_to=passed_to,
            may_be_numbered_in=may_be_numbered_in,
        )

    async def about(
        self,
        subject: UUID,
        action: str,
        body: Body,
        command: Callable[[dict[str, str]], AnyCommand],
        *,
        case: UUID | None = None,
        besides: tuple[SealedMore, ...] = (),
        of_person: OfPerson | None = None,
        warnings: tuple[FieldWarning, ...] = (),
        passed_to: AgencyCode | None = None,
        may_be_numbered_in: tuple[AgencyCode, ...] = (),
    ) -> Response[Any]:
        """A command about what stands; `command` gets the digests of what was sealed.

        `case` is the one whose present state the decision needs, and `of_person` tells
        what else of a person's the act is about, and moves.
        """
        known_in = await must_know(self.counter, self.principal, body, None)
        must_be_timely(self.counter, self.principal, body, None)
        key = await idempotency(self._request, self.principal.official)
        expected = expected_version(self._request)
        sealed: tuple[SealedMore, ...] = ()
        digests: dict[str, str] = {}
        if secrets := body.secrets():
            async with self.counter.pool.connection() as connection:
                more = await self.counter.people.seal_more(connection, subject, secrets)
                if more is not None and IDENTITY in secrets:
                    told = requester.identity(secrets[IDENTITY])
                    likenesses = await whoever_comes.marks(
                        self.counter, connection, subject, told
                    )
                    more = msgspec.structs.replace(more, likenesses=likenesses)
            # Of an unknown matter there is no person; the desk then says 404.
            if more is not None:
                sealed, digests = (more,), dict(more.digests)
        return await self.ask(
            Errand(
                command=command(digests),
                action=action,
                principal=self.principal,
                subject=subject,
                case=case,
                expected=expected,
                documents_known_in=known_in,
                sealed=(*sealed, *besides),
                concerns=() if of_person is None else of_person.concerns,
                erases=() if of_person is None else of_person.erases,
                restricts=() if of_person is None else of_person.restricts,
                of_all=() if of_person is None else of_person.of_all,
                passed_to=passed_to,
                may_be_numbered_in=may_be_numbered_in,
                warnings=warnings,
                idempotency=key,
                request_id=self.request_id,
                **said_besides(body),
            ),
            body,
            who=body.tells_of(),
        )

    async def opening(
        self,
        action: str,
        agency: AgencyCode | None,
        body: Body,
        command: AnyCommand,
        *,
        subject: UUID,
        sealed: SealedMore | None,
        location: str,
        channel: Channel | None = None,
        case: UUID | None = None,
        tracking_id: str | None = None,
        warnings: tuple[FieldWarning, ...] = (),
        who: Identity | None = None,
        documents_known_in: frozenset[AgencyCode] | None = None,
        must_live: tuple[UUID, ...] = (),
    ) -> Response[Any]:
        """A command that opens a case, or a history of its own beside one.

        Without an agency it is that of the case. `who` comes with the body.
        """
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
                warnings=warnings,
                documents_known_in=documents_known_in,
                must_live=must_live,
                sealed=() if sealed is None else (sealed,),
                idempotency=await idempotency(self._request, self.principal.official),
                request_id=self.request_id,
                **said_besides(body),
            ),
            body,
            who=who,
            location=location,
        )

    async def must_be_sound(self, body: Body, agency: AgencyCode) -> None:
        """What a creation's body names has to exist, its time has to be possible."""
        if agency not in self.counter.offices:
            raise RequestFaultError("unknown-agency", pointer="/agency", in_body=True)
        await must_know(self.counter, self.principal, body, agency)
        must_be_timely(self.counter, self.principal, body, agency)

    async def ask(
        self,
        errand: Errand,
        body: Body,
        *,
        who: Identity | None = None,
        location: str | None = None,
    ) -> Response[Any]:
        """Hand the errand to the desk and say what it answered.

        422 where a text that stays legible for ever names the person concerned.
        """
        must_be_plain(errand, body, who)
        try:
            recorded = await self.counter.desk.handle(errand)
        except PersonalDataInTextError as refusal:
            raise pointed_out(refusal, errand, body) from None
        self._request.scope["subject"] = recorded.subject  # type: ignore[typeddict-unknown-key]  # for the log
        return answer(recorded, location)


def _purpose(said: str | None) -> Purpose | None:
    try:
        return None if said is None else Purpose(said)
    except ValueError:
        raise RequestFaultError("unknown-purpose") from None


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
