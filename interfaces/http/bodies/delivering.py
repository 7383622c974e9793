"""Bodies by which an answer reaches the requester and a case ends."""

from datetime import UTC, date
from typing import Annotated, Final

import msgspec
from typing_extensions import override

from application import identifiers
from application.requester import Identity
from domain import commands
from domain.events import PickupContact
from domain.outcome import ItemOutcome
from domain.values import DeliveryMeans, MissedPickup, NoticeMeans, Outcome
from interfaces.http.bodies.fields import (
    MOST,
    Body,
    Instant,
    ItemNumber,
    LooseText,
    Name,
    Text,
    answerable,
)

TAKERS: Final = frozenset({"requester", "visitor", "proxy"})
"""Words for who took something that a fact may hold; any other may be a name."""


class OutcomeOfItem(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True
):
    """What was said of an item at the counter."""

    n: ItemNumber
    outcome: Outcome


class Delivery(Body, frozen=True, kw_only=True):
    """The answer goes out (disampaikan)."""

    how: DeliveryMeans
    notified_by: NoticeMeans | None = None
    letter_number: Name | None = None
    items: (
        Annotated[tuple[OutcomeOfItem, ...], msgspec.Meta(max_length=MOST)] | None
    ) = None

    def command(self) -> commands.Deliver:
        return commands.Deliver(
            how=self.how,
            notified_by=self.notified_by,
            letter_number=self.letter_number,
            items=tuple(
                ItemOutcome(n=item.n, outcome=answerable(item.outcome))
                for item in self.items or ()
            ),
        )


class Contact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One attempt to reach the requester."""

    at: Instant
    medium: Name
    result: Name


class Pickup(Body, frozen=True, kw_only=True):
    """The requester is called to collect the answer."""

    contacts: Annotated[
        tuple[Contact, ...], msgspec.Meta(min_length=1, max_length=MOST)
    ]
    collect_by: date

    def command(self) -> commands.ArrangePickup:
        return commands.ArrangePickup(
            contacts=tuple(
                PickupContact(
                    at=contact.at.astimezone(UTC),
                    medium=contact.medium,
                    result=contact.result,
                )
                for contact in self.contacts
            ),
            collect_by=self.collect_by,
        )


class Collection(Body, frozen=True, kw_only=True):
    """Somebody collected the answer."""

    by: Name

    @override
    def secrets(self) -> dict[str, bytes]:
        return {} if self.by in TAKERS else {"collected": self.by.encode()}

    @override
    def tells_of(self) -> Identity | None:
        return _told_of(self.by)

    def command(self, told: str | None) -> commands.RecordCollection:
        return commands.RecordCollection(by=_taker(self.by), told=told)


class PickupMissed(Body, frozen=True, kw_only=True):
    """Nobody came."""

    then: MissedPickup

    def command(self) -> commands.RecordMissedPickup:
        return commands.RecordMissedPickup(then=self.then)


class IdentityReturn(Body, frozen=True, kw_only=True):
    """The identity card is handed back."""

    to: Name

    @override
    def secrets(self) -> dict[str, bytes]:
        return {} if self.to in TAKERS else {"card-taken": self.to.encode()}

    @override
    def tells_of(self) -> Identity | None:
        return _told_of(self.to)

    def command(self, told: str | None) -> commands.ReturnIdCard:
        return commands.ReturnIdCard(to=_taker(self.to), told=told)


class Overrun(Body, frozen=True, kw_only=True):
    """Why the target time was not enough."""

    reason: Text

    def command(self) -> commands.NoteOverrun:
        return commands.NoteOverrun(reason=self.reason)


class Closing(Body, frozen=True, kw_only=True):
    """Nothing more is owed."""

    reason: LooseText | None = None

    def command(self) -> commands.Close:
        return commands.Close(reason=self.reason)


class Reopening(Body, frozen=True, kw_only=True):
    """The case is opened again."""

    reason: Text

    def command(self) -> commands.Reopen:
        return commands.Reopen(reason=self.reason)


def _taker(said: str) -> str:
    return said if said in TAKERS else "other"


def _told_of(said: str) -> Identity | None:
    """Who is to be named nowhere in clear; of "the requester's wife" nobody is told."""
    if said in TAKERS or identifiers.names_nobody(said):
        return None
    return Identity(name=said)
