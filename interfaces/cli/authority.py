"""`disposisi authority`: who may do what, and what operators did."""

from collections.abc import Iterable, Iterator
from typing import Final, Self, get_args

import msgspec
import rich_click as click

from application.office import authority, jobs, operator_acts
from application.office.actions import Command, Query
from application.office.authority import Row
from application.office.jobs import Job
from domain.values import Role
from interfaces.cli.office import at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import json_option, settings_options
from interfaces.settings import Settings

WHOSE: Final = {
    "assigned": "the assignee",
    "unit": "heads over who answers",
    "concerned": "whom it was entrusted to, and heads over who answers",
}
OPERATOR: Final = "operator"
"""Whoever has the folder of data, which is no role of an official's."""
ROLE: Final = click.Choice([role.value for role in Role])
ACTION: Final = click.Choice([*get_args(Command), *get_args(Query)])


class _OperatorRow(msgspec.Struct, frozen=True):
    """A row of the table of jobs, in the form of the others."""

    id: str
    roles: tuple[str, ...]
    actions: tuple[str, ...]
    writes: str
    source: str

    @classmethod
    def of(cls, job: Job) -> Self:
        return cls(job.id, (OPERATOR,), job.commands, job.writes, job.source)


@click.group("authority")
def command() -> None:
    """Look at the authority table, and at what operators did."""


@command.command("show")
@click.option("--role", type=ROLE, help="Only what this role may.")
@click.option("--action", type=ACTION, help="Only who may do this.")
@json_option
def show(*, role: str | None, action: str | None, as_json: bool) -> None:
    """Print every row: its id, roles, actions, and where it holds; deny by default."""
    with faults_told():
        table, work = authority.load().table(), jobs.load()
    rows = [
        row
        for row in table
        if role in {None, *row.roles} and action in {None, *row.actions}
    ]
    if role is not None or action is not None:
        work = ()  # an operator is no official, and has none of these words
    if as_json:
        click.echo(msgspec.json.encode([*rows, *map(_OperatorRow.of, work)]))
        return
    for row in rows:
        _tell(row.id, _columns(row))
    for job in work:
        columns = (("commands", ", ".join(job.commands)), ("writes", job.writes))
        _tell(job.id, (("role", OPERATOR), *columns))


@command.command("operators")
@json_option
@settings_options
def operators(settings: Settings, *, as_json: bool) -> None:
    """List what was changed at the command line, and by which user."""
    everything = at_the_office(settings, operator_acts.everything)
    if as_json:
        click.echo(msgspec.json.encode(everything))
        return
    for act in everything:
        at = act.at.isoformat(timespec="seconds")
        click.echo(f"{at}  {act.os_user}  {act.command}  {act.about}  ({act.job})")


def _tell(id_: str, columns: Iterable[tuple[str, str]]) -> None:
    click.echo(id_)
    for name, said in columns:
        click.echo(f"    {name}: {said}")


def _columns(row: Row) -> Iterator[tuple[str, str]]:
    """Who may do what by the row, and where it holds."""
    yield "roles", ", ".join(row.roles)
    yield "actions", ", ".join(row.actions)
    yield "agencies", ", ".join(row.agencies or ()) or "one's own"
    if row.channels:
        yield "channels", ", ".join(row.channels)
    if row.complaints:
        yield "complaints", ", ".join(row.complaints)
    if row.confidentiality:
        yield "confidentiality", ", ".join(row.confidentiality)
    if row.only:
        yield "only", WHOSE[row.only]
    yield "in an absent official's stead", "yes" if row.acting_for else "no"
