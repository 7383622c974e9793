"""Deadlines: when a term ends, counted day by day in a calendar.

Pure functions of facts and a calendar's edition. Day of receipt is day zero; a day
ends when the agency's local day ends; instants are UTC.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from domain.calendar import Calendar
from domain.channel_standard import ChannelStandard, ClockStart
from domain.clocks import Pause, RunningClock
from domain.due import Due
from domain.terms import LaporTerms, OfficeHours, PersonalDataTerms, Statute
from domain.values import Clock, DayKind

_DAY = timedelta(days=1)

OTHER_READING: Mapping[DayKind, DayKind] = {
    DayKind.CALENDAR: DayKind.WORKING,
    DayKind.WORKING: DayKind.CALENDAR,
}
"""How else "hari" may be read where a page does not say which days it means."""


def term(
    clock: Clock,
    starts_at: datetime,
    days: int,
    kind: DayKind,
    calendar: Calendar,
    *,
    also: DayKind | None = None,
) -> Due:
    """A term of so many days after the local day of `starts_at`.

    `also` is another reading of the same sentence, shown beside.
    """
    day_zero = calendar.date_of(starts_at)
    readings = {
        each: calendar.after(day_zero, days, each) for each in (kind, also) if each
    }
    due_on = readings[kind]
    worked = readings.get(DayKind.WORKING)
    counted = () if worked is None else (day_zero, worked)
    return Due(
        clock=clock,
        day_kind=kind,
        starts_at=starts_at,
        due_on=due_on,
        due_at=calendar.end_of(due_on),
        also_due_on=None if also is None else readings[also],
        calendar_edition=calendar.edition,
        provisional=not all(calendar.reaches(day) for day in counted),
        length=days,
    )


def length_of(due: Due, calendar: Calendar) -> int:
    """The term's days by its rule; counted back where the entry does not say it."""
    if due.length or due.day_kind is DayKind.MINUTES:
        return due.length
    day = calendar.date_of(due.starts_at)
    days = 0
    while day < due.due_on:
        day += _DAY
        days += _counts(day, due.day_kind, calendar)
    return days - due.extension


def recounted(clock: RunningClock, calendar: Calendar) -> Due:
    """The clock's term counted anew in a calendar, with its extension and pauses.

    A pause that is still open moves nothing: the term rests, and does not end before
    the pause does. Minutes are counted on the clock and stay.
    """
    due = clock.due
    if due.day_kind is DayKind.MINUTES:
        return due
    day_zero = calendar.date_of(due.starts_at)
    days = length_of(due, calendar) + due.extension

    def reading(kind: DayKind) -> date:
        return _after(day_zero, days, kind, calendar, clock.pauses)

    by_rule = reading(due.day_kind)
    due_on = max(by_rule, due.not_before or by_rule)
    also = OTHER_READING[due.day_kind] if due.also_due_on else None
    also_due_on = None if also is None else reading(also)
    worked = by_rule if due.day_kind is DayKind.WORKING else also_due_on
    counted = () if worked is None else (day_zero, worked)
    return replace(
        due,
        due_on=due_on,
        due_at=calendar.end_of(due_on),
        also_due_on=also_due_on,
        calendar_edition=calendar.edition,
        provisional=not all(calendar.reaches(day) for day in counted),
        length=days - due.extension,
    )


def never_past(clock: RunningClock, at: datetime, calendar: Calendar) -> Due:
    """Its term, which a calendar announced then ends on that local day at the soonest.

    A holiday that is taken back takes no days that are over already.
    """
    day = calendar.date_of(at)
    if clock.due.due_on >= day:
        return clock.due
    due = replace(clock.due, not_before=day)
    return recounted(replace(clock, due=due), calendar)


def _counts(day: date, kind: DayKind, calendar: Calendar) -> bool:
    return kind is DayKind.CALENDAR or calendar.is_working(day)


def _after(
    day_zero: date, n: int, kind: DayKind, calendar: Calendar, pauses: Sequence[Pause]
) -> date:
    """The n-th day after day zero that counts and is not paused."""
    if not pauses:
        return calendar.after(day_zero, n, kind)
    day = day_zero
    for _ in range(n):
        day += _DAY
        while not _counts(day, kind, calendar) or any(
            pause.covers(day) for pause in pauses
        ):
            day += _DAY
    return day


