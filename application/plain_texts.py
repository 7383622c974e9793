"""Texts of officials that stand in the register in clear: nobody is named in them.

What a requester told is sealed; a note or a reason is not, and can never be erased.
Only clear hits count: numbers of letters and cases, amounts and legal references pass.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from enum import Enum
from typing import Any, Final
from uuid import UUID

import msgspec
from psycopg import AsyncConnection

from application import opening, requester
from application.likeness import phone
from application.people import People
from application.requester import IDENTITY, Identity

_PLAIN_NIK: Final = re.compile(r"(?<!\w)[0-9]{16}(?!\w)")
_PARTED_NIK: Final = re.compile(
    r"(?<![\w.\-])(?:"
    r"[0-9]{2}([ .\-])[0-9]{2}\1[0-9]{2}\1[0-9]{6}\1[0-9]{4}"
    r"|[0-9]{6}([ .\-])[0-9]{6}\2[0-9]{4}"
    r"|[0-9]{4}([ .\-])[0-9]{4}\3[0-9]{4}\3[0-9]{4}"
    r")(?![\w\-])"
)
# A mobile one: numbers of offices are no secret, and 62.812.345.678 is an amount.
_PHONE: Final = re.compile(
    r"(?<![\w/.,\-])(?:"
    r"(?:\+?62|0)8[1-35-9][0-9]{7,10}"
    r"|(?:\+62[ .\-]?|0)8[1-35-9][0-9]{1,2}([ .\-])[0-9]{3,4}\1[0-9]{3,5}"
    r")(?![\w/\-])"
)
_EMAIL: Final = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_OF_OFFICES: Final = ".go.id"
_DIGITS: Final = re.compile(r"\+?[0-9][0-9 ().\-]{6,}[0-9]")
_NO_LETTER: Final = re.compile(r"[\W_]+")

NUMBERS: Final = frozenset(
    {"number", "letter_number", "agenda_number", "commission_number", "tracking_id"}
)
"""Fields of commands that number papers, whose form is nobody's business here."""

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


def of(told: object, field: str = "") -> Iterator[str]:
    """All texts in a command, but those of fields that number papers."""
    match told:
        case Enum():
            return
        case str():
            if field not in NUMBERS:
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
    return (
        _PLAIN_NIK.search(text) is not None
        or _PARTED_NIK.search(text) is not None
        or _PHONE.search(text) is not None
        or any(
            not found.casefold().endswith(_OF_OFFICES) for found in _EMAIL.findall(text)
        )
    )


def names(text: str, who: Identity) -> bool:
    """Whether it tells somebody's full name, telephone, NIK or e-mail address."""
    said = _letters(text)
    name = _letters(who.name or "")
    if len(name.split()) >= _WORDS_OF_A_NAME and f" {name} " in f" {said} ":
        return True
    if who.email and who.email.strip().casefold() in text.casefold():
        return True
    numbers = {_digits(found) for found in _DIGITS.findall(text)}
    told = {_digits(one) for one in (who.phone, who.nik) if one}
    return not (told - {""}).isdisjoint(numbers)


async def concerned(
    people: People, conn: AsyncConnection[Any], records: Collection[UUID]
) -> list[Identity]:
    """Who asked or complained in these matters.

    Nobody reads it: a text is compared with it, and the answer is yes or no.
    """
    closed = await people.closed_of(conn, records, IDENTITY)
    return [requester.identity(opening.field(people, one)) for one in closed]


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
