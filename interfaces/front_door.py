"""The listening socket: taken once by the service, shared by its web workers."""

import asyncio
import errno
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic, sleep

from interfaces.trouble import OperatorError

BACKLOG = 1024
"""Connections that wait while a worker starts again."""

PATIENCE = 3.0
"""Seconds in which the workers of a killed predecessor give the port back."""

QUESTION = b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything else is started, and keep it while parts change."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            door = _listen(host, port)
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE and monotonic() < deadline:
                sleep(0.1)
                continue
            raise OperatorError(
                indonesian=f"Alamat {host}:{port} tidak dapat dipakai: "
                f"{fault.strerror}. Pilih porta lain dengan --port.",
                english=f"The address {host}:{port} cannot be used: "
                f"{fault.strerror}. Choose another port with --port.",
            ) from fault
        break
    with door:
        yield door


def address_of(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


async def until_ready(door: socket.socket) -> None:
    """Ask our own /health/ready until it answers 200."""
    host, port = door.getsockname()[:2]
    if host in {"::", "0.0.0.0"}:  # noqa: S104 - compared, not bound
        host = "localhost"
    while True:
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(5):
                reader, writer = await asyncio.open_connection(host, port)
                writer.write(QUESTION)
                answer = await reader.readline()
                writer.close()
                if answer.split()[1:2] == [b"200"]:
                    return
        await asyncio.sleep(0.05)


def _listen(host: str, port: int) -> socket.socket:
    family, kind, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    door = socket.socket(family, kind)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(BACKLOG)
    except OSError:
        door.close()
        raise
    return door
