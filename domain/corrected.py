"""What a correction makes of a case: the fact is another, and the clocks follow.

The entry that told the fact stays as it is; the correction supersedes it.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from msgspec.structs import replace

from domain import events
from domain.case import ANSWERED, Case
from domain.clocks import (
    RunningClock,
    with_met_instead,
    with_stopped_instead,
    with_told_anew,
)
from domain.movements import Resumption, pauses
from domain.papers import Correction, Draft, IdCard
from domain.values import Clock, CorrectableFact


def written(at: datetime) -> str:
    """An instant as a correction writes it."""
    return at.astimezone(UTC).isoformat()


def corrected(case: Case, event: events.FactCorrected) -> Case:
    """The case after a correction."""
    case = told_anew(case, event)
    correction = Correction(
        version=case.next_version, of=event.of or event.version, fact=event.fact
    )
    return replace(
        case,
        superseded=case.superseded | {(event.version, event.fact)},
        corrections=(*case.corrections, correction),
    )


def with_told(
    event: events.FactCorrected, again: Iterable[RunningClock], case: Case
) -> events.FactCorrected:
    """The correction with those clocks of the case that are others, told anew."""
    changed = [clock for clock in again if clock not in case.clocks]
    missed = ((one.due.clock, one.late_since) for one in changed)
    return replace(
        event,
        due=tuple(clock.due for clock in changed),
        late_since={clock: since for clock, since in missed if since is not None},
    )


def told_anew(case: Case, event: events.FactCorrected) -> Case:
    """The case as if the fact had been entered right, its clocks as they then run."""
    case = with_fact(case, event)
    clocks = with_told_anew(case.clocks, event.due, event.late_since)
    told = {due.clock for due in event.due}
    clocks = tuple(
        _at_rest(case, clock) if clock.due.clock in told else clock for clock in clocks
    )
    if event.fact is CorrectableFact.OCCURRED_AT:
        of = event.of or event.version
        at = case.times[of - 1]
        if of == case.first_answered_in:
            clocks = with_met_instead(clocks, ANSWERED, at)
        if of == case.completed_in:
            clocks = with_met_instead(clocks, {Clock.COMPLETION}, at)
        if of == case.left_in:
            clocks = with_stopped_instead(clocks, at)
    return replace(case, clocks=clocks)


def _at_rest(case: Case, clock: RunningClock) -> RunningClock:
    begun_in = case.started_in[clock.due.clock]
    return replace(clock, pauses=pauses(case.movements, clock.due, begun_in))


def with_fact(case: Case, event: events.FactCorrected) -> Case:
    """The case with the fact as it should have been, its clocks as they were."""
    said, fact = event.value, event.fact
    if fact is CorrectableFact.OCCURRED_AT and said is not None:
        at = datetime.fromisoformat(said)
        of = event.of or event.version
        if event.on is not None and event.ends_at is not None:
            case = _resumed_on(case, of, Resumption(event.on, event.ends_at))
        return _happened_at(case, of, at)
    if case.letter is not None and fact.value.startswith("letter."):
        return replace(case, letter=_letter(case.letter, fact, said))
    if case.lapor is not None and fact.value.startswith("lapor."):
        return replace(case, lapor=_lapor(case.lapor, fact, said))
    return case


def _resumed_on(case: Case, version: int, resumption: Resumption) -> Case:
    movements = tuple(
        replace(one, resumption=resumption) if one.version == version else one
        for one in case.movements
    )
    return replace(case, movements=movements)


def _happened_at(case: Case, version: int, at: datetime) -> Case:
    after = version + 1
    while after in case.announced_in:
        after += 1
    moved = (at,) * (after - version)
    return replace(
        case,
        times=(*case.times[: version - 1], *moved, *case.times[after - 1 :]),
        id_card=case.id_card and _card(case.id_card, version, at),
        draft=case.draft and _draft(case.draft, version, at),
    )


def _card(card: IdCard, version: int, at: datetime) -> IdCard:
    if version == card.deposited_in:
        return replace(card, deposited_at=at)
    return replace(card, returned_at=at) if version == card.returned_in else card


def _draft(draft: Draft, version: int, at: datetime) -> Draft:
    approvals = tuple(
        replace(one, at=at) if one.version == version else one
        for one in draft.approvals
    )
    return replace(draft, approvals=approvals)


def _letter(
    letter: events.LetterReceipt, fact: CorrectableFact, said: str | None
) -> events.LetterReceipt:
    match fact:
        case CorrectableFact.LETTER_NUMBER:
            return replace(letter, number=said)
        case CorrectableFact.AGENDA_NUMBER:
            return replace(letter, agenda_number=said)
        case CorrectableFact.LETTER_DATE:
            return replace(letter, dated=date.fromisoformat(said) if said else None)
        case CorrectableFact.RECEIVED_BY_REGIONAL_SECRETARY_AT:
            return replace(letter, received_by_regional_secretary_at=_instant(said))
        case _:
            return letter


def _lapor(
    lapor: events.LaporReceipt, fact: CorrectableFact, said: str | None
) -> events.LaporReceipt:
    match fact:
        case CorrectableFact.SUBMITTED_AT if said is not None:
            return replace(lapor, submitted_at=datetime.fromisoformat(said))
        case CorrectableFact.FORWARDED_AT:
            return replace(lapor, forwarded_at=_instant(said))
        case _:
            return lapor


def _instant(said: str | None) -> datetime | None:
    return None if said is None else datetime.fromisoformat(said)
