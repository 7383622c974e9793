"""Incomplete requests: asking for what is missing, completion, lapse."""

from domain import commands, deadlines, errors, events
from domain.case import Case
from domain.channel_standard import ChannelStandard, ClockStart
from domain.clocks import with_restarted
from domain.due import Due
from domain.facts import Fact, facts
from domain.office import Act, Office
from domain.values import Clock, DayKind, Stage


def request_completion(
    case: Case, command: commands.RequestCompletion, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Ask for what is missing, until a day; whoever asks again gives a new day.

    The day is told to the requester as a date, so holidays do not move it.
    """
    case.must_be(Stage.INCOMPLETE)
    office.must_be_near(command.reply_by, act.occurred_at)
    days = (command.reply_by - office.calendar.date_of(act.occurred_at)).days
    if days < 0:
        raise errors.ReplyByPassedError(command.reply_by)
    due = deadlines.term(
        Clock.COMPLETION, act.occurred_at, days, DayKind.CALENDAR, office.calendar
    )
    return facts(
        events.CompletionRequested(
            missing=command.missing,
            reply_by=command.reply_by,
            medium=command.medium,
            due=(due,),
        )
    )


def receive_completion(
    case: Case, command: commands.ReceiveCompletion, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Something of what was missing came; with the last of it the request is whole."""
    case.must_be(Stage.INCOMPLETE)
    offered = office.standard.channel(case.channel)
    assert offered is not None  # the case came in by it, under this very standard
    missing = offered.requirement.unmet(case.missing, case.has | command.received)
    return facts(
        events.CompletionReceived(
            received=tuple(sorted(command.received)),
            missing=missing,
            identity=command.identity,
            due=() if missing else _begun_anew(case, offered, act, office),
        )
    )


def _begun_anew(
    case: Case, offered: ChannelStandard, act: Act, office: Office
) -> tuple[Due, ...]:
    """The clocks that the standard starts again, as if the request came in now.

    A pause that is not over goes on for them.
    """
    anew = {
        due.clock: due
        for due in deadlines.on_receipt(
            offered,
            office.standard.statute,
            office.standard.office_hours,
            office.calendar,
            dict.fromkeys(ClockStart, act.occurred_at),
        )
        if due.clock in offered.restarts_at_completion
    }
    return tuple(
        deadlines.recounted(clock, office.calendar)
        for clock in with_restarted(case.clocks, anew.values())
        if clock.due.clock in anew
    )


def lapse(case: Case, command: commands.Lapse, act: Act) -> tuple[Fact, ...]:
    """What was asked for did not come by the day that was told; a person says so."""
    case.must_be(Stage.INCOMPLETE)
    asked = case.clock(Clock.COMPLETION)
    if asked is None or act.occurred_at < asked.due.due_at:
        raise errors.LapseTooEarlyError(None if asked is None else asked.due.due_at)
    return facts(events.Lapsed(notice=command.notice))
