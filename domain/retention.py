"""When a file's time is over, and what becomes of it then: a person decides.

Five years after closing, never before the windows to object and to dispute, nor before
the annual report of the year; the numbers are data (`data_law.RetentionRule`).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import assert_never

import msgspec

from domain import commands, errors, events
from domain.case import Case
from domain.clock_faces import after_silence
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.data_rights import Parties, erased, must_be_free
from domain.facts import Fact
from domain.holds import Concerned
from domain.objection import Objection
from domain.office import Act, Office
from domain.order import in_order
from domain.values import (
    Clock,
    ComplaintStage,
    ObjectionStage,
    RetentionChoice,
)

_DAY = timedelta(days=1)


class RetentionEnd(msgspec.Struct, frozen=True):
    """One of the days that have to be over."""

    why: str
    """`closed`, `objection_window`, `dispute_window`, `annual_report` or `kept_on`."""
    on: date


def ends(
    case: Case, beside: Parties, office: Office
) -> tuple[RetentionEnd, ...] | None:
    """Every day that has to be over before the file may go; the last one counts.

    None while nobody can tell: the case is not finished, or something beside it.
    """
    if case.erased or case.finished_at is None:
        return None
    closed = office.calendar.date_of(case.finished_at)
    rule = office.data_law.retention
    reported = _end_of(closed.year + 1, rule.annual_report_month)
    found = [
        RetentionEnd("closed", _years_after(closed, rule.years_after_closing)),
        RetentionEnd("annual_report", reported),
    ]
    window = case.clock(Clock.OBJECTION)
    silent = after_silence(
        case.clocks, office.standard.statute, office.calendar, case.finished_at
    )
    told = silent if window is None else window.due
    if told is not None:
        found.append(RetentionEnd("objection_window", told.due_on))
    for one in beside:
        if _is_open(one):
            return None
        found.extend(_disputes(one))
    if case.kept_until is not None:
        found.append(RetentionEnd("kept_on", case.kept_until))
    return tuple(found)


def ended_on(found: tuple[RetentionEnd, ...] | None) -> date | None:
    """The last of those days."""
    return None if found is None else max(end.on for end in found)


def decide(
    case: Case,
    concerned: Parties,
    command: commands.DecideRetention,
    act: Act,
    office: Office,
) -> tuple[Fact, ...]:
    """Nothing goes by itself: somebody says so, for a file whose time is over."""
    in_order(case.last_at, act.occurred_at)
    case.must_not_be_erased()
    today = office.calendar.date_of(act.occurred_at)
    over = _over(case, concerned, office)
    if over is None or over >= today:
        raise errors.RetentionNotOverError(over)
    keeps = command.decision is RetentionChoice.KEEP
    if keeps and (command.until is None or command.until < today):
        raise errors.WaitWithoutEndError
    decided = Fact(
        event=events.RetentionDecided(
            decision=command.decision,
            reason=command.reason,
            ended_on=over,
            until=command.until if keeps else None,
        )
    )
    if keeps:
        return (decided,)
    must_be_free(concerned, act.occurred_at)
    return (decided, *erased(None, case.person, command, concerned, act))


def _over(case: Case, concerned: Parties, office: Office) -> date | None:
    """The last day of every file of the person: one key opens them all."""
    beside = tuple(one for one in concerned if not isinstance(one.matter, Case))
    days = [ended_on(ends(case, beside, office))]
    days.extend(
        ended_on(ends(one.matter, beside, one.office))
        for one in concerned
        if isinstance(one.matter, Case) and not one.matter.erased
    )
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _is_open(one: Concerned) -> bool:
    match one.matter:
        case Complaint(stage=stage):
            return stage is not ComplaintStage.CLOSED
        case Objection() as objection:
            is_over = objection.stage is ObjectionStage.DECIDED
            return not (is_over or objection.has_result)
        case Case() | DataRequest():
            return False
        case _:
            assert_never(one.matter)


def _disputes(one: Concerned) -> Iterator[RetentionEnd]:
    for clock in one.matter.clocks:
        if clock.due.clock is Clock.DISPUTE:
            yield RetentionEnd("dispute_window", clock.due.due_on)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def _end_of(year: int, month: int) -> date:
    """The last day of a month."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return after - _DAY
