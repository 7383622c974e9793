"""What a correction makes of a case: the fact is another, and the clocks follow.

The entry that told the fact stays as it is; the correction supersedes it.
"""

from datetime import date, datetime

from msgspec.structs import replace

from domain import events
from domain.case import ANSWERED, Case
from domain.clocks import with_met_instead, with_moved
from domain.values import CorrectableFact


def corrected(case: Case, event: events.FactCorrected) -> Case:
    """The case after a correction."""
    case = with_fact(case, event)
    clocks = with_moved(case.clocks, event.due)
    if event.met_at is not None:
        clocks = with_met_instead(clocks, ANSWERED, event.met_at)
    of = event.of or event.version
    return replace(
        case,
        clocks=clocks,
        superseded=case.superseded | {(event.version, event.fact)},
        corrections={**case.corrections, case.next_version: of},
    )


def with_fact(case: Case, event: events.FactCorrected) -> Case:
    """The case with the fact as it should have been, its clocks as they were."""
    said, fact = event.value, event.fact
    if fact is CorrectableFact.OCCURRED_AT:
        of = event.of or event.version
        times = list(case.times)
        if said is not None and of <= len(times):
            times[of - 1] = datetime.fromisoformat(said)
        return replace(case, times=tuple(times))
    if case.letter is not None and fact.value.startswith("letter."):
        return replace(case, letter=_letter(case.letter, fact, said))
    if case.lapor is not None and fact.value.startswith("lapor."):
        return replace(case, lapor=_lapor(case.lapor, fact, said))
    return case


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
