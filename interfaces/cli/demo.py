"""`disposisi demo`: the product with invented requests, in a folder of its own."""

import shlex
import signal
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec
import rich_click as click
from rich.console import Console

from application import keys
from application.people import People
from interfaces import clock
from interfaces.cli.office import Connection, at_the_office
from interfaces.cli.options import json_option, settings_options
from interfaces.data_folder import DataFolder
from interfaces.demo import telling
from interfaces.demo.api import Api
from interfaces.demo.bulk.filling import fill
from interfaces.demo.cast import BIRO, BPPD, employ
from interfaces.demo.check import check, report
from interfaces.demo.own_server import own_server, own_settings
from interfaces.demo.requests import REQUESTS
from interfaces.demo.requests.request import Request
from interfaces.demo.year import absence, label, progress
from interfaces.demo.year.label import Label
from interfaces.demo.year.seeding import seed_year
from interfaces.settings import Settings

SEED = 14
"""The same one gives the same year, counted back from today."""

MOST_ENTERED = 1_000
"""So many cases are entered through the API; more are copied, over three years."""

Begin: TypeAlias = Callable[[Connection], Awaitable[dict[str, str]]]
"""Employs everybody, and answers their tokens."""


@click.command("demo")
@click.option(
    "--check",
    "checking",
    is_flag=True,
    help="Play the test requests, and compare; leaves nothing behind.",
)
@click.option(
    "--cases",
    type=click.IntRange(1, 1_000_000),
    default=400,
    show_default=True,
    help="How many cases there are; above a thousand they go back three years.",
)
@json_option
@settings_options
def command(settings: Settings, *, checking: bool, cases: int, as_json: bool) -> int:
    """Show a year of both agencies, then serve it; or check the test requests.

    The server and the database are the demo's own. The year is kept beside the data
    folder, under its name with `-demo`, and is there again at the next start.
    """
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    if checking:
        return check_all(settings, REQUESTS, as_json=as_json)
    return show_year(settings, cases)


def check_all(
    settings: Settings, requests: Sequence[Request], *, as_json: bool = False
) -> int:
    """Play the requests on a server of their own; 0 only when all came out right."""
    console = Console()
    with tempfile.TemporaryDirectory(prefix="disposisi-demo-") as folder:
        own = own_settings(settings, Path(folder))
        with own_server(own) as server:
            api = Api(server.address, at_the_office(own, employ))
            results = []
            if not as_json:
                telling.introduce(len(requests))
            try:
                for result in check(api, requests):
                    results.append(result)
                    if not as_json:
                        telling.tell(console, result)
            finally:
                api.close()
    summary = report(results)
    if as_json:
        click.echo(msgspec.json.encode(summary))
    else:
        telling.close(summary)
    return int(summary.held < summary.of)


def show_year(settings: Settings, cases: int) -> int:
    """Enter the year unless it is there, and serve it until Ctrl-C."""
    data = settings.data_path
    folder = data.with_name(f"{data.name}-demo")
    own = own_settings(settings, folder, settings.port)
    with own_server(own) as server:
        standing = label.read(folder)
        if standing is None or not standing.whole:
            _enter(own, server.address, Label(SEED, cases))
        try:
            _introduce(server.address, folder)
            return server.wait()
        except KeyboardInterrupt:
            return 0


def _enter(own: Settings, address: str, wanted: Label) -> None:
    """Employ everybody, and enter the year into a register that is still empty."""
    folder = own.data_path

    async def begin(connection: Connection) -> dict[str, str]:
        await label.must_be_empty(connection, folder)
        label.put(folder, wanted)
        tokens = await employ(connection)
        await absence.enter(connection, until)
        return tokens

    until = clock.now()
    if wanted.cases > MOST_ENTERED:
        _copy(own, wanted, until, begin)
    else:
        api = Api(address, at_the_office(own, begin))
        try:
            entered = partial(seed_year, api, wanted.seed, wanted.cases, until)
            progress.show(Console(), entered(), wanted.cases)
        finally:
            api.close()
    label.put(folder, msgspec.structs.replace(wanted, whole=True))


def _copy(own: Settings, wanted: Label, until: datetime, begin: Begin) -> None:
    """Copy load data straight into the books; boards and lists follow."""
    people = People(keys.load(DataFolder(own.data_path).kek))

    async def work(connection: Connection) -> None:
        await begin(connection)
        with progress.shown(Console(), wanted.cases) as tell:
            await fill(
                connection,
                people,
                cases=wanted.cases,
                until=until,
                seed=wanted.seed,
                told=tell,
            )

    at_the_office(own, work)


def _introduce(address: str, folder: Path) -> None:
    """Say where it is served, and how to act as one of the officials."""
    some = [
        *(BIRO.reception, BIRO.letters, BIRO.head, BIRO.ppid),
        *(BPPD.reception, BPPD.liaison, BPPD.head, BPPD.ppid, BPPD.complaints),
        *("sekda", "inspektorat"),
    ]
    there = f"--data {shlex.quote(str(folder))}"
    click.echo(f"pejabat / officials: {', '.join(some)}")
    click.echo(f"token: ./disposisi token {BIRO.head} {there}")
    click.echo(f"ready {address}")
