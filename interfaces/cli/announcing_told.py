"""Shows how far an announcement came: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from application.announcing import HowFar, Told

TITLE = "berkas / histories"
_LINES = 10
"""So many plain lines at most, whatever there is to go through."""


@contextmanager
def shown(*, quiet: bool) -> Iterator[Told]:
    """Yield what hears of every page."""
    console = Console()
    if quiet:
        yield lambda _far, _of: None
    elif console.is_terminal:
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress("{task.description}", *columns, console=console) as progress:
            task = progress.add_task(TITLE, total=None)
            yield lambda far, of: progress.update(task, completed=far.streams, total=of)
    else:
        yield _Lines().hear


class _Lines:
    def __init__(self) -> None:
        self._told = 0

    def hear(self, far: HowFar, of: int) -> None:
        tenths = _LINES * far.streams // of if of else 0
        if tenths > self._told:
            self._told = tenths
            click.echo(f"{far.streams}/{of} {TITLE}")


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
