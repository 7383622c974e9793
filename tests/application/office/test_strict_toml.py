"""A typo in a data file is named with its file, its line and its field."""

from pathlib import Path

import msgspec
import pytest

from application.office import strict_toml
from application.office.strict_toml import DataFileError


class Tier(msgspec.Struct, forbid_unknown_fields=True):
    role: str
    rank: int = 0


class Book(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    tier: Tier
    others: list[Tier] = []
    notes: dict[str, int] = {}
    lines: list[str] = []


def refusal(tmp_path: Path, text: str) -> DataFileError:
    file = tmp_path / "book.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        strict_toml.read(file, Book)
    assert caught.value.file == file
    assert f"line {caught.value.line}" in str(caught.value)
    return caught.value


def test_a_file_that_fits_is_read(tmp_path):
    file = tmp_path / "book.toml"
    file.write_text('name = "x"\ntier = { role = "head", rank = 1 }\n')
    assert strict_toml.read(file, Book) == Book(name="x", tier=Tier("head", 1))


@pytest.mark.parametrize(
    ("text", "line", "field"),
    [
        ('# a book\nname = "x"\n\n[tier]\nrole = "a"\nrnak = 1\n', 6, "tier.rnak"),
        ('name = "x"\n[tier]\nrole = "a"\nrank = "1"\n', 4, "tier.rank"),
        ('name = "x"\n\n[tier]\nrank = 1\n', 3, "tier.role"),
        ('name = "x"\ntier = { role = "a", rnak = 1 }\n', 2, "tier.rnak"),
        ('[tier]\nrole = "a"\n', 1, "name"),
        (
            (
                'name = "x"\n[tier]\nrole = "a"\n[[others]]\nrole = "b"\n\n'
                '# the third\n[[others]]\nrole = "c"\nrank = true\n'
            ),
            10,
            "others[1].rank",
        ),
        (
            'name = "x"\n[tier]\nrole = "a"\n[[others]]\nrole = "b"\n[[others]]\n',
            6,
            "others[1].role",
        ),
        ('name = "x"\nlines = [\n  "a",\n  3,\n]\n[tier]\nrole="a"\n', 2, "lines[1]"),
        ('name = "x"\n[tier]\nrole="a"\n[notes]\na = 1\nb = "2"\n', 4, "notes"),
        (
            'name = "x"\n[tier]\nrole="a"\n[[others]]\nrole="b"\nextra.deep = 1\n',
            6,
            "others[0].extra",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_line_and_field(tmp_path, text, line, field):
    refused = refusal(tmp_path, text)
    assert (refused.line, refused.field) == (line, field)


def test_a_key_inside_a_statement_of_several_lines_is_found(tmp_path):
    text = (
        'name = "x"\ntier = { role = "a" }\nothers = [\n  { role = "b" },\n'
        '  { role = "c",\n    rnak = 1 },\n]\n'
    )
    assert refusal(tmp_path, text.replace(",\n    rnak", ", rnak")).line == 5


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('name = "x"\ntier = = 3\n', 2),
        ('name = "x"\nname = "y"\n', 2),
        ('name = "x"\n\ntier = {', 3),
    ],
)
def test_broken_toml_is_named_with_its_line(tmp_path, text, line):
    refused = refusal(tmp_path, text)
    assert (refused.line, refused.field) == (line, "")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    file = tmp_path / "book.toml"
    file.write_bytes(b'name = "\xff"\n')
    with pytest.raises(DataFileError):
        strict_toml.read(file, Book)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DataFileError):
        strict_toml.read(tmp_path / "none.toml", Book)


def test_a_fault_found_later_is_placed_the_same_way(tmp_path):
    file = tmp_path / "book.toml"
    file.write_text('name = "x"\n[tier]\nrole = "a"\n')
    fault = strict_toml.fault(file, ("tier", "role"), "no such role")
    assert (fault.line, fault.field, fault.problem) == (3, "tier.role", "no such role")
