"""Reads the statements that stand under `-- name:` in the .sql beside a module."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import LiteralString

from typing_extensions import override

_NAME = re.compile(r"^-- name: *(\S*) *$", re.MULTILINE)
_WORD = re.compile(r"[a-z][a-z0-9_]*")


class NamedSqlError(Exception):
    """A .sql file that can't be read, or a statement that it does not hold."""

    def __init__(self, file: Path, complaint: str) -> None:
        super().__init__(f"{file.name}: {complaint}")
        self.file = file
        self.complaint = complaint


class Statements(Mapping[str, LiteralString]):
    """The statements of one file, by name: `statements["page_after"]`.

    Take them into module constants, so that a missing one stops the import.
    The texts come from files of this repository alone, never from outside: that is
    what lets them pass as literal strings to psycopg.
    """

    def __init__(self, file: Path, texts: Mapping[str, str]) -> None:
        self._file = file
        self._texts: dict[str, LiteralString] = dict(texts)

    @override
    def __getitem__(self, name: str) -> LiteralString:
        try:
            return self._texts[name]
        except KeyError:
            raise NamedSqlError(self._file, f"holds no statement {name!r}") from None

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    @override
    def __len__(self) -> int:
        return len(self._texts)

    @override
    def __contains__(self, name: object) -> bool:
        return name in self._texts


def load(module_file: str) -> Statements:
    """Read the .sql beside a module: `statements = named_sql.load(__file__)`.

    Raises NamedSqlError for a missing file, a bad, doubled or empty name.
    """
    return read(Path(module_file).with_suffix(".sql"))


def join(*parts: LiteralString) -> LiteralString:
    """One statement of parts that stand under names of their own, in this order.

    For what several statements begin with, such as a common table expression that one
    counts and another lists. The parts are texts of .sql files and of nothing else.
    """
    return "\n".join(parts)


def read(file: Path) -> Statements:
    """Read one .sql file; what stands before its first name is its description."""
    if not file.is_file():
        raise NamedSqlError(file, "is not there")
    _, *parts = _NAME.split(file.read_text(encoding="utf-8"))
    texts: dict[str, str] = {}
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        if not _WORD.fullmatch(name):
            raise NamedSqlError(file, f"{name!r} is no name for a statement")
        if name in texts:
            raise NamedSqlError(file, f"{name!r} stands twice")
        texts[name] = body.strip().removesuffix(";").rstrip()
        if not texts[name]:
            raise NamedSqlError(file, f"{name!r} is empty")
    return Statements(file, texts)
