"""Which commands there are, and how a call of one ends."""

import sys

import rich_click as click

from interfaces import log, release
from interfaces.cli import wrong_calls
from interfaces.cli.late import Late
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


@click.group(
    cls=Late,
    where=WHERE,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="From a checkout also: test, bench NAME, drill NAME.",
)
@click.version_option(release.version(), message="%(prog)s %(version)s")
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
        sys.stderr.writelines(f"{line}\n" for line in wrong_calls.lines(wrong_call))
        return wrong_call.exit_code
    except click.Abort:
        return 1
