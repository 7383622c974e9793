"""The answer reaches the requester, and the case ends or is opened again."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.due import Due
from domain.events.event import Event
from domain.outcome import ItemOutcome
from domain.values import DeliveryMeans, Digest, MissedPickup, NoticeMeans, Outcome


class IdCardReturned(Event, frozen=True, tag="id-card-returned"):
    """The identity card was taken back (mengambil kembali KTP)."""

    to: str
    """`visitor`, `proxy` or `other`; who it was is sealed."""
    told: Digest | None = None
    """Of the sealed words that say who took it."""


class PickupContact(msgspec.Struct, frozen=True):
    """One attempt to tell the requester that the answer can be collected."""

    at: datetime
    medium: str
    result: str


class Delivered(Event, frozen=True, tag="delivered"):
    """The answer reached the requester, or went out to him (disampaikan)."""

    how: DeliveryMeans
    outcome: Outcome
    items: tuple[ItemOutcome, ...] = ()
    """Outcomes said at the counter; a written answer has them in its draft."""
    notified_by: NoticeMeans | None = None
    letter_number: str | None = None
    due: tuple[Due, ...] = ()


class PickupArranged(Event, frozen=True, tag="pickup-arranged"):
    """The requester was called to collect the answer (dihubungi untuk mengambil)."""

    contacts: tuple[PickupContact, ...]
    collect_by: date


class Collected(Event, frozen=True, tag="collected"):
    """The answer was collected at the agency (diambil)."""

    by: str
    """`requester`, `proxy` or `other`; who it was is sealed."""
    told: Digest | None = None
    due: tuple[Due, ...] = ()


class PickupMissed(Event, frozen=True, tag="pickup-missed"):
    """Nobody came for the answer (tidak diambil)."""

    then: MissedPickup


class TargetOverrunNoted(Event, frozen=True, tag="target-overrun-noted"):
    """The fifteen minutes were not enough ("atau sesuai kebutuhan")."""

    reason: str


class LaporStatusImported(Event, frozen=True, tag="lapor-status-imported"):
    """SP4N-LAPOR! shows a status of its own; the liaison copied it here."""

    status: str
    at: datetime


class Closed(Event, frozen=True, tag="closed"):
    """Nothing more is owed in this case (selesai)."""

    reason: str | None = None


class Reopened(Event, frozen=True, tag="reopened"):
    """The head opened the case again; the last assignee answers once more."""

    reason: str
    objection: UUID | None = None
    """The objection that was granted, where one opened it."""
