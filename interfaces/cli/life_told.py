"""A case's life as people read it on a terminal: plain lines, the agency's times."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec

from projections.life import Life, Step

LEFT_OUT = {"person", "identity", "words", "told", "summary", "text", "due"}
"""Ids and digests of what is sealed, and clocks, which are told by what changed."""

CLOCKS_BEFORE = ("deadline-recomputed", "before")
NOBODY = "sistem / system"
"""Who does what follows from an announcement."""


def lines(life: Life) -> Iterator[str]:
    """The whole life, then its clocks."""
    yield f"{life.registration_number}  {life.agency}  {life.channel}  {life.standard}"
    yield f"{life.case}"
    for step in life.steps:
        yield from _step(step)
    yield f"tenggat / clocks, {_at(life.at)}"
    for clock in life.clocks:
        also = f" ({clock.also_due_on})" if clock.also_due_on else ""
        met = f", {_at(clock.met_at)}" if clock.met_at else ""
        soft = ", sesuai kebutuhan / soft" if clock.soft else ""
        yield f"      {clock.clock}: {clock.due_on}{also}  {clock.state}{met}{soft}"
    if life.held:
        yield "giliran / whose turn"
    for span in life.held:
        official = f" ({span.official})" if span.official else ""
        until = _at(span.until) if span.until else "..."
        days = f"{span.working_days} hari kerja / working days"
        yield f"      {span.who}{official}: {_at(span.since)} - {until}, {days}"


def _step(step: Step) -> Iterator[str]:
    doer = step.by
    who = f"{doer.official or NOBODY}" + (f" ({doer.name})" if doer.name else "")
    role = f", {doer.role}" if doer.role else ""
    stead = f", mewakili / for {doer.acting_for}" if doer.acting_for else ""
    rule = f"  [{step.rule}]" if step.rule else ""
    yield f"{step.version:>4}  {_at(step.occurred_at)}  {step.type}"
    yield f"      {who}{role}{stead}{rule}"
    late = f": {step.late_reason}" if step.late_reason else ""
    yield f"      dicatat / recorded {_at(step.recorded_at)}{late}"
    for field, value in step.data.items():
        is_told = field in LEFT_OUT or (step.type, field) == CLOCKS_BEFORE
        if value and not is_told:
            yield f"      {field}: {_word(value)}"
    if step.note:
        yield f"      catatan / note: {step.note}"
    for change in step.changed:
        before = f"{change.before} -> " if change.before else ""
        yield f"      > {change.what}: {before}{change.after or '-'}"


def _word(value: Any) -> str:  # noqa: ANN401 - any event's field
    """A value as it is said; lists and forms as JSON without what they leave out."""
    if isinstance(value, str):
        return value
    return msgspec.json.encode(_without_empty(value)).decode().strip('"')


def _without_empty(value: Any) -> Any:  # noqa: ANN401 - any event's field
    if isinstance(value, dict):
        return {key: _without_empty(each) for key, each in value.items() if each}
    if isinstance(value, list):
        return [_without_empty(each) for each in value]
    return value


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M}"
