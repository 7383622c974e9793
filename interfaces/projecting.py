"""Runs the projector in this process."""

import asyncio
import signal
from collections.abc import Callable
from time import monotonic
from typing import Final

import structlog

from application.follow import Progress
from interfaces.settings import Settings
from projections import projector

log = structlog.get_logger()

FAR: Final = 10_000
"""Positions behind from which on it is told: some seconds of work."""

TELL_EVERY: Final = 5.0
"""Seconds between two lines of the log."""


def run(settings: Settings) -> None:
    """Keep the views until SIGTERM; a page begun is finished."""
    assert settings.database_url, "the caller opens the database"
    asyncio.run(_project(settings.database_url))


async def _project(url: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await projector.run(url, stop, told=Diary().tell)


class Diary:
    """Says in the log how far a follower is behind while it is far, and when not."""

    def __init__(
        self,
        now: Callable[[], float] = monotonic,
        *,
        far: str = "views_far_behind",
        near: str = "views_caught_up",
    ) -> None:
        """`far` and `near` are the names under which it is said."""
        self._now = now
        self._far = far
        self._near = near
        self._told_at = -TELL_EVERY
        self._is_open = False

    def tell(self, progress: Progress) -> None:
        now = self._now()
        if progress.lag >= FAR and now - self._told_at >= TELL_EVERY:
            log.info(self._far, position=progress.position, lag=progress.lag)
            self._told_at = now
            self._is_open = True
        elif progress.lag == 0 and self._is_open:
            log.info(self._near, position=progress.position)
            self._is_open = False
