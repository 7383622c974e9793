"""`disposisi authority`: who may do what."""

from typing import Final

import msgspec
import rich_click as click

from application.office import authority
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import json_option

WHOSE: Final = {
    "assigned": "  (the assignee)",
    "unit": "  (heads over who answers)",
}


@click.group("authority")
def command() -> None:
    """Look at the authority table."""


@command.command("show")
@json_option
def show(*, as_json: bool) -> None:
    """Print every row: its id, roles, actions, and where it holds."""
    with faults_told():
        rows = authority.load().table()
    if as_json:
        click.echo(msgspec.json.encode(rows))
        return
    for row in rows:
        narrowed = (*(row.channels or ()), *(row.complaints or ()))
        where = f"  [{', '.join(narrowed)}]" if narrowed else ""
        whose = WHOSE[row.only] if row.only else ""
        roles, actions = ", ".join(row.roles), ", ".join(row.actions)
        click.echo(f"{row.id}: {roles}: {actions}{where}{whose}")
