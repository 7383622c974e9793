"""The number on a national identity card (NIK), by form alone: it has no check digit.

`PPKKCC DDMMYY SSSS`: province, regency or city and district of the first registration;
birth date, the day plus 40 for women; a serial. An old or corrected number need not
match the holder, so that whatever looks wrong is a warning and never a refusal.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

Regions: TypeAlias = Mapping[str, frozenset[str]]
"""Codes of provinces, with those of their regencies; an empty set is not known."""

_SEPARATORS: Final = re.compile(r"[\s.\-]+")
_FORM: Final = re.compile("[0-9]{16}")
_DAYS_OF_WOMEN: Final = 40
_MOST_DAYS: Final = 31
_MONTHS: Final = 12
_SHOWN: Final = 4
_LONG_ENOUGH: Final = 8
"""Of a shorter text its last digits would be most of it."""


class NikWarning(StrEnum):
    """What looks wrong with a number."""

    NOT_SIXTEEN_DIGITS = "nik-not-sixteen-digits"
    UNKNOWN_PROVINCE = "nik-unknown-province"
    UNKNOWN_REGENCY = "nik-unknown-regency"
    NO_DISTRICT = "nik-no-district"
    NO_BIRTH_DATE = "nik-no-birth-date"
    NO_SERIAL = "nik-no-serial"


def normalised(said: str) -> str:
    """The number without the blanks, dots and hyphens that people write in it."""
    return _SEPARATORS.sub("", said)


def is_nik(said: str) -> bool:
    """Whether it has the form of a number: sixteen digits."""
    return _FORM.fullmatch(normalised(said)) is not None


def is_likely(said: str, regions: Regions) -> bool:
    """Whether sixteen digits of a text are a number rather than any paper's.

    They begin with a known province and a day and a month that there may be.
    """
    digits = normalised(said)
    return (
        _FORM.fullmatch(digits) is not None
        and digits[:2] in regions
        and 1 <= _day(digits) <= _MOST_DAYS
        and 1 <= int(digits[8:10]) <= _MONTHS
    )


def masked(said: str) -> str:
    """Show the last four digits alone."""
    digits = normalised(said)
    last = digits[-_SHOWN:] if len(digits) >= _LONG_ENOUGH else "*" * _SHOWN
    return "*" * 12 + last


def is_masked(said: str) -> bool:
    """Whether it is no number but the last of one, as `masked` shows it."""
    return said.startswith("*" * 12)


def warnings(said: str, regions: Regions, today: date) -> tuple[NikWarning, ...]:
    """Everything that looks wrong; empty says the form is right, not that it exists."""
    return tuple(_warnings(normalised(said), regions, today))


def _warnings(digits: str, regions: Regions, today: date) -> Iterator[NikWarning]:
    if not _FORM.fullmatch(digits):
        yield NikWarning.NOT_SIXTEEN_DIGITS
        return
    province, regency, district = digits[:2], digits[2:4], digits[4:6]
    known = regions.get(province)
    if known is None:
        yield NikWarning.UNKNOWN_PROVINCE
    if regency == "00" or (known and regency not in known):
        yield NikWarning.UNKNOWN_REGENCY
    if district == "00":
        yield NikWarning.NO_DISTRICT
    if not _is_birth_date(_day(digits), digits[8:10], digits[10:12], today):
        yield NikWarning.NO_BIRTH_DATE
    if digits[12:] == "0000":
        yield NikWarning.NO_SERIAL


def _day(digits: str) -> int:
    day = int(digits[6:8])
    return day - _DAYS_OF_WOMEN if day > _DAYS_OF_WOMEN else day


def _is_birth_date(day: int, month: str, year: str, today: date) -> bool:
    """Whether it was a day of the last century or is one of this, not to come."""
    return any(
        _is_past(f"{century}{year}-{month}-{day:02}", today) for century in (19, 20)
    )


def _is_past(said: str, today: date) -> bool:
    try:
        return date.fromisoformat(said) <= today
    except ValueError:
        return False
