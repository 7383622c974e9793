"""What every part of the service needs before it works: log, parent, database."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import rich_click as click

from interfaces import database, lifeline, log, office_calendar
from interfaces.cli.office_files import faults_told
from interfaces.settings import Settings

lifeline_option = click.option(
    "--lifeline",
    "parent",
    type=int,
    hidden=True,
    help="Reading end of a pipe that ends with the parent.",
)


@contextmanager
def part(name: str, settings: Settings, parent: int | None) -> Iterator[Settings]:
    """Yield the settings with a database that is there and has its tables."""
    log.set_up(name)
    if parent is not None:
        lifeline.hold(parent)
    with faults_told(), database.opened(settings) as url:
        database.migrate(url)
        asyncio.run(office_calendar.enter_built_in(url))
        yield settings.with_database(url)
