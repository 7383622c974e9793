"""Shows how the made-up year fills: a bar on a terminal, plain lines elsewhere."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeAlias

import rich_click as click
from rich.console import Console

from interfaces import progress_told

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
    with progress_told.shown(console, TITLE) as tell:
        yield lambda count: tell(count, of)
    click.echo(f"{of} {TITLE}, {monotonic() - since:.1f} s")
