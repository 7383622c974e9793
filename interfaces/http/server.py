"""Runs one web worker on a listening socket, until it is told to stop."""

import asyncio
import gc
import socket
import sys
from typing import Final

import uvicorn
import uvloop
from litestar.types import ASGIApp

from interfaces import wiring
from interfaces.http.app import application
from interfaces.http.unreadable import Protocol
from interfaces.settings import Settings

GRACE_SECONDS: Final = 6
"""For requests under way when the worker is stopped."""

CYCLES_ARE_SOUGHT: Final = (50_000, 20, 50)
"""Thresholds of the three generations; the first counts objects made and kept."""


DESK_ENDED: Final = 3
"""Exit code of a worker whose desk died; started again it has a new one."""


def run(fd: int, settings: Settings) -> None:
    """Serve on an inherited socket; returns when all under way was answered."""
    with socket.socket(fileno=fd) as door:
        if not uvloop.run(_serve(door, settings)):
            sys.exit(DESK_ENDED)


async def _serve(door: socket.socket, settings: Settings) -> bool:
    """Whether the desk worked to the end."""
    async with wiring.counter(settings) as counter:
        app = application(counter)
        settle_memory()
        await answer(door, app, counter.work)
        return counter.desk.works


async def answer(
    door: socket.socket, app: ASGIApp, work: asyncio.Task[None] | None = None
) -> None:
    """Answer whoever knocks, until a signal says stop or the work behind it ends."""
    config = uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        lifespan="off",
        proxy_headers=False,  # rate limits rest on what nobody can write himself
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = uvicorn.Server(config)

    def stop(_: asyncio.Task[None]) -> None:
        server.should_exit = True

    if work is not None:
        work.add_done_callback(stop)
    await server.serve(sockets=[door])


def settle_memory() -> None:
    """Look for cycles seldom: requests leave few, and what is loaded now stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*CYCLES_ARE_SOUGHT)
