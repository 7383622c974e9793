"""Handing the answer over, ending, and opening again."""

from datetime import date, datetime

from domain.commands.command import Command
from domain.events import PickupContact
from domain.outcome import ItemOutcome
from domain.values import DeliveryMeans, Digest, MissedPickup, NoticeMeans


class Deliver(Command, frozen=True):
    """Give or send the answer (menyampaikan)."""

    how: DeliveryMeans
    items: tuple[ItemOutcome, ...] = ()
    notified_by: NoticeMeans | None = None
    letter_number: str | None = None


class ArrangePickup(Command, frozen=True):
    """Call the requester to collect the answer."""

    contacts: tuple[PickupContact, ...]
    collect_by: date


class RecordCollection(Command, frozen=True):
    """The answer was collected."""

    by: str
    told: Digest | None = None


class RecordMissedPickup(Command, frozen=True):
    """Nobody came for the answer."""

    then: MissedPickup


class ReturnIdCard(Command, frozen=True):
    """Hand the identity card back."""

    to: str
    told: Digest | None = None


class NoteOverrun(Command, frozen=True):
    """Say why fifteen minutes were not enough."""

    reason: str


class ImportLaporStatus(Command, frozen=True):
    """Copy a status that SP4N-LAPOR! shows."""

    status: str
    at: datetime


class Close(Command, frozen=True):
    """Nothing more is owed."""

    reason: str | None = None


class Reopen(Command, frozen=True):
    """Open a finished case again."""

    reason: str
