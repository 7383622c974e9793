"""The API as an official's program uses it: JSON over kept connections, one a thread.

Only the standard library: the demo adds no dependency to the service.
"""

from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection
from threading import Lock, local
from time import monotonic, sleep
from typing import Any, Protocol, TypeAlias
from uuid import uuid4

import msgspec

Json: TypeAlias = Any
"""A value of a body or an answer; the API is what checks it."""

Answer: TypeAlias = dict[str, Json]
"""An object of the contract, as it came."""

PATIENCE = 30.0
"""Seconds to wait for an answer, and to go on asking a server that is busy."""


class RefusedError(Exception):
    """The API answered with a problem."""

    def __init__(self, status: int, problem: Answer) -> None:
        self.status = status
        self.code = str(problem.get("code", ""))
        super().__init__(f"{status} {self.code}: {problem.get('detail', '')}")


class Clerk(Protocol):
    """Whoever records acts in the name of officials: over HTTP, or on paper."""

    def get(self, official: str, path: str) -> Answer:
        """Ask a question; RefusedError where the answer is a problem."""

    def post(
        self, official: str, path: str, body: Answer, version: int | None = None
    ) -> Answer:
        """Ask for something to be recorded; RefusedError where it is refused."""


class Api:
    """Asks in the name of officials whose tokens it was given; serves many threads.

    A 503 that says when to come back is asked again, for as long as patience lasts:
    on a busy machine a list may lag behind what was recorded a moment ago.
    """

    def __init__(
        self, address: str, tokens: Mapping[str, str], patience: float = PATIENCE
    ) -> None:
        self._host = address.removeprefix("http://")
        self._tokens = tokens
        self._patience = patience
        self._own = local()
        self._all: list[HTTPConnection] = []
        self._lock = Lock()

    def close(self) -> None:
        """Close the connections of every thread."""
        for connection in self._all:
            connection.close()

    def get(self, official: str, path: str) -> Answer:
        """Ask a question; RefusedError where the answer is a problem."""
        return _read(*self._ask(official, "GET", path, None, {}))

    def post(
        self, official: str, path: str, body: Answer, version: int | None = None
    ) -> Answer:
        """Ask for something to be recorded, once however often it is asked.

        RefusedError where it is refused.
        """
        headers = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        content = msgspec.json.encode(body)
        return _read(*self._ask(official, "POST", path, content, headers))

    def keep(self, official: str, content: bytes, name: str, type_: str) -> str:
        """Keep a document, and answer its SHA-256."""
        headers = {
            "Content-Type": type_,
            "Content-Disposition": f'attachment; filename="{name}"',
        }
        kept = _read(*self._ask(official, "POST", "/v1/documents", content, headers))
        return str(kept["sha256"])

    def fetch(self, official: str, sha256: str) -> bytes:
        """The bytes of a kept document."""
        status, content = self._ask(
            official, "GET", f"/v1/documents/{sha256}", None, {}
        )
        if status != HTTPStatus.OK:
            raise RefusedError(status, msgspec.json.decode(content))
        return content

    def _ask(
        self,
        official: str,
        method: str,
        path: str,
        content: bytes | None,
        headers: Mapping[str, str],
    ) -> tuple[int, bytes]:
        connection = self._connection()
        bearer = {"Authorization": f"Bearer {self._tokens[official]}"}
        gives_up = monotonic() + self._patience
        while True:
            connection.request(method, path, content, {**headers, **bearer})
            response = connection.getresponse()
            answer = response.read()
            again = response.getheader("Retry-After")
            if response.status != HTTPStatus.SERVICE_UNAVAILABLE or again is None:
                return response.status, answer
            if monotonic() + float(again) > gives_up:
                return response.status, answer
            sleep(float(again))

    def _connection(self) -> HTTPConnection:
        connection: HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = HTTPConnection(self._host, timeout=PATIENCE)
            self._own.connection = connection
            with self._lock:
                self._all.append(connection)
        return connection


def _read(status: int, content: bytes) -> Answer:
    answer: Answer = msgspec.json.decode(content)
    if status >= HTTPStatus.BAD_REQUEST:
        raise RefusedError(status, answer)
    return answer
