"""`disposisi run sealer`: the notary's clerk."""

import rich_click as click

from interfaces import sealing
from interfaces.cli.options import settings_options
from interfaces.cli.part import lifeline_option, part
from interfaces.settings import Settings


@click.command("sealer")
@lifeline_option
@settings_options
def command(settings: Settings, parent: int | None) -> None:
    """Seal what is recorded into the notary's log, and sign its checkpoints."""
    with part("sealer", settings, parent) as told:
        sealing.run(told)
