"""Texts of officials that stand in the register in clear: nobody is named in them.

What a requester told is sealed; a note or a reason is not, and can never be erased.
Only clear hits count: numbers of letters and cases, amounts and legal references pass.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum
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


def of(told: object, field: str = "") -> Iterator[str]:
    """All texts in a command; of what numbers papers only a person's bare number."""
    match told:
        case Enum():
            return
        case str():
            if field not in NUMBERS or (field in BOOKED and identifiers.is_bare(told)):
                yield told
        case msgspec.Struct():
            for name in told.__struct_fields__:
                yield from of(getattr(told, name), name)
        case tuple() | list() | frozenset():
            for one in told:
                yield from of(one, field)
        case _:
            return


def is_free(text: str) -> bool:
    """Whether somebody wrote it: it has several words, and they are no stock ones."""
    return " " in text.strip() and text.strip().casefold() not in STOCK


def names_anybody(text: str) -> bool:
    """Whether a NIK, a mobile telephone or a private e-mail address stands in it."""
    return identifiers.stand_in(text)


def names(text: str, who: Identity) -> bool:
    """Whether it tells somebody's name, address, telephone, NIK or e-mail address.

    Of an institution the name and the address are no secret.
    """
    if not identifiers.is_institution(who.name or "") and (
        _calls(text, who.name or "") or _lodges(text, who.address or "")
    ):
        return True
    if who.email and who.email.strip().casefold() in text.casefold():
        return True
    # Of who stood at the counter the last four digits alone are known.
    numbers = [who.nik] if who.nik and nik.is_nik(who.nik) else []
    told = {_digits(one) for one in (*numbers, who.phone or "")} - {""}
    return identifiers.has_number(text, told, _digits)


def _calls(text: str, name: str) -> bool:
    """Whether a full name stands in it; one of a single word only as a name is written.

    That is with a capital: many such names are ordinary words as well.
    """
    told = _letters(name)
    if len(told.split()) >= _WORDS_OF_A_NAME:
        return f" {told} " in f" {_letters(text)} "
    if len(told) < _LETTERS_OF_A_LONE_NAME:
        return False
    return any(
        word[0].isupper() and word.casefold() == told
        for word in _NO_LETTER.split(text)
        if word
    )


def _lodges(text: str, address: str) -> bool:
    told = _letters(address)
    return (
        len(told.split()) >= _WORDS_OF_AN_ADDRESS
        and f" {told} " in f" {_letters(text)} "
    )


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


def _letters(text: str) -> str:
    """Small letters and figures, with one blank between words."""
    return _NO_LETTER.sub(" ", text.casefold()).strip()


def _digits(said: str) -> str:
    """A number however it is parted; a telephone's as the whole world writes it."""
    plain = phone(said)
    return plain or "".join(one for one in said if one.isdigit())
