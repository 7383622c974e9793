"""Shows how the made-up year fills: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Iterable
from time import monotonic

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

TITLE = "kasus / cases"


def show(console: Console, entered: Iterable[int], of: int) -> None:
    """Follow the count of entered cases to its end, and say how long it took."""
    since = monotonic()
    if console.is_terminal:
        _bar(console, entered, of)
    else:
        _lines(entered, of)
    click.echo(f"{of} {TITLE}, {monotonic() - since:.1f} s")


def _bar(console: Console, entered: Iterable[int], of: int) -> None:
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress("{task.description}", *columns, console=console) as progress:
        task = progress.add_task(TITLE, total=of)
        for count in entered:
            progress.update(task, completed=count)


def _lines(entered: Iterable[int], of: int) -> None:
    tenth = max(1, of // 10)
    for count in entered:
        if count % tenth == 0:
            click.echo(f"{count}/{of} {TITLE}")
