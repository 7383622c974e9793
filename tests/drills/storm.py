"""Many clients that receive and dispose until their server is gone, and what they know.

Half of them put an Idempotency-Key on every command.
"""

import asyncio
import random
from collections.abc import Callable, Mapping
from uuid import UUID, uuid4

import msgspec

from tests.load import paperwork
from tests.load.clients import Answer, Client

CLIENTS = 64


class Sent(msgspec.Struct, frozen=True):
    """A command as it went out."""

    path: str
    body: bytes
    headers: Mapping[str, str]

    @property
    def keyed(self) -> bool:
        return "Idempotency-Key" in self.headers


class Told(msgspec.Struct, frozen=True):
    """What an answer says was recorded."""

    case: UUID
    version: int
    position: int
    registration_number: str


class Acknowledged(msgspec.Struct, frozen=True):
    """A command and the answer it got."""

    sent: Sent
    told: Told
    body: bytes


class Storm:
    """What the clients sent, by what they know of it."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._tokens = tokens
        self.acknowledged: list[Acknowledged] = []
        self.in_doubt: list[Sent] = []
        """Sent, and never answered."""
        self.refused: list[Answer] = []
        """Answered otherwise than a healthy server would."""

    async def rage(self, address: str, until: float, end: Callable[[], None]) -> None:
        """Keep a server busy, and end it after so many seconds."""
        clients = [
            asyncio.create_task(self._client(address, keyed=bool(n % 2)))
            for n in range(CLIENTS)
        ]
        await asyncio.sleep(until)
        end()
        await asyncio.gather(*clients)

    async def _client(self, address: str, *, keyed: bool) -> None:
        async with Client(address) as client:
            while True:
                clerk = paperwork.headers(self._tokens[paperwork.CLERK])
                case = await self._send(
                    client, _sent("/v1/cases", paperwork.LETTER, clerk, keyed=keyed)
                )
                if case is None:
                    return
                head = paperwork.headers(self._tokens[paperwork.HEAD], version=1)
                path = f"/v1/cases/{case}/disposition"
                if not await self._send(
                    client, _sent(path, paperwork.DISPOSITION, head, keyed=keyed)
                ):
                    return
                # Not in step with the others, or all would wait for the same commit.
                await asyncio.sleep(random.random() / 100)

    async def _send(self, client: Client, sent: Sent) -> UUID | None:
        answer = await client.post(sent.path, sent.body, sent.headers)
        if answer is None:
            self.in_doubt.append(sent)
            return None
        if answer.status not in {200, 201}:
            self.refused.append(answer)
            self.in_doubt.append(sent)
            return None
        told = msgspec.json.decode(answer.body, type=Told)
        self.acknowledged.append(Acknowledged(sent, told, answer.body))
        return told.case


def _sent(path: str, body: bytes, headers: Mapping[str, str], *, keyed: bool) -> Sent:
    key = {"Idempotency-Key": uuid4().hex} if keyed else {}
    return Sent(path, body, {**headers, **key})


async def repeated(address: str, commands: list[Sent]) -> list[Answer | None]:
    """Send keyed commands once more, a few at a time."""
    async with Client(address) as client:
        return [
            await client.post(sent.path, sent.body, sent.headers) for sent in commands
        ]
