"""`disposisi demo`: the product with invented requests, in a folder of its own."""

import signal
import tempfile
from pathlib import Path

import msgspec
import rich_click as click
from rich.console import Console

from interfaces.cli.office import at_the_office
from interfaces.cli.options import json_option, settings_options
from interfaces.demo import telling
from interfaces.demo.api import Api
from interfaces.demo.cast import employ
from interfaces.demo.check import check, report
from interfaces.demo.own_server import own_server, own_settings
from interfaces.demo.requests import REQUESTS
from interfaces.settings import Settings


@click.command("demo")
@click.option(
    "--check",
    "checking",
    is_flag=True,
    help="Play the test requests, and compare; leaves nothing behind.",
)
@json_option
@settings_options
def command(settings: Settings, *, checking: bool, as_json: bool) -> int:
    """Show a year of both agencies, then serve it; or check the test requests.

    The server and the database are the demo's own, whatever else is running.
    """
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)
    return _check(settings, as_json=as_json)


def _check(settings: Settings, *, as_json: bool) -> int:
    console = Console()
    with tempfile.TemporaryDirectory(prefix="disposisi-demo-") as folder:
        own = own_settings(settings, Path(folder))
        with own_server(own) as address:
            api = Api(address, at_the_office(own, employ))
            results = []
            try:
                for result in check(api, REQUESTS):
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
