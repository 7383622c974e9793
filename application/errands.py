"""What the desk is asked to do: a command with all that carrying it out needs."""

from datetime import datetime
from uuid import UUID

import msgspec

from application.office.principals import Principal
from application.sealing import SealedMore
from domain.commands import AnyCommand
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


class Errand(msgspec.Struct, frozen=True, kw_only=True):
    """A command with all that carrying it out needs."""

    command: AnyCommand
    action: str
    """The word under which the authority table knows it."""
    principal: Principal
    subject: UUID
    """The history it is about; a new id where the command opens one."""
    case: UUID | None = None
    """The case whose present state the decision needs."""
    agency: AgencyCode | None = None
    """Of what is being opened; an existing case knows its own."""
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
    tracking_id: str | None = None
    """Of a report in SP4N-LAPOR!, which is received only once."""
    sealed: tuple[SealedMore, ...] = ()
    idempotency: Idempotency | None = None
    request_id: str
