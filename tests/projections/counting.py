"""A period's figures, counted a second and naive way: from the events, one by one.

Nothing here reads a view. Only how a clock stands is taken from the case that the
events fold to; the rules of clocks have tests of their own.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

import msgspec

from domain import events
from domain.calendar import Calendar
from domain.case import Case
from domain.clocks import RunningClock
from domain.outcome import ItemOutcome
from domain.values import (
    Channel,
    Clock,
    CorrectableFact,
    DayKind,
    MissedPickup,
    Outcome,
)
from tests.domain.paper import Line, PaperRegister


class Seen(msgspec.Struct, frozen=True):
    """Something that counts in a figure."""

    figure: str
    agency: str
    channel: str | None
    stream: UUID
    seconds: float | None = None
    days: int | None = None


class Window(msgspec.Struct, frozen=True):
    """From one instant to the other, exclusive."""

    starts: datetime
    ends: datetime
    judged_at: datetime
    calendar: Calendar

    def __contains__(self, at: object) -> bool:
        return isinstance(at, datetime) and self.starts <= at < self.ends

    def days(self, since: datetime, until: datetime) -> int:
        """Local calendar days from the one to the other."""
        return (self.calendar.date_of(until) - self.calendar.date_of(since)).days


Place: TypeAlias = tuple[str | None, str | None]


def seen(register: PaperRegister, windows: Mapping[str, Window]) -> list[Seen]:
    """All that counts in these windows, by agency."""
    found: list[Seen] = []
    for stream, lines in register.histories.items():
        match lines[0].event:
            case events.Received(agency=agency, channel=channel):
                case = register.cases[stream]
                told = _Request(lines, case, windows[agency]).counted()
                found += [Seen(t[0], agency, channel, stream, *t[1:]) for t in told]
            case events.ComplaintOpened(agency=agency):
                for figure in _of_complaint(lines, windows[agency]):
                    found.append(Seen(figure, agency, None, stream))
            case events.ObjectionFiled(agency=agency):
                for figure in _of_objection(lines, windows[agency]):
                    found.append(Seen(figure, agency, None, stream))
            case _:
                pass
    return found


def grouped(found: Sequence[Seen]) -> dict[Place, dict[str, list[Seen]]]:
    """By agency and channel, by agency, and all together."""
    groups: dict[Place, dict[str, list[Seen]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        places = {(None, None), (one.agency, None), (one.agency, one.channel)}
        for place in places:
            groups[place][one.figure].append(one)
    return groups


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Median, ninth decile and greatest: the first that so many are no greater than."""

    def at(tenths: int) -> float:
        return min(
            value
            for value in values
            if 10 * sum(other <= value for other in values) >= tenths * len(values)
        )

    return at(5), at(9), max(values)


Told: TypeAlias = tuple[str, float | None, int | None]


