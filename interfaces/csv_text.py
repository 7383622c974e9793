"""Rows as CSV text (RFC 4180), for whoever opens them in a spreadsheet or a program.

A header row, commas, line ends of CR LF, in UTF-8. Without a byte order mark: programs
would read it as part of the first column's name, and Indonesian is written in ASCII,
so that a spreadsheet that guesses another encoding still shows it right.

Rows are sequences, or structs with a column for each field. A text that a spreadsheet
would take for a formula gets an apostrophe before it: it is shown, and never run.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final, TypeAlias

import msgspec

Row: TypeAlias = Sequence[object] | msgspec.Struct

_FORMULA: Final = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""With these a formula begins (OWASP, CSV Injection), in their wide forms too."""


def header(of: type[msgspec.Struct]) -> tuple[str, ...]:
    """The columns of a struct, by the names that its JSON has."""
    return of.__struct_encode_fields__


def text(rows: Iterable[Row]) -> str:
    """These rows, the header among them where it is one of them."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows(map(_cells, rows))
    return written.getvalue()


def _cells(row: Row) -> list[str]:
    cells = msgspec.structs.astuple(row) if isinstance(row, msgspec.Struct) else row
    return [_cell(cell) for cell in cells]


def _cell(value: Any) -> str:  # noqa: ANN401 - any value of a row
    """A value as text; nothing is an empty cell, what has parts is JSON."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case str():
            said = str(value)
            return f"'{said}" if said[:1] in _FORMULA else said
        case int() | float():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return _plain(value)


def _plain(value: object) -> str:
    told = msgspec.json.encode(value, order="deterministic").decode()
    # An id, say, is a text alone, and needs no quotes of JSON's.
    return msgspec.json.decode(told, type=str) if told.startswith('"') else told
