"""The facts of a refusal as people read them: codes in words, times of their own zone.

Codes and words stand in problem_facts.toml.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec
from litestar import Request

from application.office import strict_toml

Language: TypeAlias = Literal["en", "id"]


class _Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    en: str
    id: str


WORDS: Final = strict_toml.read(
    Path(__file__).with_suffix(".toml"), dict[str, dict[str, _Word]]
)

_ABSENT: Final = "none"
_NO_WORD: Final = "-"


class Facts(dict[str, str]):
    """Words by the names of the facts; what nobody said is a dash."""

    def __missing__(self, key: str) -> str:
        return _NO_WORD


def facts(
    request: Request[Any, Any, Any],
    told: Mapping[str, object] | None,
    language: Language,
) -> Facts:
    """What the braces of a text in that language are filled with."""
    local = _zone(request)
    return Facts(
        (name, ", ".join(_said(name, fact, language, local)) or _NO_WORD)
        for name, fact in (told or {}).items()
    )


def _said(
    name: str, fact: object, language: Language, local: Callable[[datetime], datetime]
) -> Iterable[str]:
    words = WORDS.get(name, {})
    if isinstance(fact, tuple | list | set | frozenset):
        for one in fact:
            yield from _said(name, one, language, local)
    elif word := words.get(_ABSENT if fact is None else str(fact)):
        yield getattr(word, language)
    elif isinstance(fact, datetime):
        yield local(fact).isoformat(sep=" ", timespec="minutes")
    elif fact is not None:
        yield str(fact)


def _zone(request: Request[Any, Any, Any]) -> Callable[[datetime], datetime]:
    """How the caller's agency tells an instant; as it is, where he has none."""
    principal = request.scope.get("user")
    agency = next(iter(getattr(principal, "memberships", ())), None)
    if agency is None:
        return lambda at: at
    return request.app.state.counter.offices.calendar(agency).local  # type: ignore[no-any-return]  # Litestar's state is untyped
