"""A counter that is open: a web worker over a real socket, on a database of its own.

It runs in a thread of the test's process, so that the tests are quick; what only a
process shows (logs, two workers, a kill) starts `serve` or `run web` itself.
"""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import httpx
import psycopg
import uvicorn
import uvloop
from litestar.types import ASGIApp
from typing_extensions import override

from application.office import directory, officials, standards_book, tokens
from application.office.standards_book import StandardsBook
from domain.values import AgencyCode, OfficialId
from interfaces import wiring
from interfaces.clock import now
from interfaces.http.app import application
from interfaces.http.unreadable import Protocol
from interfaces.settings import Settings
from tests import staff

PATIENCE = 20.0
"""Seconds before a test gives up on an answer."""


Dress: TypeAlias = Callable[[ASGIApp, Mapping[OfficialId, str]], ASGIApp]


class Caller:
    """An official (or anybody, without a token) who calls the API."""

    def __init__(self, http: httpx.Client, token: str | None) -> None:
        self.http = http
        self.token = token
        self._headers = {} if token is None else {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: str | int) -> httpx.Response:
        """Ask."""
        return self.http.get(path, params=query, headers=self._headers)

    def post(
        self,
        path: str,
        body: object,
        version: int | str | None = None,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a command; a number as version becomes the strong ETag of it."""
        more = dict(headers or {})
        if version is not None:
            more["If-Match"] = f'"{version}"' if isinstance(version, int) else version
        if key is not None:
            more["Idempotency-Key"] = key
        return self.http.post(path, json=body, headers=self._headers | more)

    def send(
        self,
        method: str,
        path: str,
        content: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send anything at all."""
        return self.http.request(
            method, path, content=content, headers=self._headers | dict(headers or {})
        )


class OpenCounter:
    """Where the counter answers, and who may call."""

    def __init__(
        self, url: str, database_url: str, data: Path, issued: dict[OfficialId, str]
    ) -> None:
        self.url = url
        self.database_url = database_url
        self.data = data
        self._issued = issued
        self._http = httpx.Client(base_url=url, timeout=PATIENCE)

    def __getitem__(self, official: OfficialId) -> Caller:
        """The official with his token."""
        return Caller(self._http, self._issued[official])

    @property
    def stranger(self) -> Caller:
        """Somebody without a token."""
        return Caller(self._http, None)

    def bearing(self, token: str) -> Caller:
        """Whoever bears this token."""
        return Caller(self._http, token)

    def token(self, official: OfficialId) -> str:
        """The token that was issued to the official."""
        return self._issued[official]

    def raw(self, head: bytes, body: bytes = b"") -> bytes:
        """Send bytes as they are, and answer all that comes back."""
        with self.connected() as door:
            door.sendall(head.replace(b"\n", b"\r\n") + b"\r\n\r\n" + body)
            return b"".join(iter(lambda: door.recv(65_536), b""))

    def connected(self) -> socket.socket:
        """A connection to the counter, to use badly."""
        host, _, port = self.url.removeprefix("http://").partition(":")
        return socket.create_connection((host, int(port)), PATIENCE)

    def close(self) -> None:
        """Hang up."""
        self._http.close()


@contextmanager
def open_counter(
    database_url: str,
    data: Path,
    places: tuple[staff.Place, ...] = staff.PLACES,
    dress: Dress | None = None,
    standards: StandardsBook | None = None,
    *,
    environ: Mapping[str, str] | None = None,
) -> Iterator[OpenCounter]:
    """Open a counter for the officials of `places`; it closes with the block.

    `dress` may put something around the application, as the control of a drill does;
    `environ` is what the operator set besides.
    """
    standards = standards or standards_book.load()
    own = {"DATABASE_URL": database_url, "DISPOSISI_DATA": str(data)}
    settings = Settings.read({**own, **(environ or {})})
    issued = asyncio.run(appoint(database_url, places, standards.agencies))
    with socket.create_server(("127.0.0.1", 0)) as door:
        worker = _Worker(
            settings, standards, door, lambda app: dress(app, issued) if dress else app
        )
        worker.start()
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        counter = OpenCounter(url, database_url, data, issued)
        try:
            yield counter
        finally:
            counter.close()
            worker.stop()


async def appoint(
    database_url: str,
    places: tuple[staff.Place, ...],
    agencies: tuple[AgencyCode, ...],
) -> dict[OfficialId, str]:
    """Enter the officials and answer a token for each."""
    issued: dict[OfficialId, str] = {}
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        for place in places:
            official = officials.check(
                id_=place.id,
                agency=place.agency,
                name=place.name,
                roles=place.roles,
                unit=place.unit,
                agencies=agencies,
            )
            await directory.add(connection, official, now())
            issued[place.id] = await tokens.issue(connection, place.id, now())
    return issued


class _Worker(threading.Thread):
    def __init__(
        self,
        settings: Settings,
        standards: StandardsBook,
        door: socket.socket,
        dressed: Callable[[ASGIApp], ASGIApp],
    ) -> None:
        super().__init__(name="web worker")
        self._dressed = dressed
        self._settings = settings
        self._standards = standards
        self._door = door
        self._server: uvicorn.Server | None = None
        self._opened = threading.Event()

    @override
    def start(self) -> None:
        super().start()
        assert self._opened.wait(PATIENCE)
        assert self._server is not None, "the worker could not start"

    @override
    def run(self) -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self._serve())

    def stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = True
        self.join(PATIENCE)

    async def _serve(self) -> None:
        try:
            async with wiring.counter(self._settings, self._standards) as counter:
                self._server = uvicorn.Server(
                    uvicorn.Config(
                        self._dressed(application(counter)),
                        http=Protocol,
                        ws="none",
                        lifespan="off",
                        proxy_headers=False,
                        log_config=None,
                        access_log=False,
                        server_header=False,
                        date_header=False,
                    )
                )
                self._opened.set()
                await self._server.serve(sockets=[self._door])
        finally:
            self._opened.set()
