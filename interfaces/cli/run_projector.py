"""`disposisi run projector`: the keeper of views."""

import rich_click as click

from interfaces import projecting
from interfaces.cli.options import settings_options
from interfaces.cli.part import lifeline_option, part
from interfaces.settings import Settings


@click.command("projector")
@lifeline_option
@settings_options
def command(settings: Settings, parent: int | None) -> None:
    """Keep the tables behind lists and boards up to date."""
    with part("projector", settings, parent) as told:
        projecting.run(told)
