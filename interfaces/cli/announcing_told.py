"""Shows how far an announcement came: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

import rich_click as click
from rich.console import Console

from application.announcing import HowFar, Told
from interfaces import progress_told

TITLE = "berkas / histories"


@contextmanager
def shown(*, quiet: bool) -> Iterator[Told]:
    """Yield what hears of every page."""
    with progress_told.shown(Console(), TITLE, quiet=quiet) as tell:
        yield lambda far, of: tell(far.streams, of)


def tell(done: HowFar) -> None:
    """Say what it came to."""
    click.echo(
        f"{done.edition}: {done.moved} dari {done.streams} berkas bergeser"
        f" / {done.moved} of {done.streams} histories moved, {done.seconds:.1f} s"
    )
    if done.unreadable:
        click.echo(
            f"{done.unreadable} berkas tidak terbaca, lihat log"
            f" / {done.unreadable} histories unreadable, see the log"
        )
