"""Which commands there are, and how a call of one ends."""

import sys
from importlib import import_module

import rich_click as click
from typing_extensions import override

from interfaces import log
from interfaces.trouble import OperatorError

WHERE = {
    "serve": "serve",
    "run": "run",
    "officials": "officials",
    "token": "token",
    "accounts": "accounts",
    "keys": "keys",
    "issuer": "issuer",
    "replay": "replay",
    "notary": "notary",
    "verify": "verify",
    "bundle": "bundle",
    "rebuild": "rebuild",
    "parked": "parked",
    "report": "report",
    "standards": "standards",
    "calendar": "calendar",
    "authority": "authority",
    "demo": "demo",
}
"""Each command and the module of this package whose `command` it is."""


class Commands(click.RichGroup):
    """Imports a command's module only when it is run, or listed for help."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(WHERE)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in WHERE:
            return None
        module = import_module(f"interfaces.cli.{WHERE[cmd_name]}")
        command: click.Command = module.command
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="From a checkout also: test, bench NAME, drill NAME.",
)
def disposisi() -> None:
    """Carry requests for public information from receipt to answer."""


def run() -> int:
    """Run the command that was called; answer 0, 1 or 2."""
    log.set_up("command")
    try:
        return disposisi.main(prog_name="disposisi", standalone_mode=False) or 0
    except OperatorError as trouble:
        sys.stderr.write(f"disposisi: {trouble.indonesian} / {trouble.english}\n")
        return trouble.code
    except click.ClickException as wrong_call:
        wrong_call.show()
        return wrong_call.exit_code
    except click.Abort:
        return 1
