"""Rows of complaints, objections and visitors say what random histories say."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeAlias
from uuid import UUID

import psycopg
import pytest

from domain import events
from domain.clocks import RunningClock
from domain.objection import Objection
from domain.values import Channel, Clock, ComplaintStage, CorrectableFact
from tests.domain.paper import Line, PaperRegister
from tests.projections import histories, lives
from tests.projections.projecting import projected
from tests.projections.walks import entries_of, walked

Rows: TypeAlias = dict[UUID, dict[str, Any]]
"""Columns of rows, by their ids."""


def times(history: list[Line]) -> list[datetime]:
    """When each fact happened, as far as is known today; a slow, naive way."""
    known = [line.at for line in history]
    for line in history:
        event = line.event
        if (
            isinstance(event, events.FactCorrected)
            and event.fact is CorrectableFact.OCCURRED_AT
            and event.value is not None
        ):
            at = datetime.fromisoformat(event.value).astimezone(UTC)
            known[(event.of or event.version) - 1] = at
    return known


def first(history: list[Line], kind: type) -> datetime | None:
    """When the first event of a kind happened."""
    at = zip(history, times(history), strict=True)
    return next((when for line, when in at if isinstance(line.event, kind)), None)


def complaint_rows(paper: PaperRegister) -> Rows:
    return {
        stream: {
            "version": len(paper.histories[stream]),
            "kind": complaint.kind,
            "class": complaint.classified,
            "stage": complaint.stage,
            "about": complaint.opened.about,
            "opened_at": paper.histories[stream][0].at,
            "classified_at": first(paper.histories[stream], events.ComplaintClassified),
            "followed_up_at": first(
                paper.histories[stream], events.ComplaintFollowedUp
            ),
            "answered_at": first(paper.histories[stream], events.ComplaintAnswered),
            "closed_at": first(paper.histories[stream], events.ComplaintClosed),
            "due_at": min(
                (
                    clock.late_from
                    for clock in complaint.clocks
                    if clock.ended_at is None
                    and clock.late_from is not None
                    and complaint.stage is not ComplaintStage.CLOSED
                ),
                default=None,
            ),
        }
        for stream, complaint in paper.complaints.items()
    }


def objection_rows(paper: PaperRegister) -> Rows:
    return {
        stream: {
            "version": len(paper.histories[stream]),
            "case_id": objection.case,
            "stage": objection.stage,
            "ruling": objection.ruling,
            "decided_at": first(paper.histories[stream], events.ObjectionDecided),
            "disputed_at": first(paper.histories[stream], events.DisputeNoted),
            "due_at": _reply_owed(objection),
        }
        for stream, objection in paper.objections.items()
    }


def _reply_owed(objection: Objection) -> datetime | None:
    for clock in objection.clocks:
        if clock.due.clock is Clock.OBJECTION_REPLY and clock.ended_at is None:
            return clock.late_from
    return None


def guest_rows(paper: PaperRegister) -> Rows:
    found = {}
    for stream, history in paper.histories.items():
        event = history[0].event
        if isinstance(event, events.Visited) or (
            isinstance(event, events.Received) and event.channel is Channel.FACE_TO_FACE
        ):
            found[stream] = {
                "came_at": times(history)[0],
                "outcome": getattr(event, "outcome", None),
                "registration_number": getattr(event, "registration_number", None),
                "card_deposited_at": first(history, events.IdCardDeposited),
                "card_returned_at": first(history, events.IdCardReturned),
            }
    return found


def data_request_rows(paper: PaperRegister) -> Rows:
    return {
        stream: {
            "version": len(paper.histories[stream]),
            "person": request.received.person,
            "kind": request.received.kind,
            "stage": request.stage,
            "due_at": _owed(request.clocks),
        }
        for stream, request in paper.data_requests.items()
    }


def breach_rows(paper: PaperRegister) -> Rows:
    return {
        stream: {
            "version": len(paper.histories[stream]),
            "stage": breach.stage,
            "due_at": _owed(breach.clocks),
        }
        for stream, breach in paper.breaches.items()
    }


def _owed(clocks: Sequence[RunningClock]) -> datetime | None:
    """The end of the one clock that such a history has, while it runs."""
    return next((one.late_from for one in clocks if one.ended_at is None), None)


async def told(desk: psycopg.AsyncConnection, table: str, of: Rows) -> Rows:
    """What the rows say of the same, by their ids."""
    return {
        next(iter(row.values())): {
            name: row[name] for name in next(iter(of.values()), {})
        }
        for row in await histories.rows(desk, table)
    }


SEEDS = range(5)
TABLES: dict[str, Callable[[PaperRegister], Rows]] = {
    "complaints": complaint_rows,
    "objections": objection_rows,
    "guests": guest_rows,
    "data_requests": data_request_rows,
    "breaches": breach_rows,
}


@pytest.mark.parametrize("seed", SEEDS)
async def test_rows_are_what_the_histories_say_and_nothing_is_parked(
    database_url, desk, seed
):
    walk = walked(seed, 400)
    await lives.record(desk, entries_of(walk))
    await projected(database_url, desk, page_size=50)

    for table, rows_of in TABLES.items():
        expected = rows_of(walk.register)
        assert await told(desk, table, expected) == expected, table
    cursor = await desk.execute("select count(*) from parked")
    assert await cursor.fetchone() == (0,)


def test_the_walks_meet_every_kind_of_row():
    met: set[str] = set()
    for seed in SEEDS:
        paper = walked(seed, 400).register
        met |= {table for table, rows_of in TABLES.items() if rows_of(paper)}
        if met == set(TABLES):
            break
    assert met == set(TABLES)
