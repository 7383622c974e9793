"""The body by which a fact is corrected that was entered wrongly (ralat)."""

from datetime import date, datetime
from typing import Annotated, Final, Literal, TypeAlias, TypeVar

import msgspec

from domain import commands
from domain.corrected import written
from domain.values import CorrectableFact
from interfaces.http.bodies.fields import Body, LooseText, Text
from interfaces.http.problems import RequestFaultError
from interfaces.http.strict_json import must_be_possible

FactWord: TypeAlias = Literal[
    "occurred_at",
    "received_at",
    "letter.number",
    "letter.date",
    "letter.agenda_number",
    "letter.received_by_regional_secretary_at",
    "lapor.submitted_at",
    "lapor.forwarded_at",
]
"""`received_at` is what people call the `occurred_at` of a receipt."""

NUMBERS: Final = (CorrectableFact.LETTER_NUMBER, CorrectableFact.AGENDA_NUMBER)
ALWAYS_THERE: Final = (CorrectableFact.OCCURRED_AT, CorrectableFact.SUBMITTED_AT)
"""Facts without which there is no entry; of others it may turn out there was none."""
LONGEST_NUMBER: Final = 200
_POINTER: Final = "/value"
_Day = TypeVar("_Day", bound=date)

EntryVersion: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]


class FactCorrection(Body, frozen=True, kw_only=True):
    """A fact as it should have been entered: an instant, a date or a number."""

    version: EntryVersion
    """Of the entry that tells the fact; of its last correction, if there was one."""
    fact: FactWord
    value: LooseText | None
    reason: Text

    def command(self, now: datetime) -> commands.CorrectFact:
        """The wish; raises RequestFaultError where the value is none for the fact."""
        word = "occurred_at" if self.fact == "received_at" else self.fact
        fact = CorrectableFact(word)
        return commands.CorrectFact(
            version=self.version,
            fact=fact,
            value=_value(fact, self.value, now),
            reason=self.reason,
        )


def _value(fact: CorrectableFact, said: str | None, now: datetime) -> str | None:
    if said is None:
        if fact in ALWAYS_THERE:
            raise _bad("an instant with its offset")
        return None
    if fact in NUMBERS:
        return _number(said)
    if fact is CorrectableFact.LETTER_DATE:
        day = _read(said, date, "a date, as 2026-03-10")
        must_be_possible(day, _POINTER, now)
        return day.isoformat()
    at = _read(said, datetime, "an instant with its offset")
    if at.tzinfo is None:
        raise RequestFaultError("naive-time", pointer=_POINTER)
    must_be_possible(at, _POINTER, now)
    return written(at)


def _number(said: str) -> str:
    if not said.strip():
        raise _bad("says nothing")
    if len(said) > LONGEST_NUMBER:
        raise RequestFaultError("text-too-long", pointer=_POINTER)
    return said


def _read(said: str, kind: type[_Day], wanted: str) -> _Day:
    try:
        return msgspec.convert(said, kind)
    except msgspec.ValidationError:
        raise _bad(wanted) from None


def _bad(detail: str) -> RequestFaultError:
    return RequestFaultError("invalid-body", pointer=_POINTER, detail=detail)
