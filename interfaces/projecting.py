"""Runs the projector in this process."""

import asyncio
import signal

from interfaces.settings import Settings
from projections import projector


def run(settings: Settings) -> None:
    """Keep the views until SIGTERM; a page begun is finished."""
    assert settings.database_url, "the caller opens the database"
    asyncio.run(_project(settings.database_url))


async def _project(url: str) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await projector.run(url, stop)
