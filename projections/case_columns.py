"""A case's row as columns: what is written of many rows at once.

Measures are told as instants, so that nobody who reads them needs the rules.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from application import arrays
from domain.case import Case
from domain.values import Clock
from projections import columns
from projections.case_row import Folded, Row
from projections.columns import Columns
from projections.course import withheld_on

_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_ESCAPED = str.maketrans({"\\": r"\\", '"': r"\""})


def present(rows: Sequence[Row]) -> Columns:
    """What changes from entry to entry."""

    def texts(told: Callable[[Row], str | None]) -> arrays.Array:
        return arrays.texts_or_null([told(row) for row in rows])

    def numbers(told: Callable[[Row], int]) -> arrays.Array:
        return arrays.bigints([told(row) for row in rows])

    def instants(told: Callable[[Row], datetime | None]) -> arrays.Array:
        return arrays.instants_or_null([told(row) for row in rows])

    return {
        "case_id": arrays.uuids([row.case_id for row in rows]),
        "version": numbers(lambda row: row.version),
        "position": numbers(lambda row: row.position),
        "stage": texts(lambda row: row.case.stage),
        "outcome": texts(lambda row: row.case.outcome),
        "unit": texts(lambda row: row.case.unit),
        "assignee": texts(lambda row: row.case.assignee),
        "reviewed": texts(lambda row: row.case.reviewed),
        "due_on": arrays.dates_or_null([row.due_on for row in rows]),
        "due_at": instants(lambda row: row.due_at),
        "answer_number": texts(lambda row: row.course.answer_number),
        "holder": texts(lambda row: row.course.holder),
        "turn": texts(lambda row: row.course.turn),
        "turn_since": instants(lambda row: _at(row.case, row.course.turn_in)),
        "opened_at": texts(lambda row: _list(row.case, row.course.opened_in)),
        "finished_at": texts(lambda row: _list(row.case, row.course.finished_in)),
        "finished_as": texts(lambda row: _words(row.course.finished_as)),
        "withheld_on": texts(lambda row: _words(row.course.withheld_on)),
        "disposed_at": instants(lambda row: _at(row.case, row.course.disposed_in)),
        "approved_at": instants(lambda row: _at(row.case, row.course.approved_in)),
        "answered_at": instants(lambda row: _at(row.case, row.case.first_answered_in)),
        "closed_at": instants(lambda row: _at(row.case, row.course.closed_in)),
        "legal_bases": texts(lambda row: _words(withheld_on(row.case))),
        "extended_by": numbers(lambda row: _extended_by(row.case)),
        "extended_at": instants(lambda row: _extended_at(row.case)),
        "pauses": numbers(lambda row: _pauses(row.case)),
        "paused_at": texts(lambda row: _list(row.case, _paused_in(row.case))),
        "complaints": numbers(lambda row: row.course.complaints),
        "card_deposited_at": instants(
            lambda row: (
                None if row.case.id_card is None else row.case.id_card.deposited_at
            )
        ),
        "card_returned_at": instants(
            lambda row: (
                None if row.case.id_card is None else row.case.id_card.returned_at
            )
        ),
        **_clock_columns("standard", rows),
        **_clock_columns("statute", rows),
        "folded": arrays.byteas(
            [_encode(Folded(row.case, row.course)) for row in rows]
        ),
    }


def as_corrected(rows: Sequence[Row]) -> Columns:
    """What the receipt said, as it should have been."""
    case_ids = arrays.uuids([row.case_id for row in rows])
    return {"case_id": case_ids} | correctable(rows)


def correctable(rows: Sequence[Row]) -> Columns:
    """What the receipt said, until a correction says it otherwise."""
    cases = [row.case for row in rows]
    letters = [case.letter for case in cases]
    return {
        "received_at": arrays.instants([case.times[0] for case in cases]),
        "letter_number": arrays.texts_or_null(
            [None if letter is None else letter.number for letter in letters]
        ),
        "letter_dated": arrays.dates_or_null(
            [None if letter is None else letter.dated for letter in letters]
        ),
        "agenda_number": arrays.texts_or_null(
            [None if letter is None else letter.agenda_number for letter in letters]
        ),
    }


def received(rows: Sequence[Row]) -> Columns:
    """What stays as the receipt said it."""
    cases = [row.case for row in rows]
    positions = [row.received_position for row in rows]
    return {
        "agency": arrays.texts([case.agency for case in cases]),
        "channel": arrays.texts([case.channel for case in cases]),
        "registration_number": arrays.texts(
            [case.registration_number for case in cases]
        ),
        "received_position": arrays.bigints(
            [position for position in positions if position is not None]
        ),
        "addressee": arrays.texts_or_null([case.addressee for case in cases]),
        "tracking_id": arrays.texts_or_null(
            [None if case.lapor is None else case.lapor.tracking_id for case in cases]
        ),
    }


def _clock_columns(name: str, rows: Sequence[Row]) -> Columns:
    """Of one of the agency's two clocks, which count in days of a kind."""
    clocks = [row.case.clock(Clock(name)) for row in rows]
    return columns.clock_columns(name, clocks) | {
        f"{name}_counts": arrays.texts_or_null(
            columns.told(clocks, lambda clock: clock.due.day_kind)
        ),
        f"{name}_is_soft": arrays.texts_or_null(
            columns.told(clocks, lambda clock: str(clock.due.soft))
        ),
    }


def _at(case: Case, version: int | None) -> datetime | None:
    """When that version happened, as far as is known today."""
    return None if version is None else case.times[version - 1]


def _list(case: Case, versions: Sequence[int]) -> str:
    """Instants as PostgreSQL reads an array of them."""
    told = ",".join(case.times[version - 1].isoformat() for version in versions)
    return f"{{{told}}}"


def _words(told: Sequence[str]) -> str:
    """Words as PostgreSQL reads an array of them; old ones may hold any character."""
    quoted = ",".join(f'"{word.translate(_ESCAPED)}"' for word in told)
    return f"{{{quoted}}}"


def _extended_by(case: Case) -> int:
    """Working days by which the statute was extended."""
    return sum(movement.extension for movement in case.movements)


def _extended_at(case: Case) -> datetime | None:
    """When the head extended it; the domain refuses him a second time."""
    told = [movement.version for movement in case.movements if movement.extension]
    return _at(case, told[0]) if told else None


def _pauses(case: Case) -> int:
    return len(_paused_in(case))


def _paused_in(case: Case) -> list[int]:
    """The versions by which clocks were laid to rest."""
    return [one.version for one in case.movements if one.pause is not None]
