"""Waiting that a stop cuts short."""

import asyncio


async def stopped_within(seconds: float, stop: asyncio.Event) -> bool:
    """Wait so long, or until the stop; whether it came."""
    try:
        async with asyncio.timeout(seconds):
            return await stop.wait()
    except TimeoutError:
        return False
