"""One client: a connection that asks, waits for its answer, and asks again."""

import asyncio
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """An answer that came in whole."""

    status: int
    headers: Mapping[bytes, bytes]
    """By lower-case name."""
    body: bytes


class Client:
    """A keep-alive connection to an address such as http://127.0.0.1:8000."""

    def __init__(self, address: str) -> None:
        host, _, port = address.removeprefix("http://").rpartition(":")
        self._host, self._port = host, int(port)
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def post(
        self, path: str, body: bytes, headers: Mapping[str, str]
    ) -> Answer | None:
        """Post and wait; None where no whole answer came, whatever became of it."""
        length = {"Content-Length": str(len(body))}
        return await self._ask("POST", path, {**headers, **length}, body)

    async def get(self, path: str, headers: Mapping[str, str]) -> Answer | None:
        """Get and wait; None where no whole answer came."""
        return await self._ask("GET", path, headers, b"")

    async def _ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Answer | None:
        try:
            return await self._exchange(method, path, headers, body)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            return None

    async def _exchange(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                self._host, self._port
            )
        said = {"Host": self._host, **headers}
        lines = [f"{method} {path} HTTP/1.1", *(f"{k}: {v}" for k, v in said.items())]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = await self._reader.readuntil(b"\r\n\r\n")
        first, *rest = head[:-4].split(b"\r\n")
        told = {
            name.lower(): value
            for name, _, value in (line.partition(b": ") for line in rest)
        }
        length = int(told[b"content-length"])
        return Answer(
            status=int(first.split()[1]),
            headers=told,
            body=await self._reader.readexactly(length),
        )
