"""Numbers and addresses in a text by which somebody could be known.

However they are parted. A number that could as well be a paper's passes: which words
tell that stands in identifiers.toml.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from application.office import regions_book, strict_toml
from domain import nik


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    of_papers: frozenset[str]
    of_persons: frozenset[str]
    of_institutions: frozenset[str]
    of_takers: frozenset[str]


_WORDS: Final = strict_toml.read(Path(__file__).with_suffix(".toml"), _Words)
_REGIONS: Final = regions_book.load()

# Figures with at most a point and a blank, or a bracket, between their groups. They
# begin no later than a word does, but for `nik` or `ktp` written without a blank.
_GROUPS: Final = re.compile(
    r"(?<![\w/,])(?:(?<![.\-])|(?<=\s))(?:nik|ktp)?(?P<said>[+(]{0,2}[0-9]+"
    r"(?:[ .\-()]{1,2}[0-9]+)*)(?![\w/])",
    re.IGNORECASE,
)
_GROUP: Final = re.compile(r"[0-9]+")
_FIGURE: Final = re.compile(r"[0-9]")
# Of a mobile: numbers of offices are no secret. 62.812.345.678 is an amount.
_PHONE: Final = re.compile(r"(?:0|62)8[1-35-9][1-9][0-9]{6,9}")
_INDONESIA: Final = "62"
_EMAIL: Final = re.compile(r"(?P<name>[\w.+\-]+)@[\w\-]+(?:\.[\w\-]+)+")
_OF_OFFICES: Final = ".go.id"
_URL: Final = re.compile(r"\b[a-z][a-z+]*://[^\s/]*", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"[.;,!?\n]\s|[;,\n]")
_WORD: Final = re.compile(r"[^\W_]+")
_WORDS_BEFORE: Final = 3
_NIK_DIGITS: Final = 16
_FEWEST_FIGURES: Final = 10
"""Of what could be somebody's without our knowing him."""
_MOST_FIGURES: Final = 20
"""Nobody's number has more, and a text may be nothing but groups of one figure."""


def stand_in(text: str) -> bool:
    """Whether a NIK, a mobile telephone or a private e-mail address stands in it."""
    return any(
        figures >= _FEWEST_FIGURES
        and _is_personal(said)
        and not _is_of_papers(text[:begin])
        for said, begin, figures in _numbers(text)
    ) or any(_private_mailboxes(text))


def has_figures(text: str) -> bool:
    """Whether any stands in it; most texts of officials have none."""
    return _FIGURE.search(text) is not None


def is_bare(text: str) -> bool:
    """Whether it is nothing but a NIK or a mobile telephone."""
    said = text.strip()
    return said in numbers(said) and _is_personal(said)


def is_institution(name: str) -> bool:
    """Whether whoever is called so is an office, a firm or a society."""
    first = [word.casefold() for word in _WORD.findall(name)][:2]
    return not _WORDS.of_institutions.isdisjoint({*first[:1], " ".join(first)})


def names_nobody(name: str) -> bool:
    """Whether whoever is called so is called by what he is alone, as a courier."""
    words = {word.casefold() for word in _WORD.findall(name)}
    return bool(words) and words <= _WORDS.of_takers


def numbers(text: str) -> set[str]:
    """All that could be somebody's, each as it stands in the text."""
    return {said for said, _, _ in _numbers(text)}


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Every number that its groups could make, where it begins and its figures."""
    if not has_figures(text):
        return
    for run in _GROUPS.finditer(text):
        said, at = run["said"], run.start("said")
        groups = [found.span() for found in _GROUP.finditer(said)]
        for first, (begin, _) in enumerate(groups):
            # At a hyphen or a point another number is cut in two.
            if first and not said[begin - 1].isspace():
                continue
            start = 0 if not first else begin
            figures = 0
            for group, end in groups[first:]:
                figures += end - group
                if figures > _MOST_FIGURES:
                    break
                if said[end : end + 1] not in {".", "-"}:
                    yield said[start:end], at + start, figures


def _is_personal(said: str) -> bool:
    digits = "".join(_GROUP.findall(said))
    if len(digits) == _NIK_DIGITS:
        return nik.is_likely(digits, _REGIONS)
    if not _PHONE.fullmatch(digits):
        return False
    # Without the plus the country is told from an amount only in one piece.
    return not digits.startswith(_INDONESIA) or "+" in said or said == digits


def _private_mailboxes(text: str) -> Iterator[str]:
    """Those of nobody's office, by the host or by the words that name the mailbox."""
    if "@" not in text:
        return
    told = _URL.sub(" ", text)
    for found in _EMAIL.finditer(told):
        named = {word.casefold() for word in _WORD.findall(found["name"])}
        if (
            not found[0].casefold().endswith(_OF_OFFICES)
            and named.isdisjoint(_WORDS.of_institutions)
            and not _is_of_papers(told[: found.start()])
        ):
            yield found[0]


def _is_of_papers(before: str) -> bool:
    """Whether the words before a number tell that it is no person's."""
    words = _WORD.findall(_SENTENCE.split(before)[-1].casefold())[-_WORDS_BEFORE:]
    for word in reversed(words):
        if word in _WORDS.of_papers or word in _WORDS.of_persons:
            return word in _WORDS.of_papers
    return False
