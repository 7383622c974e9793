"""Rows as CSV: what a spreadsheet shows is what was written, and nothing runs."""

import csv
import io
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.values import Channel
from interfaces import csv_text

CASE = UUID("00000000-0000-4000-8000-00000000000a")


def read(written: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written, newline=""), strict=True))


class Line(msgspec.Struct):
    case: UUID
    class_: str | None = msgspec.field(name="class")


def test_a_struct_is_a_row_and_its_json_names_are_the_header():
    assert csv_text.header(Line) == ("case", "class")
    assert csv_text.text([csv_text.header(Line), Line(CASE, None)]) == (
        f"case,class\r\n{CASE},\r\n"
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (-7, "-7"),
        (0.5, "0.5"),
        (Channel.LETTER, "letter"),
        (CASE, str(CASE)),
        (date(2026, 2, 10), "2026-02-10"),
        (datetime(2026, 2, 10, 1, tzinfo=UTC), "2026-02-10T01:00:00+00:00"),
        (["kip17.c", CASE], f'["kip17.c","{CASE}"]'),
        ({"to": "bppd-analis"}, '{"to":"bppd-analis"}'),
    ],
)
def test_a_value_is_written_as_json_has_it_without_its_quotes(value, cell):
    assert read(csv_text.text([[value, "x"]])) == [[cell, "x"]]


@pytest.mark.parametrize("first", "=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - wide signs
def test_a_text_that_would_be_a_formula_is_shown_and_not_run(first):
    formula = f'{first}HYPERLINK("http://x"; "y")'
    assert read(csv_text.text([["x", formula]])) == [["x", f"'{formula}"]]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_any_texts_come_out_as_they_went_in_but_for_the_apostrophe(rows):
    texts = [[cell.replace("\0", "") for cell in row] for row in rows]

    told = read(csv_text.text(texts))

    assert [[cell.removeprefix("'") for cell in row] for row in told] == [
        [cell.removeprefix("'") for cell in row] for row in texts
    ]
    assert not [cell for row in told for cell in row if cell[:1] in tuple("=+-@")]
