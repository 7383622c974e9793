"""Shows how the made-up year fills: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from time import monotonic
from typing import TypeAlias

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

TITLE = "kasus / cases"


Tell: TypeAlias = Callable[[int], None]
"""Hears how many cases have been entered."""


def show(console: Console, entered: Iterable[int], of: int) -> None:
    """Follow the count of entered cases to its end, and say how long it took."""
    with shown(console, of) as tell:
        for count in entered:
            tell(count)


@contextmanager
def shown(console: Console, of: int) -> Iterator[Tell]:
    """Show what is told of the count, and at the end how long it took."""
    since = monotonic()
    with _bar(console, of) if console.is_terminal else nullcontext(_lines(of)) as tell:
        yield tell
    click.echo(f"{of} {TITLE}, {monotonic() - since:.1f} s")


@contextmanager
def _bar(console: Console, of: int) -> Iterator[Tell]:
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress("{task.description}", *columns, console=console) as progress:
        task = progress.add_task(TITLE, total=of)
        yield lambda count: progress.update(task, completed=count)


def _lines(of: int) -> Tell:
    """A line at every tenth; counts may come in leaps."""
    tenth, said = max(1, of // 10), 0

    def tell(count: int) -> None:
        nonlocal said
        if count // tenth > said:
            said = count // tenth
            click.echo(f"{count}/{of} {TITLE}")

    return tell
