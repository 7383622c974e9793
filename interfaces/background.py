"""A worker's lasting tasks: none ends unheard, and none of them is done without."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

log = structlog.get_logger()


class Background:
    """Where a task ends before its time, the worker gives up: it is started again."""

    def __init__(self, give_up: Callable[[], None]) -> None:
        self._give_up = give_up
        self._closing = False

    def begin(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start a task that lasts as long as the worker."""
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._say_how_it_ended)
        return task

    def close(self) -> None:
        """From now on they end when they are told to."""
        self._closing = True

    def _say_how_it_ended(self, task: asyncio.Task[None]) -> None:
        bug = None if task.cancelled() else task.exception()
        if self._closing and bug is None:
            return
        log.critical("worker_task_ended", task=task.get_name(), exc_info=bug)
        self._give_up()
