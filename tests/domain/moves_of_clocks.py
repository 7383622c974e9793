"""What a head may do to a case's clocks: extend, lay to rest, let run, correct."""

from datetime import timedelta

from domain import commands
from domain.case import Case
from domain.commands import RequestCommand
from domain.corrected import written
from domain.values import CorrectableFact
from tests.domain.dice import Dice, Move
from tests.domain.offices import HEAD, OFFICES, SEKDA

AROUND = tuple(timedelta(days=n) for n in (-40, -2, 0, 0, 0, 1, 2, 15))

A_SLIP = timedelta(days=36_525)
"""A year of the next century."""


def by_the_head(case: Case, dice: Dice) -> Move:
    """Whatever a head may do to clocks, now and then wrongly."""
    return Move(about_clocks(case, dice), dice((HEAD, HEAD, HEAD, SEKDA)))


def about_clocks(case: Case, dice: Dice) -> RequestCommand:
    """Any of these, in turn or not."""
    return dice((_extend, _rest, _rest, _run, _correct, _correct))(case, dice)


def _extend(case: Case, dice: Dice) -> RequestCommand:
    return commands.Extend(
        working_days=dice((1, 7, 7, 8)), reason="-", notice_sent_at=case.last_at
    )


def _rest(case: Case, dice: Dice) -> RequestCommand:
    day = OFFICES[case.agency].calendar.date_of(case.last_at)
    first = day + dice(AROUND)
    lasting = (None, timedelta(days=-1), timedelta(), timedelta(days=3), A_SLIP)
    length = dice(lasting)
    return commands.Pause(
        ground="-", first=first, until=None if length is None else first + length
    )


def _run(_: Case, __: Dice) -> RequestCommand:
    return commands.Resume()


def _correct(case: Case, dice: Dice) -> RequestCommand:
    fact = dice((CorrectableFact.OCCURRED_AT,) * 4 + tuple(CorrectableFact))
    told = range(1, len(case.times) + 1)
    # What was corrected once is corrected again, and mistaken for what still stands.
    of = dice((1, 1, *told, *(one.of for one in case.corrections for _ in told)))
    versions = [one.version for one in case.corrections if one.of == of]
    version = dice((*versions[-1:] * 3, of, of, len(case.times) + 1 - dice((0, 1))))
    # Between its neighbours it is in order; elsewhere it seldom is.
    before = case.times[of - 2] if of > 1 else case.times[0] - timedelta(days=20)
    after = case.times[of] if of < len(case.times) else case.last_at
    at = before + (after - before) * dice((0.3, 0.5, 0.9, 1.0, 1.5))
    value: str | None = written(at)
    if fact is CorrectableFact.LETTER_DATE:
        value = (at.date() + dice(AROUND)).isoformat()
    elif fact in {CorrectableFact.LETTER_NUMBER, CorrectableFact.AGENDA_NUMBER}:
        value = dice((None, "12/2026"))
    return commands.CorrectFact(
        version=version, fact=fact, value=value, reason="keliru"
    )
