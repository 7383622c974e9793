"""A fact: what `decide` answers, an event and its history; and by whom it was told."""

from datetime import datetime
from uuid import UUID

import msgspec

from domain.events import AnyEvent
from domain.values import OfficialId


class Fact(msgspec.Struct, frozen=True):
    """An event for the history the command was about, or for another one."""

    event: AnyEvent
    stream: UUID | None = None
    """None is the history that the command names."""


def facts(*events: AnyEvent) -> tuple[Fact, ...]:
    """Facts about the command's own subject."""
    return tuple(Fact(event=event) for event in events)


class By(msgspec.Struct, frozen=True):
    """Who entered a fact, and when it happened: what an entry adds to its event."""

    official: OfficialId
    at: datetime
    told_at: datetime | None = None
    """When it was entered; None where nobody says that it was later."""
