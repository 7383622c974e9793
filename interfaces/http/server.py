"""Runs the API in this process, on a socket that listens already."""

import socket

import uvicorn
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

from interfaces.settings import Settings

FAREWELL = 6
"""Seconds for requests under way once the process is asked to stop."""


def run(socket_fd: int, settings: Settings) -> None:
    """Serve until SIGTERM; requests under way are finished first."""
    assert settings.database_url, "the caller opens the database"
    config = uvicorn.Config(
        _only_health,
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=FAREWELL,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=socket_fd)])


async def _only_health(
    scope: Scope, _receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    assert scope["type"] == "http", "no websocket, no lifespan"
    status = 200 if scope["path"].startswith("/health/") else 404
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
