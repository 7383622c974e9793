"""Recording a data breach, telling of it, closing it."""

from datetime import datetime
from uuid import UUID

from domain.commands.command import Command
from domain.values import NoticeTo, OfficialId, PersonId


class RecordBreach(Command, frozen=True):
    """Write down that personal data were not protected (pelanggaran data)."""

    what: str
    discovered_at: datetime
    fields: tuple[str, ...]
    persons: tuple[PersonId, ...]
    cases: tuple[UUID, ...] = ()
    read_by: OfficialId | None = None
    read_from: datetime | None = None
    read_until: datetime | None = None


class NotifyBreach(Command, frozen=True):
    """Say who was told of it, and how."""

    told: tuple[NoticeTo, ...]
    how: str
    handling: str


class CloseBreach(Command, frozen=True):
    """Nothing more is to be done."""

    reason: str
