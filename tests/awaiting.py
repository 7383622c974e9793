"""Waiting for something to come true, and for no longer than it may take."""

import asyncio
from collections.abc import Callable
from time import monotonic


async def comes_true(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Look again and again until it holds; the test fails when it never does."""
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.001)
