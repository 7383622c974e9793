"""Statements stand in .sql files, by name."""

import pytest

from application import named_sql


def written(folder, text):
    file = folder / "things.sql"
    file.write_text(text)
    return file


def test_statements_are_found_by_their_names(tmp_path):
    file = written(
        tmp_path,
        "-- What the file is for.\n\n"
        "-- name: one\nselect 1;\n\n"
        "-- name: other_one\n-- why\nselect 2\n  from things;\n",
    )

    statements = named_sql.load(str(file.with_suffix(".py")))

    assert dict(statements) == {
        "one": "select 1",
        "other_one": "-- why\nselect 2\n  from things",
    }
    assert statements["one"] == "select 1"
    assert "one" in statements
    assert "two" not in statements


def test_a_missing_statement_is_an_error_that_names_the_file(tmp_path):
    statements = named_sql.read(written(tmp_path, "-- name: one\nselect 1;\n"))

    with pytest.raises(named_sql.NamedSqlError) as missing:
        statements["two"]

    assert missing.value.file.name == "things.sql"


@pytest.mark.parametrize(
    "text",
    [
        "-- name: one\nselect 1;\n-- name: one\nselect 2;\n",
        "-- name: one\n\n-- name: two\nselect 2;\n",
        "-- name: One-Two\nselect 1;\n",
        "-- name:\nselect 1;\n",
    ],
    ids=["doubled", "empty", "no word", "nameless"],
)
def test_a_bad_file_is_refused_when_it_is_read(tmp_path, text):
    with pytest.raises(named_sql.NamedSqlError):
        named_sql.read(written(tmp_path, text))


def test_a_module_without_its_file_is_refused(tmp_path):
    with pytest.raises(named_sql.NamedSqlError):
        named_sql.load(str(tmp_path / "nothing.py"))


def test_parts_that_several_statements_begin_with_are_joined_in_their_order():
    assert named_sql.join("with a as (select 1)", "select * from a") == (
        "with a as (select 1)\nselect * from a"
    )
