"""How far a rebuild is: a bar on a terminal, a line now and then elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from projections.filling import Progress, Told

EVERY = 2.0
"""Seconds between two plain lines of one step."""

_STEPS = {
    "histories": "events of {views}",
    "indexes": "indexes of {views}",
    "latest": "latest events of {views}",
    "comparing": "comparing {views} with what serves",
    "switching": "switching {views} in",
}


def _step(progress: Progress) -> str:
    return _STEPS[progress.step].format(views=", ".join(progress.views))


@contextmanager
def telling(console: Console) -> Iterator[Told]:
    """Yield whom to tell; `console` is beside the answer, on standard error."""
    if console.is_terminal:
        with Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[left]}"),
            TimeRemainingColumn(),
            console=console,
        ) as bar:
            yield _Drawn(bar).tell
    else:
        yield _Plain(console).tell


class _Drawn:
    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task = bar.add_task("", left="")
        self._step = ""

    def tell(self, progress: Progress) -> None:
        step = _step(progress)
        if step != self._step:
            self._step = step
            self._bar.reset(self._task, completed=progress.done)
        left = progress.total - progress.done
        self._bar.update(
            self._task,
            description=step,
            completed=progress.done,
            total=progress.total or None,
            left=f"{left:,} left" if progress.total else "",
        )


class _Plain:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._step = ""
        self._began, self._at, self._from = 0.0, 0.0, 0

    def tell(self, progress: Progress) -> None:
        now, step = monotonic(), _step(progress)
        if step != self._step:
            self._step, self._began, self._from = step, now, progress.done
        elif now - self._at < EVERY:
            return
        self._at = now
        self._console.print(
            f"{step}{self._left(progress, now)}", highlight=False, soft_wrap=True
        )

    def _left(self, progress: Progress, now: float) -> str:
        if not progress.total:
            return ""
        left = progress.total - progress.done
        done = progress.done - self._from
        eta = f", {left * (now - self._began) / done:.0f} s" if done and left else ""
        return f": {progress.done} of {progress.total}, {left} left{eta}"
