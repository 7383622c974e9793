"""Runs the projector in this process."""

import asyncio
import signal

from interfaces.settings import Settings


def run(settings: Settings) -> None:
    """Follow the register until SIGTERM."""
    assert settings.database_url, "the caller opens the database"
    asyncio.run(_follow())


async def _follow() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