def breach_notice(
    discovered_at: datetime, terms: PersonalDataTerms, calendar: Calendar
) -> Due:
    """How long the agency has to tell of a data breach: hours on the clock.

    UU 27/2022 art. 46: 3 x 24 hours, weekends and holidays included.
    """
    length = terms.breach_notice_hours * 60
    return minutes(Clock.BREACH_NOTICE, discovered_at, length, calendar, soft=False)


def minutes(
    clock: Clock, starts_at: datetime, length: int, calendar: Calendar, *, soft: bool
) -> Due:
    """A target of so many minutes after `starts_at`."""
    due_at = starts_at + timedelta(minutes=length)
    return Due(
        clock=clock,
        day_kind=DayKind.MINUTES,
        starts_at=starts_at,
        due_on=calendar.date_of(due_at),
        due_at=due_at,
        soft=soft,
        calendar_edition=calendar.edition,
        length=length,
    )


def counted_from(at: datetime, hours: OfficeHours, calendar: Calendar) -> datetime:
    """The instant whose local day is day zero of something received at `at`.

    Where the standard says so, what came after closing or on a free day counts from the
    next working day's opening; else every receipt counts from itself.
    """
    local = calendar.local(at)
    in_time = calendar.is_working(local.date()) and local.time() <= hours.closes
    if in_time or not hours.late_receipt_counts_next_day:
        return at
    next_day = calendar.after(local.date(), 1, DayKind.WORKING)
    return calendar.instant(next_day, hours.opens)


def on_receipt(
    channel: ChannelStandard,
    statute: Statute,
    hours: OfficeHours,
    calendar: Calendar,
    starts: Mapping[ClockStart, datetime],
) -> tuple[Due, ...]:
    """Both clock families of a new request: the agency's promise and the statute.

    UU 14/2008 art. 22(7): ten working days; the promise is the standard's own. The
    standard names for each the instant from which it counts. Minutes are a visitor's
    and count at once; SP4N-LAPOR! never closes, so no submission is late.
    """

    def day_zero(start: ClockStart) -> datetime:
        if start is ClockStart.SUBMITTED:
            return starts[start]
        return counted_from(starts[start], hours, calendar)

    target = channel.target
    promise = (
        minutes(
            Clock.STANDARD,
            starts[target.starts],
            target.value,
            calendar,
            soft=target.soft,
        )
        if target.day_kind is DayKind.MINUTES
        else term(
            Clock.STANDARD,
            day_zero(target.starts),
            target.value,
            target.day_kind,
            calendar,
            also=target.also,
        )
    )
    law = term(
        Clock.STATUTE,
        day_zero(channel.statute_starts),
        statute.answer,
        DayKind.WORKING,
        calendar,
    )
    return (promise, law)


def objection(starts_at: datetime, statute: Statute, calendar: Calendar) -> Due:
    """How long the requester may object: UU 14/2008 art. 36(1)."""
    return term(
        Clock.OBJECTION,
        starts_at,
        statute.objection,
        DayKind.WORKING,
        calendar,
    )


def lapor_auto_close(starts_at: datetime, terms: LaporTerms, calendar: Calendar) -> Due:
    """When SP4N-LAPOR! counts a report that nobody replied to as finished."""
    return term(
        Clock.LAPOR_AUTO_CLOSE,
        starts_at,
        terms.auto_close_working_days,
        DayKind.WORKING,
        calendar,
    )


def objection_reply(starts_at: datetime, statute: Statute, calendar: Calendar) -> Due:
    """How long the PPID's superior has to answer: UU 14/2008 art. 36(2)."""
    return term(
        Clock.OBJECTION_REPLY,
        starts_at,
        statute.objection_reply,
        DayKind.WORKING,
        calendar,
    )


def dispute(starts_at: datetime, statute: Statute, calendar: Calendar) -> Due:
    """How long there is to go to the Information Commission: UU 14/2008 art. 37(2)."""
    return term(
        Clock.DISPUTE,
        starts_at,
        statute.dispute,
        DayKind.WORKING,
        calendar,
    )
