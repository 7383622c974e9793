"""Texts of officials that stand in the register in clear: nobody is named in them.

What a requester told is sealed; a note or a reason is not, and can never be erased.
Only clear hits count: numbers of letters and cases, amounts and legal references pass.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cached_property
from typing import Final

import msgspec

from application import identifiers
from application.likeness import phone
from application.requester import Identity
from domain import nik

_NO_LETTER: Final = re.compile(r"[\W_]+")

NUMBERS: Final = frozenset(
    {"number", "letter_number", "agenda_number", "commission_number", "tracking_id"}
)
"""Fields of commands that number papers, whose form is nobody's business here."""

BOOKED: Final = frozenset({"number", "agenda_number"})
"""Those of them that are typed off a letter or a book, where a slip may put a NIK."""

STOCK: Final = frozenset(
    {
        "untuk ditindaklanjuti",
        "tanggapan dan saran",
        "proses lebih lanjut",
        "koordinasi/konfirmasi",
        "untuk diketahui",
        "untuk dijawab",
    }
)
"""What sheets of disposition say in print; nobody need be looked up for it."""

_WORDS_OF_A_NAME: Final = 2
_LETTERS_OF_A_LONE_NAME: Final = 5
"""A shorter one is too often an ordinary word."""
_WORDS_OF_AN_ADDRESS: Final = 3


def of(told: object) -> list[str]:
    """All texts in a command; of what numbers papers only a person's bare number."""
    texts: list[str] = []
    _gather(told, "", texts)
    return texts


def _gather(told: object, field: str, texts: list[str]) -> None:
    if isinstance(told, Enum):
        return
    if isinstance(told, str):
        if field not in NUMBERS or (field in BOOKED and identifiers.is_bare(told)):
            texts.append(told)
    elif isinstance(told, msgspec.Struct):
        for name in told.__struct_fields__:
            if (part := getattr(told, name)) is not None:
                _gather(part, name, texts)
    elif isinstance(told, tuple | list | frozenset):
        for one in told:
            _gather(one, field, texts)


def is_free(text: str) -> bool:
    """Whether somebody wrote it: it has several words, and they are no stock ones."""
    return " " in text.strip() and text.strip().casefold() not in STOCK


def names_anybody(text: str) -> bool:
    """Whether a NIK, a mobile telephone or a private e-mail address stands in it."""
    return identifiers.stand_in(text)


class Legible:
    """A text with what is asked of it for every person, worked out once at most."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.casefold()
        self.has_figures = identifiers.has_figures(text)
        """Most texts of officials have none."""

    @cached_property
    def numbers(self) -> frozenset[str]:
        """All that could be somebody's, without the form in which they stand."""
        return frozenset(_digits(one) for one in identifiers.numbers(self.text))

    def calls(self, name: str) -> bool:
        """Whether a full name stands in it; one of a single word only with a capital.

        For many such names are ordinary words as well.
        """
        told = _letters(name.casefold())
        if len(told.split()) >= _WORDS_OF_A_NAME:
            return self._has(told)
        if len(told) < _LETTERS_OF_A_LONE_NAME or told not in self.folded:
            return False
        return told in self._capitalised

    def lodges(self, address: str) -> bool:
        """Whether a full address stands in it."""
        told = _letters(address.casefold())
        return len(told.split()) >= _WORDS_OF_AN_ADDRESS and self._has(told)

    def _has(self, told: str) -> bool:
        """Whether these words follow each other in it, whatever parts them there."""
        # Nearly always the last of them is nowhere in it, and that is soon found out.
        return told.rpartition(" ")[2] in self.folded and f" {told} " in self._words

    @cached_property
    def _words(self) -> str:
        return f" {_letters(self.folded)} "

    @cached_property
    def _capitalised(self) -> frozenset[str]:
        words = _NO_LETTER.split(self.text)
        return frozenset(word.casefold() for word in words if word[:1].isupper())


def names(said: Legible, who: Identity) -> bool:
    """Whether it tells somebody's name, address, telephone, NIK or e-mail address.

    Of an institution the name and the address are no secret.
    """
    name = who.name or ""
    if (
        said.calls(name) or said.lodges(who.address or "")
    ) and not identifiers.is_institution(name):
        return True
    if who.email and who.email.strip().casefold() in said.folded:
        return True
    if not said.has_figures:
        return False
    # Of who stood at the counter the last four digits alone are known.
    numbers = [who.nik] if who.nik and nik.is_nik(who.nik) else []
    told = {_digits(one) for one in (*numbers, who.phone or "")} - {""}
    return not told.isdisjoint(said.numbers)


def place_of(text: str, body: object) -> str:
    """Where a text stands in a body, as a JSON pointer; empty where it does not."""
    return next(_places(text, msgspec.to_builtins(body)), "")


def _places(text: str, told: object, at: str = "") -> Iterator[str]:
    parts: Iterable[tuple[object, object]] = ()
    if isinstance(told, dict):
        parts = told.items()
    elif isinstance(told, list | tuple):
        parts = enumerate(told)
    elif isinstance(told, str) and told.strip() == text.strip():
        yield at
    for name, part in parts:
        yield from _places(text, part, f"{at}/{name}")


def _letters(folded: str) -> str:
    """Letters and figures alone, with one blank between words."""
    return _NO_LETTER.sub(" ", folded).strip()


def _digits(said: str) -> str:
    """A number however it is parted; a telephone's as the whole world writes it."""
    plain = phone(said)
    return plain or "".join(one for one in said if one.isdigit())
