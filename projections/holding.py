"""Who held a case, one after the other, and for how long: by whose turn it was.

Held is whatever is owed: an official's part of the answer, or the requester's word
that the office waits for. After its end nobody holds a case.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

import msgspec

from domain import turns
from domain.calendar import Calendar
from domain.case import Case
from domain.clocks import Pause
from domain.values import OfficialId, Role
from projections.standing import Standing
from projections.versions import versions

_DAY = timedelta(days=1)
_NOTHING = timedelta()


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """A span in which it was one party's turn; instants in the agency's zone."""

    who: str
    """A role, or `requester`."""
    official: OfficialId | None
    """Who he was, where the case was assigned to him."""
    since: datetime = msgspec.field(name="from")
    until: datetime | None
    """None while it still is his turn at the moment that is shown."""
    seconds: int
    """How long, up to that moment where he still holds it."""
    working_days: int
    """Working days after the day on which he got it, as terms are counted."""
    paused_seconds: int
    """How long of that the answer's clocks were at rest."""


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """All spans of one party together."""

    who: str
    seconds: int
    working_days: int
    paused_seconds: int


class _Turn(NamedTuple):
    """Whose turn it was from an instant on; nobody's where `who` is None."""

    who: str | None
    official: OfficialId | None
    since: datetime


def holdings(standing: Standing, calendar: Calendar) -> tuple[Holding, ...]:
    """The spans up to the moment at which the case is shown, in their order."""
    pauses = {pause for clock in standing.case.clocks for pause in clock.pauses}
    found = list(_turns(standing))
    end = _Turn(None, None, max(standing.at, found[-1].since))
    return tuple(
        Holding(
            who=turn.who,
            official=turn.official,
            since=calendar.local(turn.since),
            until=None if following is end else calendar.local(following.since),
            seconds=_seconds(following.since - turn.since),
            working_days=_working_days(turn.since, following.since, calendar),
            paused_seconds=_rested(pauses, turn.since, following.since),
        )
        for turn, following in pairwise((*found, end))
        if turn.who is not None
    )


def held_by(spans: Iterable[Holding]) -> tuple[Held, ...]:
    """How long each party held it in all, in the order in which they first did."""
    sums: dict[str, Held] = {}
    for span in spans:
        so_far = sums.get(span.who)
        sums[span.who] = Held(
            who=span.who,
            seconds=span.seconds + (so_far.seconds if so_far else 0),
            working_days=span.working_days + (so_far.working_days if so_far else 0),
            paused_seconds=span.paused_seconds
            + (so_far.paused_seconds if so_far else 0),
        )
    return tuple(sums.values())


def _turns(standing: Standing) -> Iterator[_Turn]:
    """The turns as they changed, by when it happened."""
    happened = standing.case.times
    last: _Turn | None = None
    for stood in versions(standing.entries):
        who = turns.whose(stood.case)
        official = stood.case.assignee if who is Role.HANDLER else None
        since = happened[stood.version - 1]
        if last is None:
            yield from _before_us(standing.case, since)
        if last is None or (who, official) != (last.who, last.official):
            last = _Turn(who, official, since)
            yield last


def _before_us(case: Case, received_at: datetime) -> Iterator[_Turn]:
    """The Regional Secretary's turn: he may have had the letter before the agency.

    The statute runs from then on, so that his days are the agency's as well.
    """
    letter = case.letter
    had_at = None if letter is None else letter.received_by_regional_secretary_at
    if had_at is not None and had_at < received_at:
        yield _Turn(Role.REGIONAL_SECRETARY, None, had_at)


def _seconds(span: timedelta) -> int:
    return span // timedelta(seconds=1)


def _working_days(since: datetime, until: datetime, calendar: Calendar) -> int:
    day, last = calendar.date_of(since), calendar.date_of(until)
    days = ((day + n * _DAY) for n in range(1, (last - day).days + 1))
    return sum(map(calendar.is_working, days))


def _rested(pauses: Iterable[Pause], since: datetime, until: datetime) -> int:
    """Seconds of the span in which a pause was in force, overlapping ones once."""
    rested, counted_to = _NOTHING, since
    for pause in sorted(pauses, key=lambda one: one.starts_at):
        begins = max(pause.starts_at, counted_to)
        ends = until if pause.ends_at is None else min(pause.ends_at, until)
        if ends > begins:
            rested += ends - begins
            counted_to = ends
    return _seconds(rested)
