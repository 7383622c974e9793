"""Clients that ask and wait: how long answers take, one after the other or together."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

import msgspec

from tests.load.clients import Client


class WrongAnswerError(Exception):
    """An answer was not the expected one."""


class Asked(msgspec.Struct, frozen=True):
    """What came of asking again and again."""

    milliseconds: Sequence[float]
    """Each answer's, in order of length."""

    @property
    def p95(self) -> float:
        """Ninety-five of a hundred answers took no longer."""
        return self.milliseconds[int(len(self.milliseconds) * 0.95)]


def ask(
    address: str,
    path: Callable[[], str],
    headers: Mapping[str, str],
    *,
    times: int,
    clients: int,
) -> Asked:
    """Ask so often in all, each time for another path. Raises WrongAnswerError."""
    return asyncio.run(_ask(address, path, headers, times, clients))


async def _ask(
    address: str,
    path: Callable[[], str],
    headers: Mapping[str, str],
    times: int,
    clients: int,
) -> Asked:
    left = times
    took: list[float] = []

    async def one() -> None:
        nonlocal left
        async with Client(address) as client:
            while left > 0:
                left -= 1
                where = path()
                since = perf_counter()
                answer = await client.get(where, headers)
                took.append((perf_counter() - since) * 1000)
                if answer is None or answer.status != 200:
                    message = f"{where}: {answer}"
                    raise WrongAnswerError(message)

    await asyncio.gather(*(one() for _ in range(clients)))
    return Asked(sorted(took))
