"""Why a term ends when it ends: one line for each day from its day of receipt on."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from domain.calendar import Calendar, HolidayKind
from domain.clocks import RunningClock
from domain.values import DayKind

_DAY = timedelta(days=1)


class Why(StrEnum):
    """Why a day of a term counts, or does not."""

    RECEIPT = "receipt"
    WORKING = "working"
    CALENDAR = "calendar"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    COLLECTIVE_LEAVE = "collective_leave"
    PAUSED = "paused"


class Traced(msgspec.Struct, frozen=True):
    """One local day of a term."""

    date: date
    counted: bool
    n: int | None
    """Which day of the term it is, from 1; none where it does not count."""
    why: Why
    name: str | None = None
    """Of the holiday, or the ground of the pause."""
    decree: str | None = None
    """That freed the day."""


def trace(clock: RunningClock, calendar: Calendar) -> tuple[Traced, ...]:
    """Every day from the day of receipt, which is day zero, to `due_on`.

    `calendar` is to be the edition in which the clock's term was counted.
    """
    return tuple(_days(clock, calendar))


def _days(clock: RunningClock, calendar: Calendar) -> Iterator[Traced]:
    day = calendar.date_of(clock.due.starts_at)
    yield Traced(date=day, counted=False, n=None, why=Why.RECEIPT)
    due, n = clock.due, 0
    by_rule = due.length + due.extension if due.not_before else None
    while day < clock.due.due_on:
        day += _DAY
        told = _day(day, clock, calendar)
        if n == by_rule:  # over, had the announcement of that day not come too late
            told = msgspec.structs.replace(told, counted=False)
        n += told.counted
        yield msgspec.structs.replace(told, n=n) if told.counted else told


def _day(day: date, clock: RunningClock, calendar: Calendar) -> Traced:
    """The day by itself; which of the term it is, the caller counts."""
    works = clock.due.day_kind is DayKind.WORKING
    if works and calendar.is_weekend(day):
        return Traced(date=day, counted=False, n=None, why=Why.WEEKEND)
    holiday = calendar.holiday(day) if works else None
    if holiday is not None:
        is_leave = holiday.kind is HolidayKind.COLLECTIVE_LEAVE
        return Traced(
            date=day,
            counted=False,
            n=None,
            why=Why.COLLECTIVE_LEAVE if is_leave else Why.HOLIDAY,
            name=holiday.name,
            decree=holiday.decree or None,
        )
    for pause in clock.pauses:
        if pause.covers(day):
            return Traced(
                date=day, counted=False, n=None, why=Why.PAUSED, name=pause.ground
            )
    return Traced(
        date=day, counted=True, n=None, why=Why.WORKING if works else Why.CALENDAR
    )
