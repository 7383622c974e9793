"""A number of an identity card is judged by its form: warnings, and no refusal."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.office import regions_book
from domain import nik
from domain.nik import NikWarning

REGIONS = regions_book.load()
TODAY = date(2026, 3, 16)
MAN = "5371991203900001"  # No district 99 is in Kota Kupang: nobody bears it.
WOMAN = "5371995203900001"


def said(number: str, today: date = TODAY) -> tuple[NikWarning, ...]:
    return nik.warnings(number, REGIONS, today)


@pytest.mark.parametrize(
    "number",
    [
        MAN,
        WOMAN,
        "537199 120390 0001",
        "53.71.99.120390.0001",
        "5371-99-120390-0001",
        " 5371991203900001\n",
        "5301991203900001",  # Kupang, which the statistics office calls 5303
        "5303991203900001",  # Timor Tengah Utara
        "9699991203900001",  # Papua Barat Daya, whose regencies are not listed
        "9301991203900001",
        "6501991203900001",
        "5371992902000001",  # the leap day of 2000
        "5371997112900001",  # a woman born on the 31st
    ],
)
def test_a_sound_number_raises_no_warning(number):
    assert said(number) == ()
    assert nik.is_nik(number)


@pytest.mark.parametrize(
    ("number", "warned"),
    [
        ("", (NikWarning.NOT_SIXTEEN_DIGITS,)),
        ("537199120390000", (NikWarning.NOT_SIXTEEN_DIGITS,)),
        ("5371991203900001X", (NikWarning.NOT_SIXTEEN_DIGITS,)),
        ("٥٣٧١٩٩١٢٠٣٩٠٠٠٠١", (NikWarning.NOT_SIXTEEN_DIGITS,)),
        ("2099991203900001", (NikWarning.UNKNOWN_PROVINCE,)),
        ("5399991203900001", (NikWarning.UNKNOWN_REGENCY,)),
        ("9600991203900001", (NikWarning.UNKNOWN_REGENCY,)),
        ("5371001203900001", (NikWarning.NO_DISTRICT,)),
        ("5371993203900001", (NikWarning.NO_BIRTH_DATE,)),
        ("5371994003900001", (NikWarning.NO_BIRTH_DATE,)),
        ("5371998103900001", (NikWarning.NO_BIRTH_DATE,)),
        ("5371990003900001", (NikWarning.NO_BIRTH_DATE,)),
        ("5371991213900001", (NikWarning.NO_BIRTH_DATE,)),
        ("5371993004900001", ()),
        ("5371993104900001", (NikWarning.NO_BIRTH_DATE,)),
        ("5371992902010001", (NikWarning.NO_BIRTH_DATE,)),
        ("5371991203900000", (NikWarning.NO_SERIAL,)),
        (
            "0000000000000000",
            (
                NikWarning.UNKNOWN_PROVINCE,
                NikWarning.UNKNOWN_REGENCY,
                NikWarning.NO_DISTRICT,
                NikWarning.NO_BIRTH_DATE,
                NikWarning.NO_SERIAL,
            ),
        ),
    ],
)
def test_what_looks_wrong_is_named(number, warned):
    assert said(number) == warned


def test_a_birth_date_to_come_is_none():
    leap_day = "5371992902000001"  # 1900 had none
    assert said(leap_day, date(2000, 2, 29)) == ()
    assert said(leap_day, date(2000, 2, 28)) == (NikWarning.NO_BIRTH_DATE,)


@given(
    born=st.dates(date(1926, 3, 17), TODAY),
    woman=st.booleans(),
    province=st.sampled_from(sorted(REGIONS)),
    serial=st.integers(1, 9999),
)
def test_every_birth_date_of_a_century_is_one(born, woman, province, serial):
    regency = min(REGIONS[province], default="71")
    day = born.day + 40 * woman
    number = f"{province}{regency}99{day:02}{born:%m%y}{serial:04}"
    assert said(number) == ()
    assert said(number, TODAY + timedelta(days=1)) == ()


@given(st.text())
def test_any_text_is_judged_and_masked_without_a_failure(text):
    warned = said(text)
    assert (NikWarning.NOT_SIXTEEN_DIGITS in warned) != nik.is_nik(text)
    assert nik.masked(text).startswith("*" * 12)
    assert len(nik.masked(text)) == 16


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (MAN, "************0001"),
        ("5371-99-120390-0042", "************0042"),
        ("1234", "****************"),
        ("", "****************"),
    ],
)
def test_the_last_four_digits_alone_are_shown(number, shown):
    assert nik.masked(number) == shown
