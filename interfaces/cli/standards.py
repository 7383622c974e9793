"""`disposisi standards`: the published service standards on file."""

from pathlib import Path

import msgspec
import rich_click as click

from application.office import calendars, legal_book, standards_book
from application.office.strict_toml import DataFileError
from interfaces.cli.options import json_option
from interfaces.trouble import OperatorError


@click.group("standards")
def command() -> None:
    """Look after the published service standards."""


@command.command("check")
@click.argument(
    "folders", nargs=-1, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@json_option
def check(folders: tuple[Path, ...], *, as_json: bool) -> None:
    """Read all standards, calendars and legal bases as `serve` would.

    With FOLDERS, the standards there instead of those on file.
    """
    try:
        book = standards_book.load(*folders)
        calendars.load()
        legal_book.load()
    except DataFileError as fault:
        raise faulty(fault) from fault
    known = [
        {"standard": each.ref, "agency": each.agency.code, "service": each.title}
        for each in book
    ]
    if as_json:
        click.echo(msgspec.json.encode({"ok": True, "standards": known}))
    else:
        for each in known:
            click.echo("  ".join(each.values()))


def faulty(fault: DataFileError) -> OperatorError:
    return OperatorError(
        indonesian=f"Berkas data keliru: {fault}",
        english=f"A data file is wrong: {fault}",
        code=1,
    )
