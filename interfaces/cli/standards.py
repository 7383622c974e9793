"""`disposisi standards`: the published service standards on file."""

from pathlib import Path

import msgspec
import rich_click as click

from application.office import standards_book
from interfaces.cli.office_files import faults_told, must_be_right
from interfaces.cli.options import json_option


@click.group("standards")
def command() -> None:
    """Look after the published service standards."""


@command.command("check")
@click.argument(
    "folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@json_option
def check(folders: tuple[Path, ...], *, as_json: bool) -> None:
    """Read standards, calendars, laws, regions and authority as `serve` would.

    With FOLDERS, the standards there are read and listed.
    """
    with faults_told():
        book = standards_book.load(*folders)
    must_be_right()
    known = [
        {"standard": each.ref, "agency": each.agency.code, "service": each.title}
        for each in book
    ]
    if as_json:
        click.echo(msgspec.json.encode({"ok": True, "standards": known}))
    else:
        for each in known:
            click.echo("  ".join(each.values()))
