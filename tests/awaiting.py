"""Waiting for something to come true, and for no longer than it may take."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator


async def comes_true(condition: Callable[[], bool], seconds: float = 30) -> None:
    """Look again and again until it holds; the test fails when it never does."""
    for _ in _looks(seconds):
        if condition():
            return
        await asyncio.sleep(0.001)


async def comes_true_there(
    condition: Callable[[], Awaitable[bool]], seconds: float = 10
) -> None:
    """The same of what is asked of somebody else, such as the database."""
    for _ in _looks(seconds):
        if await condition():
            return
        await asyncio.sleep(0.01)


def comes_true_outside(condition: Callable[[], bool], seconds: float = 30) -> None:
    """The same of another process, for a test that is no coroutine."""
    for _ in _looks(seconds):
        if condition():
            return
        time.sleep(0.02)


def _looks(seconds: float) -> Iterator[None]:
    deadline = time.monotonic() + seconds
    while True:
        yield
        assert time.monotonic() < deadline, "it never came true"
