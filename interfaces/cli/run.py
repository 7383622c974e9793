"""`disposisi run`: one part of the service alone, as `serve` runs them all."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager

import rich_click as click

from interfaces import database, lifeline, log, office_calendar, projecting, sealing
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import settings_options
from interfaces.front_door import listening
from interfaces.http import server
from interfaces.settings import Settings

lifeline_option = click.option(
    "--lifeline",
    "parent",
    type=int,
    hidden=True,
    help="Reading end of a pipe that ends with the parent.",
)


@click.group("run")
def command() -> None:
    """Run one part of the service alone."""


@command.command("web")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--fd", type=int, hidden=True, help="A socket that listens already.")
@lifeline_option
@settings_options
def web(settings: Settings, host: str, fd: int | None, parent: int | None) -> None:
    """Answer requests over HTTP."""
    with part("web", settings, parent) as told:
        if fd is not None:
            server.run(fd, told)
        else:
            with listening(host, settings.port) as door:
                server.run(os.dup(door.fileno()), told)


@command.command("projector")
@lifeline_option
@settings_options
def projector(settings: Settings, parent: int | None) -> None:
    """Keep the tables behind lists and boards up to date."""
    with part("projector", settings, parent) as told:
        projecting.run(told)


@command.command("sealer")
@lifeline_option
@settings_options
def sealer(settings: Settings, parent: int | None) -> None:
    """Seal what is recorded into the notary's log, and sign its checkpoints."""
    with part("sealer", settings, parent) as told:
        sealing.run(told)


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
