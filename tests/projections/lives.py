"""Lives of cases, written straight into the register, for views to be folded from."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
from msgspec.structs import replace

from application import register
from application.entries import Metadata, NewEntry
from domain import events
from domain.values import Channel, DeliveryMeans, LaporClass, MissedPickup
from tests.domain import past
from tests.domain.receipts import lettered, reported, visited
from tests.domain.scenarios import MINUTE, MORNING, Happened


def _told(*happened: Happened | tuple[Happened, ...]) -> tuple[Happened, ...]:
    return tuple(
        one
        for each in happened
        for one in (each if isinstance(each, tuple) else (each,))
    )


LIVES = (
    _told(
        visited(card="ktp"),
        past.directed(),
        past.answered_orally(),
        past.card_returned(),
        past.closed(),
    ),
    _told(visited(), past.directed(), past.refused_at_counter()),
    _told(
        lettered(),
        past.disposed(),
        past.drafted(),
        past.initialled(1),
        past.returned(tier=2),
        past.drafted(n=2),
        past.initialled(1, draft=2),
        past.initialled(2, draft=2),
        past.signed(draft=2),
        past.delivered(),
        past.complained(),
        past.closed(),
        past.reopened(),
    ),
    _told(
        lettered(),
        past.disposed(),
        past.approved(),
        past.called(),
        past.missed(MissedPickup.CLOSE),
    ),
    _told(
        reported(),
        past.reviewed(),
        past.disposed(),
        past.approved(),
        past.delivered(DeliveryMeans.LAPOR_POST),
    ),
    _told(reported(), past.reviewed(LaporClass.ASPIRATION), past.closed()),
)
"""One of each kind, from a visitor's card to an aspiration that is no request."""


def entries(
    life: Sequence[Happened], number: str, stream: UUID | None = None
) -> list[NewEntry]:
    """A life as it is recorded; the case gets this registration number."""
    case = stream or uuid4()
    at = MORNING - MINUTE
    agency = None
    made = []
    for version, each in enumerate(life, start=1):
        event = each.event
        if isinstance(event, events.Received):
            agency = event.agency
            event = replace(event, registration_number=number)
            if event.channel is Channel.LETTER:
                letter = events.LetterReceipt(
                    number=f"470/{number[-5:]}/A_B%", agenda_number=f"ag-{number[-5:]}"
                )
                event = replace(event, letter=letter)
            if event.lapor is not None:
                lapor = replace(event.lapor, tracking_id=f"LP{number[-5:]}")
                event = replace(event, lapor=lapor)
        at = each.at or at + MINUTE
        made.append(
            NewEntry(
                stream=case,
                version=version,
                event=event,
                event_id=uuid4(),
                occurred_at=at,
                recorded_at=at + timedelta(seconds=5),
                metadata=Metadata(official=each.by, rule="row", agency=agency),
            )
        )
    return made


def interleaved(lives: Iterable[Sequence[NewEntry]]) -> list[NewEntry]:
    """Entries as many officials at once record them: a case's own in their order."""
    rest = [list(life) for life in lives]
    mixed: list[NewEntry] = []
    while any(rest):
        mixed.extend(life.pop(0) for life in rest if life)
    return mixed


async def record(
    connection: psycopg.AsyncConnection, made: Sequence[NewEntry]
) -> list[int]:
    """Enter them in the register; answers their positions."""
    async with connection.transaction():
        return await register.append(connection.cursor(binary=True), made)


def many(n: int, agency: str = "BPPD") -> list[NewEntry]:
    """Record `n` lives, one kind after the other."""
    return interleaved(
        entries(LIVES[i % len(LIVES)], f"{agency}-2026-{i + 1:05}") for i in range(n)
    )
