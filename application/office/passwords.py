"""Passwords: what may be one, and how one is kept (argon2id) and compared.

The rules are those of NIST SP 800-63B-4 and OWASP ASVS 5.0, 6.2: length, no rules of
composition, nothing that guessers try first.
"""

import asyncio
import re
import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

import msgspec
from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from application.desk_errors import OverloadedError
from application.office import strict_toml
from application.office.account_errors import (
    PasswordTooCommonError,
    PasswordTooLongError,
    PasswordTooShortError,
)

P = ParamSpec("P")
T = TypeVar("T")

SHORTEST: Final = 12
"""Characters, as people count them (ASVS 6.2.1 and 6.2.9 want 8 and advise 15)."""
LONGEST: Final = 128
"""Characters; a phrase fits, and nobody makes us hash a book."""
FEWEST_OF_ONES_OWN: Final = 6
"""Characters that no list, name or row of signs accounts for."""

MEMORY_KIB: Final = 19_456
PASSES: Final = 2
LANES: Final = 1
"""OWASP's second choice of argon2id, 19 MiB: about 20 ms of one core."""

AT_ONCE: Final = 2
"""Threads of a worker that hash."""
MOST_WAITING: Final = 32
"""Who comes to a longer queue is sent away (503): hashing must not drown the desk."""

FILE: Final = Path(__file__).parent / "passwords" / "common_words.toml"

_SHORTEST_WORD: Final = 3
_NO_LETTER: Final = re.compile(r"[\W_]+")
_ROWS: Final = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "asdfghjkl")
_YEAR: Final = re.compile(r"(19|20)\d\d")
_LOOKS_LIKE: Final = str.maketrans("0134578@$!", "oieastbasi")


class _Common(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    english: tuple[str, ...]
    indonesian: tuple[str, ...]


@cache
def common_words() -> tuple[str, ...]:
    """Those of the file that comes with the program, the longest first."""
    file = strict_toml.read(FILE, _Common)
    return _longest_first((*file.english, *file.indonesian))


def must_be_good(password: str, known: Iterable[str] = ()) -> None:
    """That it may be somebody's password; raises `PasswordRefusedError`.

    `known` are words that anybody knows of him: id, name, agency.
    """
    letters = unicodedata.normalize("NFKC", password)
    if len(letters) < SHORTEST:
        raise PasswordTooShortError(SHORTEST)
    if len(letters) > LONGEST:
        raise PasswordTooLongError(LONGEST)
    own = {part for text in known for part in _NO_LETTER.split(text.lower())}
    words = (*_longest_first(own), *common_words())
    lowered = letters.lower()
    # Also as it reads when signs that look like letters are taken for them.
    for read in (lowered, lowered.translate(_LOOKS_LIKE)):
        if len(_unaccounted(read, words)) < FEWEST_OF_ONES_OWN:
            raise PasswordTooCommonError


def are_same(one: str, other: str) -> bool:
    """Whether both are one password, however they were typed."""
    return _normal(one) == _normal(other)


class Passwords:
    """Keeps passwords as argon2id; hashes in a few threads beside the event loop."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(
            time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID
        )
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2id")
        self._waiting = 0
        self._nobodys = self._hasher.hash("nobody has this password")

    async def kept(self, password: str) -> str:
        """The password as it is stored; raises `OverloadedError`."""
        return await self._aside(self._hash, password)

    async def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the one; where none is kept, no, after the same work.

        Raises `OverloadedError`.
        """
        return await self._aside(self._fits, password, kept)

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed with other parameters than would be taken today."""
        return self._hasher.check_needs_rehash(kept)

    def close(self) -> None:
        """Let the threads end."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _aside(
        self, work: Callable[P, T], *given: P.args, **named: P.kwargs
    ) -> T:
        if self._waiting >= MOST_WAITING:
            raise OverloadedError
        self._waiting += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(
                self._threads, partial(work, *given, **named)
            )
        finally:
            self._waiting -= 1

    def _hash(self, password: str) -> str:
        return self._hasher.hash(_normal(password))

    def _fits(self, password: str, kept: str | None) -> bool:
        try:
            self._hasher.verify(kept or self._nobodys, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None


def _normal(password: str) -> bytes:
    # The same letters typed on another keyboard are the same password.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    told = {word for word in words if len(word) >= _SHORTEST_WORD}
    return tuple(sorted(told, key=lambda word: (-len(word), word)))


def _unaccounted(text: str, words: Iterable[str]) -> str:
    """What is left without known words, years, rows of signs and repetitions."""
    for word in words:
        text = text.replace(word, " ")
    text = _YEAR.sub(" ", text)
    left = ""
    for n, sign in enumerate(text):
        before = text[n - 1] if n else ""
        if sign.isspace() or sign == before or _follows(before, sign):
            continue
        left += sign
    return left if len(set(left)) > 1 else ""


def _follows(before: str, sign: str) -> bool:
    """Whether two signs stand side by side in a row that fingers run along."""
    pair = before + sign
    return len(pair) > 1 and any(pair in row or pair in row[::-1] for row in _ROWS)
