"""Reads a data file of the office into a type, and says which line is wrong.

TOML has no schema: a misspelt key would pass for a missing one and a rule would
silently take its default. So nothing unknown is accepted, and every refusal names
file, line and field for whoever edits the file.
"""

import re
import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeAlias, TypeVar

import msgspec

T = TypeVar("T")

FieldPath: TypeAlias = tuple[str | int, ...]
"""Keys and list positions from the top of the file, for example `("days", 3)`."""

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")
_WHERE = re.compile(
    r"^(?P<problem>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?$", re.DOTALL
)
_NAMED_FIELD = re.compile(r"(?:unknown|missing required) field `(?P<field>[^`]+)`")
_PATH_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")


class DataFileError(Exception):
    """A data file of the office cannot be used; the start stops here."""

    def __init__(self, file: Path, line: int, field: str, problem: str) -> None:
        """Say where: `line` counts from 1, `field` is a dotted path or empty."""
        self.file = file
        self.line = line
        self.field = field
        self.problem = problem
        where = f"{file}, line {line}" + (f", {field}" if field else "")
        super().__init__(f"{where}: {problem}")


def read(path: Path, type_: type[T]) -> T:
    """The file's content as `type_`; raises DataFileError where it does not fit."""
    text = _text(path)
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(path, _syntax_line(text, error), "", str(error)) from error
    try:
        return msgspec.convert(content, type_, builtin_types=(date, datetime, time))
    except msgspec.ValidationError as error:
        field, problem = _field_and_problem(str(error))
        raise _fault(path, text, field, problem) from error


def fault(path: Path, field: FieldPath, problem: str) -> DataFileError:
    """A refusal of a field that decoded well but cannot be right."""
    return _fault(path, _text(path), field, problem)


def _fault(path: Path, text: str, field: FieldPath, problem: str) -> DataFileError:
    return DataFileError(path, line_of(text, field), dotted(field), problem)


def dotted(field: FieldPath) -> str:
    """The path as people write it: `channels.letter.target`, `days[3].date`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in field)
    return "".join(steps).removeprefix(".")


def line_of(text: str, field: FieldPath) -> int:
    """The line, from 1, on which the field or the nearest thing around it begins.

    Only complete statements parse, so the first prefix of the text that holds the
    field ends with its statement, and the prefix before that one ends just above it.
    Slow, and only ever called for a file that is refused.
    """
    lines = text.split("\n")
    for depth in range(len(field), 0, -1):
        above = 0
        for end in range(1, len(lines) + 1):
            try:
                content = tomllib.loads("\n".join(lines[:end]))
            except tomllib.TOMLDecodeError:
                continue
            if _holds(content, field[:depth]):
                return _narrowed(lines, above, end, field[depth - 1])
            above = end
    return 1


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataFileError(path, 1, "", f"not UTF-8: {error.reason}") from error
    except OSError as error:
        raise DataFileError(path, 1, "", f"cannot be read: {error.strerror}") from error


def _syntax_line(text: str, error: tomllib.TOMLDecodeError) -> int:
    found = _AT_LINE.search(str(error))
    if found is None or found[1] is None:
        return text.count("\n") + 1
    return int(found[1])


def _field_and_problem(message: str) -> tuple[FieldPath, str]:
    parts = _WHERE.match(message)
    if parts is None:
        return (), message
    steps: list[str | int] = []
    for step in _PATH_STEP.finditer(parts["path"] or ""):
        if step[1]:
            steps.append(step[1])
        elif step[2]:
            steps.append(int(step[2]))
        else:
            break  # msgspec does not say which key of a mapping it was
    if named := _NAMED_FIELD.search(parts["problem"]):
        steps.append(named["field"])
    return tuple(steps), parts["problem"]


def _holds(content: object, field: FieldPath) -> bool:
    for step in field:
        if isinstance(content, dict) and step in content:
            content = content[step]
        elif isinstance(content, list) and isinstance(step, int):
            if step >= len(content):
                return False
            content = content[step]
        else:
            return False
    return True


def _narrowed(lines: list[str], above: int, end: int, step: str | int) -> int:
    """Within a statement of several lines, the line that names the key itself."""
    named = re.compile(rf"(?<![\w-]){re.escape(str(step))}[\"']?\s*(=|\]|\.)")
    for number in range(above + 1, end + 1):
        if isinstance(step, str) and named.search(lines[number - 1]):
            return number
    return above + 1
