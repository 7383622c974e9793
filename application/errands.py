"""What the desk is asked to do: a command with all that carrying it out needs."""

from datetime import datetime
from functools import cached_property
from uuid import UUID

import msgspec

from application import plain_texts
from application.all_matters import AllMatters
from application.erasing import Erasure
from application.office.principals import Principal
from application.recorded import FieldWarning
from application.restricting import Restriction
from application.sealing import SealedMore
from domain.commands import AnyCommand, Receive
from domain.values import AgencyCode, Channel, OfficialId, Role


class Idempotency(msgspec.Struct, frozen=True):
    """A key under which the same request is answered once (kept seven days)."""

    official: OfficialId
    method: str
    path: str
    key: str
    body_sha256: bytes

    @property
    def scope(self) -> tuple[OfficialId, str, str, str]:
        """Whose key it is, and for which request."""
        return (self.official, self.method, self.path, self.key)


class Errand(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A command with all that carrying it out needs."""

    command: AnyCommand
    action: str
    """The word under which the authority table knows it."""
    principal: Principal
    subject: UUID
    """The history it is about; a new id where the command opens one."""
    case: UUID | None = None
    """The case whose present state the decision needs."""
    concerns: tuple[UUID, ...] = ()
    """The other histories whose present state the decision needs, and may move."""
    agency: AgencyCode | None = None
    """Of what is being opened; an existing case knows its own."""
    may_be_numbered_in: tuple[AgencyCode, ...] = ()
    """Agencies of which one numbers the case that an existing one goes on as."""
    channel: Channel | None = None
    expected: int | None = None
    """The version the official looked at; none where nothing exists yet."""
    said_role: Role | None = None
    occurred_at: datetime | None = None
    """None is the moment of recording."""
    late_reason: str | None = None
    note: str | None = None
    documents_known_in: frozenset[AgencyCode] | None = None
    """The agencies that keep every document it names; None where it names none."""
    passed_to: AgencyCode | None = None
    """Whose case it goes on as, where that is another of our agencies."""
    tracking_id: str | None = None
    """Of a report in SP4N-LAPOR!, which is received only once."""
    sealed: tuple[SealedMore, ...] = ()
    erases: tuple[Erasure, ...] = ()
    """Persons who are erased in the same transaction."""
    restricts: tuple[Restriction, ...] = ()
    """Whose data are closed, or opened again, in the same transaction."""
    of_all: tuple[AllMatters, ...] = ()
    """Persons about whose data it decides, with all that was seen to touch them."""
    must_live: tuple[UUID, ...] = ()
    """Persons who may not be erased by then."""
    warnings: tuple[FieldWarning, ...] = ()
    """To be answered when it is recorded."""
    idempotency: Idempotency | None = None
    request_id: str

    @property
    def numbered_in(self) -> tuple[AgencyCode, ...]:
        """Agencies of which one may have to give a registration number."""
        if self.agency is not None and isinstance(self.command, Receive):
            return (self.agency,)
        return self.may_be_numbered_in

    @property
    def stands(self) -> bool:
        """Whether its history is there already, rather than opened by it."""
        return self.expected is not None or self.subject == self.case

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What it says in clear, and can never be erased."""
        said = (self.command, self.note, self.late_reason)
        return tuple(text for text in plain_texts.of(said) if text)

    @cached_property
    def free_texts(self) -> tuple[str, ...]:
        """Those of its texts that somebody wrote."""
        return tuple(text for text in self.texts if plain_texts.is_free(text))

    @cached_property
    def streams(self) -> frozenset[UUID]:
        """The histories that the decision needs."""
        needed = {self.subject} if self.stands else set()
        beside = {*self.concerns} if self.case is None else {self.case, *self.concerns}
        return frozenset(needed | beside)
