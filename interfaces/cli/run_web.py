"""`disposisi run web`: one worker."""

import os

import rich_click as click

from interfaces.cli.options import settings_options
from interfaces.cli.part import lifeline_option, part
from interfaces.front_door import listening
from interfaces.http import server
from interfaces.settings import Settings


@click.command("web")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--fd", type=int, hidden=True, help="A socket that listens already.")
@lifeline_option
@settings_options
def command(settings: Settings, host: str, fd: int | None, parent: int | None) -> None:
    """Answer requests over HTTP."""
    with part("web", settings, parent) as told:
        if fd is not None:
            server.run(fd, told)
        else:
            with listening(host, settings.port) as door:
                server.run(os.dup(door.fileno()), told)
