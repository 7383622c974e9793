"""How far a long command has come: a bar on a terminal, a line a tenth elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

_LINES = 10
"""So many plain lines at most, whatever there is to go through."""

Tell: TypeAlias = Callable[[int, int], None]
"""Hears how much is done, and of how much; 0 where that is not known yet."""


@contextmanager
def shown(
    console: Console, title: str, *, quiet: bool = False, to_the_end: bool = True
) -> Iterator[Tell]:
    """Yield whom to tell; `title` says what is counted, in both languages.

    Not `to_the_end`: of what was done at once no line is told.
    """
    if quiet:
        yield lambda _done, _of: None
    elif console.is_terminal:
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress("{task.description}", *columns, console=console) as bar:
            task = bar.add_task(title, total=None)
            yield lambda done, of: bar.update(task, completed=done, total=of or None)
    else:
        yield _Lines(console, title, to_the_end=to_the_end).hear


class _Lines:
    """Counts may come in leaps; none is told twice."""

    def __init__(self, console: Console, title: str, *, to_the_end: bool) -> None:
        self._console = console
        self._title = title
        self._to_the_end = to_the_end
        self._told = 0

    def hear(self, done: int, of: int) -> None:
        tenths = _LINES * done // of if of else 0
        if tenths > self._told and (self._to_the_end or done < of):
            self._told = tenths
            self._console.print(
                f"{done}/{of} {self._title}", highlight=False, soft_wrap=True
            )