class _Request:
    """One request's events, walked through once."""

    def __init__(self, lines: Sequence[Line], case: Case, window: Window) -> None:
        self.lines = lines
        self.case = case
        self.window = window
        self.times = _corrected_times(lines)
        received = lines[0].event
        assert isinstance(received, events.Received)
        self.at_the_counter = received.channel is Channel.FACE_TO_FACE
        self.outcome: str | None = None
        self.draft: tuple[ItemOutcome, ...] = ()
        self.bases: set[str] = set()
        self.spans: list[list[datetime | None]] = [[self.times[0], None]]
        self.answers: list[datetime] = []
        self.told: list[Told] = []

    def counted(self) -> list[Told]:
        for line in self.lines[1:]:
            self._walk(line.event, self.times[line.version - 1])
        self._tell("received", self.times[0])
        self._backlogs()
        self._cards()
        if self.answers:
            self._answer(self.answers[0])
        for clock in (Clock.STANDARD, Clock.STATUTE):
            self._unanswered(clock, self.case.clock(clock))
        return self.told

    def _tell(
        self,
        figure: str,
        at: datetime,
        seconds: float | None = None,
        days: int | None = None,
    ) -> None:
        if at in self.window:
            self.told.append((figure, seconds, days))

    def _walk(self, event: events.AnyEvent, at: datetime) -> None:  # noqa: C901, PLR0912 - one arm for each event
        match event:
            case events.Drafted(items=items):
                self.draft = items
            case events.Approved(final=True, outcome=outcome):
                self.outcome = outcome
                self.bases = _withheld(self.draft)
            case events.RefusedAsExempt() if self.at_the_counter:
                self.bases |= set(event.legal_basis)
                if event.outcome is not None:
                    self.outcome = event.outcome
                    self._finish(at, answered=True)
            case events.Delivered(items=items, outcome=outcome):
                self.bases |= _withheld(items)
                self.outcome = outcome
                self._finish(at, answered=True)
            case events.Collected():
                self._finish(at, answered=True)
            case events.PickupMissed(then=MissedPickup.CLOSE) | events.Closed():
                self._finish(at)
            case events.Withdrawn():
                self._leave("withdrawn", at)
            case events.Lapsed():
                self._leave("lapsed", at)
            case events.Transferred():
                self._leave("transferred", at)
            case events.ConvertedToWritten():
                self._leave("converted", at)
            case events.Reopened():
                self.outcome, self.bases = None, set()
                self.spans.append([at, None])
                self._tell("reopened", at)
            case events.DeadlineExtended(working_days=days):
                self._tell("extensions", at, days=days)
            case events.ClockPaused():
                self._tell("pauses", at)
            case _:
                pass

    def _leave(self, word: str, at: datetime) -> None:
        self.outcome = word
        self._finish(at)

    def _finish(self, at: datetime, *, answered: bool = False) -> None:
        if answered:
            self.answers.append(at)
        if self.spans[-1][1] is not None:
            return
        self.spans[-1][1] = at
        self._tell("finished", at)
        self._tell(f"outcome:{self.outcome or 'no_request'}", at)
        for basis in self.bases:
            self._tell(f"refusal_ground:{basis}", at)

    def _backlogs(self) -> None:
        for figure, instant in (
            ("backlog_at_start", self.window.starts),
            ("backlog_at_end", self.window.ends),
        ):
            for opened, finished in self.spans:
                assert opened is not None
                if opened < instant and (finished is None or finished >= instant):
                    self.told.append((figure, None, None))

    def _cards(self) -> None:
        taken = given_back = None
        for line in self.lines:
            match line.event:
                case events.IdCardDeposited():
                    taken = self.times[line.version - 1]
                case events.IdCardReturned():
                    given_back = self.times[line.version - 1]
                case _:
                    pass
        if taken is None:
            return
        self._tell("cards_taken", taken)
        if given_back is not None:
            self._tell("cards_returned", given_back)
        for figure, instant in (
            ("cards_held_at_start", self.window.starts),
            ("cards_held_at_end", self.window.ends),
        ):
            if taken < instant and (given_back is None or given_back >= instant):
                self.told.append((figure, None, None))

    def _answer(self, at: datetime) -> None:
        if at not in self.window:
            return
        waited = self.window.days(self.times[0], at)
        self._tell("answered", at, (at - self.times[0]).total_seconds(), waited)
        for name in (Clock.STANDARD, Clock.STATUTE):
            clock = self.case.clock(name)
            if clock is None or clock.met_at is None:
                self._tell(f"unclocked_{name}", at)
            elif clock.late_from is None or at < clock.late_from:
                verdict = "target_met" if clock.due.soft else "on_time"
                self._tell(f"{verdict}_{name}", at)
            else:
                verdict = "target_overrun" if clock.due.soft else "late"
                self._tell(f"{verdict}_{name}", at, *self._lateness(clock, at))

    def _unanswered(self, name: Clock, clock: RunningClock | None) -> None:
        if clock is None or clock.due.soft or clock.late_from is None:
            return
        stopped, judged = clock.stopped_at, self.window.judged_at
        if clock.met_at is None and stopped and stopped >= clock.late_from:
            self._tell(f"left_late_{name}", stopped, *self._lateness(clock, stopped))
        ended = clock.ended_at
        unended = ended is None or ended >= self.window.ends
        # Nobody was late with what had not come in by then.
        if self.times[0] < self.window.ends and unended and clock.late_from <= judged:
            self.told.append((f"overdue_{name}", *self._lateness(clock, judged)))

    def _lateness(self, clock: RunningClock, at: datetime) -> tuple[float, int | None]:
        assert clock.late_from is not None
        seconds = (at - clock.late_from).total_seconds()
        if clock.due.day_kind is DayKind.MINUTES:
            return seconds, None
        calendar = self.window.calendar
        first = calendar.date_of(clock.late_from).toordinal()
        last = calendar.date_of(at).toordinal()
        days = [type(clock.due.due_on).fromordinal(n) for n in range(first, last + 1)]
        if clock.due.day_kind is DayKind.WORKING:
            days = [day for day in days if calendar.is_working(day)]
        return seconds, len(days)


def _corrected_times(lines: Sequence[Line]) -> list[datetime]:
    """When each version happened, by what is known today."""
    times = [line.at for line in lines]
    for line in lines:
        match line.event:
            case (
                events.FactCorrected(
                    fact=CorrectableFact.OCCURRED_AT, value=str(said)
                ) as told
            ):
                n = (told.of or told.version) - 1
                times[n] = datetime.fromisoformat(said).astimezone(UTC)
                # A calendar announced late has the time of the fact before it.
                while isinstance(lines[n + 1].event, events.DeadlineRecomputed):
                    times[n + 1] = times[n]
                    n += 1
            case _:
                pass
    return times


def _withheld(items: Sequence[ItemOutcome]) -> set[str]:
    """The bases of what was refused, or blacked out in part."""
    kept_back = {Outcome.REFUSED_AS_EXEMPT, Outcome.PARTIAL}
    return {
        basis for one in items if one.outcome in kept_back for basis in one.legal_basis
    }


def _of_complaint(lines: Sequence[Line], window: Window) -> Iterator[str]:
    if lines[0].at in window:
        yield "complaints"
    answered = (one for one in lines if isinstance(one.event, events.ComplaintAnswered))
    if (first := next(answered, None)) and first.at in window:
        yield "complaints_answered"


def _of_objection(lines: Sequence[Line], window: Window) -> Iterator[str]:
    for line in lines:
        if line.at not in window:
            continue
        match line.event:
            case events.ObjectionFiled(ground=ground):
                yield "objections"
                yield f"objection_ground:{ground}"
            case events.ObjectionDecided(decision=decision):
                yield "objections_decided"
                yield f"objection_ruling:{decision}"
            case _:
                pass
    noted = [line.at for line in lines if isinstance(line.event, events.DisputeNoted)]
    if noted and noted[0] in window:
        yield "disputes"
