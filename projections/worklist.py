"""The work list: what waits for an official now, in all his posts, most pressing first.

Cases, complaints and objections are each asked of their own view, and stand together.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from application.register import Connection
from domain.calendar import Calendar
from domain.values import Role
from projections import piles
from projections.desks import desks
from projections.owed import ABOUT_COMPLAINTS, ABOUT_OBJECTIONS, Duty
from projections.piles import PILES, Found
from projections.reader import Seat
from projections.work_page import Due, Place, WorkItem, WorkPage, pressing

MOST: Final = 1000
"""So far each task is counted."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What to list; whatever is None does not matter."""

    seats: Sequence[Seat]
    """The caller's, in the agencies whose list he may read; nothing else is shown."""
    now: datetime
    task: Duty | None = None
    role: Role | None = None
    due_before: date | None = None
    overdue: bool | None = None
    limit: int = 50
    after: Place | None = None

    def filters(self) -> dict[str, Any]:
        """What every pile's statements ask for; one task more than wanted."""
        after = self.after
        return {
            "me": self.seats[0].official.id if self.seats else None,
            "now": self.now,
            "due_before": self.due_before,
            "overdue": self.overdue,
            "after_at": None if after is None else after.by_at,
            "after_position": None if after is None else after.position,
            "after_task": None if after is None else after.task,
            "limit": self.limit + 1,
            "most": MOST,
        }


async def worklist(connection: Connection, wanted: Wanted) -> WorkPage:
    """One page of the list."""
    units = await piles.units(
        connection, [seat.official.agency for seat in wanted.seats]
    )
    his = [
        desk
        for seat in wanted.seats
        for desk in desks(seat, wanted.now, units)
        if wanted.role is None or desk.role is wanted.role
    ]
    filters = wanted.filters()
    found: list[Found] = []
    counts: dict[str, int] = {}
    for pile in PILES:
        here = [desk for desk in his if desk.duty in pile.duties]
        if asked := [desk for desk in here if wanted.task in {None, desk.duty}]:
            found += await piles.waiting(connection, pile, asked, filters)
        if here:
            counts |= await piles.counted(connection, pile, here, filters)
    found.sort(key=lambda one: one.place)
    shown = found[: wanted.limit]
    numbers = await piles.numbers(connection, shown)
    calendars = {seat.official.agency: seat.office.calendar for seat in wanted.seats}
    return WorkPage(
        items=tuple(
            _item(one, numbers, calendars[one.agency], wanted.now) for one in shown
        ),
        next=shown[-1].place.written() if len(found) > len(shown) else None,
        counts=counts,
        counts_up_to=MOST,
    )


def _item(
    found: Found, numbers: Mapping[UUID, str], calendar: Calendar, now: datetime
) -> WorkItem:
    def local(at: datetime | None) -> datetime | None:
        return None if at is None else calendar.local(at)

    due = pressing(found.due_on, found.due_at, calendar.date_of(now), now)
    number = found.registration_number
    if number is None and found.case is not None:
        number = numbers.get(found.case)
    duty = Duty(found.task)
    return WorkItem(
        task=duty,
        case=found.case,
        complaint=found.matter if duty in ABOUT_COMPLAINTS else msgspec.UNSET,
        objection=found.matter if duty in ABOUT_OBJECTIONS else msgspec.UNSET,
        registration_number=number,
        agency=found.agency,
        channel=found.channel,
        stage=found.stage,
        role=Role(found.role),
        stead=None if found.in_own_post else found.holder,
        since=calendar.local(found.since),
        due_on=found.due_on,
        due_at=local(found.due_at),
        target_at=local(found.target_at),
        late=due is Due.LATE,
        due=due,
        whose_turn=found.whose_turn or found.role,
    )
