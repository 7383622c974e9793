"""Every command of the operator's has its row, and none of them acts as an official."""

import asyncio
from collections.abc import Iterator

import psycopg
import pytest
import rich_click as click
from click.testing import CliRunner

from application.office import authority, jobs, operator_acts
from application.office.strict_toml import DataFileError
from interfaces.cli import operator
from interfaces.cli.commands import disposisi
from tests import staff

TABLE = jobs.load()
OF_THE_CHECKOUT = {"test", "bench", "drill"}
"""The installed program has none of these."""


def commands(group: click.Command, *typed: str) -> Iterator[tuple[str, ...]]:
    if not isinstance(group, click.Group):
        yield typed
        return
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        assert command is not None
        yield from commands(command, *typed, word)


TYPED = {" ".join(typed) for typed in commands(disposisi)} - OF_THE_CHECKOUT


def test_every_command_has_a_row_and_every_row_a_command():
    assert {command for job in TABLE for command in job.commands} == TYPED


def test_no_row_of_jobs_has_the_name_of_an_officials_row():
    assert {job.id for job in TABLE}.isdisjoint(
        row.id for row in authority.load().table()
    )


def test_what_no_row_names_is_denied():
    with pytest.raises(LookupError):
        jobs.of("destroy", TABLE)


ROW = """[[job]]
id = "looking"
commands = ["look"]
writes = "nothing"
source = "why"
"""


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (ROW.replace('"nothing"', '"cases"'), 4),
        (ROW.replace("commands", "command"), 3),
        (ROW + ROW, 7),
        (ROW + ROW.replace("looking", "seeing"), 8),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(tmp_path, text, line):
    file = tmp_path / "jobs.toml"
    file.write_text(text)
    with pytest.raises(DataFileError) as refusal:
        jobs.load(file)
    assert refusal.value.line == line


@pytest.fixture
def runs(database_url, tmp_path):
    """Runs a command on a database of its own; it has to do well."""

    def run(*typed: str) -> str:
        env = {"DATABASE_URL": database_url, "DISPOSISI_DATA": str(tmp_path)}
        done = CliRunner().invoke(disposisi, typed, env=env, standalone_mode=False)
        assert done.exception is None, done.output
        return done.output

    return run


def test_what_changes_the_office_stands_in_the_log_of_operators(runs, database_url):
    add = ("officials", "add", "--agency", staff.BIRO, "--name", "Pejabat")
    runs(*add, "--id", "kepala", "--role", "agency_head")
    runs(*add, "--id", "analis", "--role", "handler", "--unit", "a")
    runs("token", "kepala")
    unit = ("--from", "a", "--to", "b", "--effective", "2026-03-02", "--decree", "SK 1")
    runs("officials", "unit", "--agency", staff.BIRO, *unit)
    days = ("--from", "2026-03-02", "--until", "2026-03-06", "--decree", "SK 2")
    who = ("--id", "analis", "--for", "kepala", "--capacity", "daily_acting")
    runs("officials", "stand-in", "--agency", staff.BIRO, *who, *days)
    runs("officials", "disable", "analis")

    async def noted() -> list[operator_acts.OperatorAct]:
        async with await psycopg.AsyncConnection.connect(database_url) as connection:
            return await operator_acts.everything(connection)

    acts = asyncio.run(noted())
    assert [act.command for act in acts] == [
        "officials add",
        "officials add",
        "token",
        "officials unit",
        "officials stand-in",
        "officials disable",
    ]
    assert {act.os_user for act in acts} == {operator.os_user()}
    assert "kepala" in runs("authority", "operators")


def test_the_log_of_operators_refuses_change(runs, database_url):
    add = ("officials", "add", "--agency", staff.BIRO, "--name", "Pejabat")
    runs(*add, "--id", "kepala", "--role", "agency_head")
    with (
        psycopg.connect(database_url) as connection,
        pytest.raises(psycopg.errors.RestrictViolation),
    ):
        connection.execute("delete from operator_acts")
