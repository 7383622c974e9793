"""`disposisi serve`: everything, from one command."""

import asyncio
import os

import rich_click as click

from interfaces import log
from interfaces.cli.office_files import must_be_right
from interfaces.cli.options import settings_options
from interfaces.serving import serve
from interfaces.settings import Settings


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=max(1, (os.cpu_count() or 2) // 2),
    show_default="half of the cores",
    help="Web worker processes.",
)
@click.option("--metrics-host", default="127.0.0.1", show_default=True)
@click.option(
    "--metrics-port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Port of /metrics; 0, the default, takes a free one and logs it.",
)
@settings_options
def command(
    settings: Settings, host: str, workers: int, metrics_host: str, metrics_port: int
) -> int:
    """Serve the API on the embedded database, or on DATABASE_URL.

    Standard output gets one line, `ready http://HOST:PORT`, once requests are
    answered; logs go to standard error. Ctrl-C or SIGTERM stops everything.
    """
    log.set_up("serve")
    must_be_right()
    watched_at = (metrics_host, metrics_port)
    return asyncio.run(serve(settings, host, workers, watched_at))
