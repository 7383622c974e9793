"""The ledger of erasures outside the database, so that no backup brings anybody back.

One line says when, what and which was erased, ids and digests only, and ends with the
SHA-256 of the line before it and its own words. So a slip is noticed in the middle: a
line that was lost, doubled or spoiled. The chain has no key: it doesn't show that the
last lines are missing, nor stop anybody who writes it anew. Against those stand the
file's rights and its own backup. It is kept beside the keys, never in a backup of the
database.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypeAlias
from uuid import UUID

import msgspec

from application.erasing import Erasure
from application.secret_files import flush_folder
from domain.values import AgencyCode, Digest

Kind: TypeAlias = Literal["person", "document"]

_BEGINNING: Final = "0" * 64
"""Stands for the line before the first."""


class LedgerBrokenError(Exception):
    """The file is not as it was written; nobody can tell whom it lacks."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"the ledger of erasures {path} was changed at line {line}: "
            "restore it from its backup"
        )
        self.path = path
        self.line = line


class Erased(msgspec.Struct, frozen=True):
    """Something that was erased, and when."""

    at: datetime
    kind: Kind
    name: str
    """A person's id, or a document's agency and SHA-256 with a slash between."""

    @property
    def document(self) -> tuple[AgencyCode, Digest]:
        """Whose document, and which; only of a document's line."""
        agency, _, sha256 = self.name.partition("/")
        return agency, sha256

    @property
    def words(self) -> str:
        """The line without its digest."""
        return f"{self.at.isoformat()} {self.kind} {self.name}"


def lines_of(erasures: Iterable[Erasure], at: datetime) -> Iterator[Erased]:
    """What a page of the desk erased, a line each."""
    for erasure in erasures:
        yield of_person(erasure.person, at)
        for agency, sha256 in erasure.documents:
            yield of_document(agency, sha256, at)


def of_person(person: UUID, at: datetime) -> Erased:
    """The line of a person."""
    return Erased(at=at, kind="person", name=str(person))


def of_document(agency: str, sha256: str, at: datetime) -> Erased:
    """The line of a document, whose bytes another matter may bring again later."""
    return Erased(at=at, kind="document", name=f"{agency}/{sha256}")


class ErasedLedger:
    """The file; several processes may write in it, one at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self) -> list[Erased]:
        """All that was ever erased; `LedgerBrokenError` where the chain is broken."""
        with self._opened() as file:
            return [line for line, _ in self._chained(_whole_lines(file))]

    def enter(self, erased: Sequence[Erased]) -> int:
        """Add what is not there yet, safe on disk when it returns; answer how many.

        Raises OSError where the disk refuses, `LedgerBrokenError`.
        """
        with self._opened() as file:
            content = _whole_lines(file)
            # An unfinished last line: its writer was killed, and its erasure stands in
            # the database. What is added must not be glued to it.
            os.ftruncate(file, len(content))
            known = list(self._chained(content))
            seen = {line.words for line, _ in known}
            persons = {line.name for line, _ in known if line.kind == "person"}
            digest = known[-1][1] if known else _BEGINNING
            new: list[str] = []
            for one in dict.fromkeys(erased):
                if one.words in seen or one.name in persons:
                    continue
                digest = _chain(digest, one.words)
                new.append(f"{one.words} {digest}\n")
            if new:
                os.write(file, "".join(new).encode())
                os.fsync(file)
        return len(new)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_new = not self._path.exists()
        file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if is_new:
                flush_folder(self._path.parent)
            yield file
        finally:
            os.close(file)

    def _chained(self, content: bytes) -> Iterator[tuple[Erased, str]]:
        """Read whole lines with their digests."""
        before = _BEGINNING
        for number, line in enumerate(content.decode().splitlines(), 1):
            words, _, digest = line.rpartition(" ")
            if digest != _chain(before, words):
                raise LedgerBrokenError(self._path, number)
            before = digest
            at, kind, name = words.split(" ")
            yield (
                msgspec.convert(
                    {"at": at, "kind": kind, "name": name}, Erased, strict=True
                ),
                digest,
            )


def _whole_lines(file: int) -> bytes:
    """All but a last line without its end, which was never finished."""
    size = os.fstat(file).st_size
    content = os.pread(file, size, 0) if size else b""
    return content[: content.rfind(b"\n") + 1]


def _chain(before: str, words: str) -> str:
    return hashlib.sha256(f"{before} {words}".encode()).hexdigest()
