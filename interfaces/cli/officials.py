"""`disposisi officials`: who works here, in which agency and roles."""

import msgspec
import rich_click as click

from application.office import directory, officials, standards_book
from domain.office import Official
from interfaces import clock
from interfaces.cli import operator, stand_ins, unit_changes
from interfaces.cli.office import Connection, at_the_office, told
from interfaces.cli.options import json_option, settings_options
from interfaces.settings import Settings


@click.group("officials")
def command() -> None:
    """Add, list and disable officials; tell who stands in, and how units change."""


for _other in (unit_changes.add, unit_changes.list_, stand_ins.add, stand_ins.list_):
    command.add_command(_other)


@command.command("add")
@click.option("--id", "id_", required=True, help="A slug such as kabag-kelembagaan.")
@click.option("--name", required=True)
@click.option("--agency", required=True, help="A code such as biro-organisasi.")
@click.option("--role", required=True, help="One role, or several with commas.")
@click.option("--unit", help="Such as kelembagaan/analisis; without it, every unit.")
@json_option
@settings_options
def add(
    settings: Settings,
    *,
    id_: str,
    name: str,
    agency: str,
    role: str,
    unit: str | None,
    as_json: bool,
) -> None:
    """Add an official to one agency; the same id may serve several."""
    agencies = standards_book.load().agencies
    try:
        official = officials.check(
            id_=id_,
            name=name,
            agency=agency,
            roles=[word.strip() for word in role.split(",") if word.strip()],
            unit=unit,
            agencies=agencies,
        )
    except officials.OfficialRefusedError as refusal:
        raise told(refusal) from refusal

    async def work(connection: Connection) -> directory.Added:
        async with connection.transaction():
            added = await directory.add(connection, official, clock.now())
            await operator.noted(connection, f"{official.id} {official.agency}")
            return added

    added = at_the_office(settings, work, begins=True)
    _tell(official, as_json=as_json, note=added.value)


@command.command("list")
@json_option
@settings_options
def list_(settings: Settings, *, as_json: bool) -> None:
    """List all officials by agency and id, the disabled ones too."""
    everybody = at_the_office(settings, directory.everybody)
    if as_json:
        click.echo(msgspec.json.encode(everybody))
    else:
        for official in everybody:
            _tell(official, as_json=False)


@command.command("disable")
@click.argument("id_", metavar="ID")
@click.option("--agency", help="In this agency alone; without it, in all.")
@json_option
@settings_options
def disable(settings: Settings, *, id_: str, agency: str | None, as_json: bool) -> None:
    """Take an official out of office; tokens end with the last agency."""

    async def work(connection: Connection) -> list[Official]:
        async with connection.transaction():
            disabled = await directory.disable(connection, id_, clock.now(), agency)
            for official in disabled:
                await operator.noted(connection, f"{official.id} {official.agency}")
            return disabled

    for official in at_the_office(settings, work):
        _tell(official, as_json=as_json)


def _tell(official: Official, *, as_json: bool, note: str | None = None) -> None:
    if as_json:
        told_note = {} if note is None else {"added": note}
        click.echo(msgspec.json.encode(msgspec.to_builtins(official) | told_note))
        return
    words = [official.id, official.agency, ",".join(official.roles), official.name]
    if official.unit:
        words.append(f"({official.unit})")
    if official.disabled:
        words.append("[disabled]")
    click.echo("  ".join(words))
