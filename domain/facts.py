"""A fact: what `decide` answers, an event and the history it belongs to."""

from uuid import UUID

import msgspec

from domain.events import AnyEvent


class Fact(msgspec.Struct, frozen=True):
    """An event for the history the command was about, or for another one."""

    event: AnyEvent
    stream: UUID | None = None
    """None is the history that the command names."""


def facts(*events: AnyEvent) -> tuple[Fact, ...]:
    """Facts about the command's own subject."""
    return tuple(Fact(event=event) for event in events)
