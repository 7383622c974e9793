"""`disposisi rebuild`: views made anew from the register while the old ones serve."""

import asyncio
import signal
from collections.abc import Sequence

import msgspec
import rich_click as click
from rich.console import Console

from interfaces import database
from interfaces.cli import rebuilding_told
from interfaces.cli.options import json_option, settings_options
from interfaces.settings import Settings
from interfaces.trouble import OperatorError
from projections import rebuilding
from projections.comparing import Difference
from projections.filling import Told
from projections.rebuilding import Rebuilt
from projections.rebuilds import UnderWayError
from projections.view import View
from projections.views import VIEWS

PATIENCE = 3.0
"""Seconds for the database to notice that another rebuild has just been killed."""

NAMES = ", ".join(view.name for view in VIEWS)


@click.command("rebuild", epilog=f"Views: {NAMES}.")
@click.argument("name", required=False)
@click.option("--all", "is_all", is_flag=True, help="Every view.")
@json_option
@settings_options
def command(
    settings: Settings, *, name: str | None, is_all: bool, as_json: bool
) -> int:
    """Fill the view NAME anew beside the one that serves, compare, and switch.

    Ends with 1 when they differed: the new one serves then, because it is right.
    """
    views = _views(name, is_all=is_all)
    database.must_be_there(settings)
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    console = Console(stderr=True)
    with database.opened(settings) as url:
        database.migrate(url)
        with rebuilding_told.telling(console) as told:
            done = _rebuilt(url, views, told)
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # It is too late: what is told from here on is how it ended.
            signal.signal(ending, signal.SIG_IGN)
    if as_json:
        click.echo(msgspec.json.encode({"views": done}))
    else:
        for one in done:
            click.echo(_line(one))
    sound = all(one.difference is None or one.difference.is_none for one in done)
    return 0 if sound else 1


def _views(name: str | None, *, is_all: bool) -> Sequence[View]:
    if is_all == (name is not None):
        message = f"say --all, or one of: {NAMES}"
        raise click.UsageError(message)
    views = [view for view in VIEWS if is_all or view.name == name]
    if not views:
        raise OperatorError(
            indonesian=f"tidak ada tampilan {name!r}; yang ada: {NAMES}",
            english=f"there is no view {name!r}, only {NAMES}",
        )
    return views


def _rebuilt(url: str, views: Sequence[View], told: Told) -> list[Rebuilt]:
    try:
        return asyncio.run(rebuilding.rebuild(url, views, told=told, patience=PATIENCE))
    except UnderWayError as fault:
        raise OperatorError(
            indonesian="pembangunan ulang lain sedang berjalan; tunggu sampai selesai",
            english="another rebuild is under way; wait until it is done",
            code=1,
        ) from fault
    except KeyboardInterrupt as fault:
        raise OperatorError(
            indonesian="dihentikan; yang lama tetap melayani. Perintah yang sama"
            " melanjutkan dari sini",
            english="stopped; the old one serves on. The same command goes on from"
            " here",
            code=1,
        ) from fault


def _line(one: Rebuilt) -> str:
    served = f"{one.view}: serves up to position {one.position}"
    match one.difference:
        case None:
            return f"{served}; there was none to compare with"
        case Difference(is_none=True, rows=rows):
            return f"{served}; {rows} rows, the same as before"
        case Difference() as found:
            keys = ", ".join(found.keys)
            return (
                f"{served}; {found.rows} rows. Before, {found.differing} were"
                f" different, {found.extra} were missing and {found.missing} too many:"
                f" {keys}"
            )
