"""`disposisi authority`: who may do what."""

import msgspec
import rich_click as click

from application.office import authority
from application.office.strict_toml import DataFileError
from interfaces.cli.options import json_option
from interfaces.cli.standards import faulty


@click.group("authority")
def command() -> None:
    """Look at the authority table."""


@command.command("show")
@json_option
def show(*, as_json: bool) -> None:
    """Print every row: its id, roles, actions, and where it holds."""
    try:
        rows = authority.load().table()
    except DataFileError as fault:
        raise faulty(fault) from fault
    if as_json:
        click.echo(msgspec.json.encode(rows))
        return
    for row in rows:
        where = "" if row.channels is None else f"  [{', '.join(row.channels)}]"
        whose = "  (the assignee)" if row.only else ""
        roles, actions = ", ".join(row.roles), ", ".join(row.actions)
        click.echo(f"{row.id}: {roles}: {actions}{where}{whose}")
