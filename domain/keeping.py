"""Until when the files of a person are kept: every day that has to be over before.

Five years after closing, never before the windows to object and to dispute, nor before
the annual report of the year; the numbers are data (`data_law.RetentionRule`).
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import assert_never

import msgspec

from domain.case import Case
from domain.clock_faces import after_silence
from domain.complaint import Complaint
from domain.data_request import DataRequest
from domain.holds import Concerned
from domain.objection import Objection
from domain.office import Office
from domain.values import Clock, ComplaintStage, ObjectionStage

_DAY = timedelta(days=1)


class RetentionEnd(msgspec.Struct, frozen=True):
    """One of the days that have to be over."""

    why: str
    """`closed`, `objection_window`, `dispute_window`, `annual_report` or `kept_on`."""
    on: date


def ends(
    case: Case, beside: Sequence[Concerned], office: Office
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


def of_all(
    case: Case, concerned: Sequence[Concerned], office: Office
) -> tuple[RetentionEnd, ...] | None:
    """The days of every file of the person: one key opens them all.

    `concerned` are all the matters that touch his data, the case among them or not.
    """
    beside = tuple(one for one in concerned if not isinstance(one.matter, Case))
    found = [ends(case, beside, office)]
    found.extend(
        ends(one.matter, beside, one.office)
        for one in concerned
        if isinstance(one.matter, Case) and not one.matter.erased
    )
    known = [each for each in found if each is not None]
    if len(known) < len(found):
        return None
    return tuple(dict.fromkeys(end for each in known for end in each))


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
