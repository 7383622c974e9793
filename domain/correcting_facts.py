"""Correcting facts that were entered wrongly (ralat)."""

from datetime import date, datetime

from msgspec.structs import replace

from domain import commands, errors, events
from domain.case import Case
from domain.corrected import with_fact, with_told, written
from domain.facts import Fact, facts
from domain.intake import letter_in_order, report_in_order
from domain.office import Act, Office
from domain.order import in_order
from domain.rejudging import counted
from domain.restarting import restarted
from domain.values import CorrectableFact


def correct(
    case: Case, command: commands.CorrectFact, act: Act, office: Office
) -> tuple[Fact, ...]:
    """Supersede a fact; the clocks that rest on it follow, and so do verdicts.

    A fact that was corrected before is corrected again by naming the correction.
    """
    case.must_be_addressed_to(act.roles)
    of = _first_told_in(case, command)
    correction = events.FactCorrected(
        version=command.version,
        fact=command.fact,
        value=command.value,
        before=_as_it_stands(case, command.fact, of),
        reason=command.reason,
        of=of,
    )
    if command.fact is CorrectableFact.OCCURRED_AT and _resumes(case, of):
        on = office.calendar.date_of(datetime.fromisoformat(command.value or ""))
        ends_at = office.calendar.start_of(on)
        correction = replace(correction, on=on, ends_at=ends_at)
    after = with_fact(case, correction)
    _must_stay_in_order(after, of, command.fact, act, office)
    again = restarted(after, of, command.fact, office.standard, office.counted_in)
    # What ended under an older calendar is moved by the fact, not by the calendar.
    moved = tuple(
        counted(clock, office.calendar) if clock.is_open(act.told_at) else clock
        for clock in again
    )
    return facts(with_told(correction, moved, case))


def _resumes(case: Case, version: int) -> bool:
    return any(
        one.resumption is not None and one.version == version for one in case.movements
    )


def _first_told_in(case: Case, command: commands.CorrectFact) -> int:
    """The version that first told the fact, reached by the last word on it."""
    version, fact = command.version, command.fact
    if not 1 <= version < case.next_version:
        raise errors.UnknownVersionError(version, case.next_version - 1)
    earlier = next((one for one in case.corrections if one.version == version), None)
    if earlier is not None and earlier.fact is not fact:
        raise errors.NoSuchFactError(version, fact)
    of = version if earlier is None else earlier.of
    if not _tells(case, of, fact):
        raise errors.NoSuchFactError(version, fact)
    if (version, fact) in case.superseded:
        standing = max(
            one.version for one in case.corrections if (one.of, one.fact) == (of, fact)
        )
        raise errors.FactSupersededError(standing, fact)
    return of


def _tells(case: Case, version: int, fact: CorrectableFact) -> bool:
    if fact is CorrectableFact.OCCURRED_AT:
        return _has_its_own_time(case, version)
    paper = case.letter if fact.value.startswith("letter.") else case.lapor
    return version == 1 and paper is not None


def _as_it_stands(case: Case, fact: CorrectableFact, of: int) -> str | None:
    if fact is CorrectableFact.OCCURRED_AT:
        return written(case.times[of - 1])
    letter, lapor = case.letter, case.lapor
    told: date | datetime | str | None = None
    if letter is not None:
        told = {
            CorrectableFact.LETTER_NUMBER: letter.number,
            CorrectableFact.LETTER_DATE: letter.dated,
            CorrectableFact.AGENDA_NUMBER: letter.agenda_number,
            CorrectableFact.RECEIVED_BY_REGIONAL_SECRETARY_AT: (
                letter.received_by_regional_secretary_at
            ),
        }.get(fact)
    elif lapor is not None:
        is_start = fact is CorrectableFact.SUBMITTED_AT
        told = lapor.submitted_at if is_start else lapor.forwarded_at
    if isinstance(told, datetime):
        return written(told)
    return told.isoformat() if isinstance(told, date) else told


def _has_its_own_time(case: Case, version: int) -> bool:
    """Whether somebody said when it happened; an announcement goes with what it found.

    Its instant is when the calendar came, which nobody entered.
    """
    return version not in case.announced_in


def _must_stay_in_order(
    after: Case, of: int, fact: CorrectableFact, act: Act, office: Office
) -> None:
    """Time runs backwards neither within the case nor on the paper it came on."""
    if fact is CorrectableFact.OCCURRED_AT:
        at = after.times[of - 1]
        in_order(after.times[of - 2] if of > 1 else None, at)
        behind = range(of + 1, after.next_version)
        later = [n for n in behind if _has_its_own_time(after, n)]
        in_order(at, after.times[later[0] - 1] if later else act.occurred_at)
    if of != 1:
        return
    if after.letter is not None:
        letter_in_order(after.letter, after.times[0], office.calendar)
    if after.lapor is not None:
        report_in_order(after.lapor, after.times[0])
