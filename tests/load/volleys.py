"""Many clients that post as fast as they are answered: wrk's, or our own.

wrk measures. Our own clients look at every answer, need nothing installed, and serve
the short form, whose point is that nothing acknowledged is missing.
"""

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Protocol

import msgspec

from tests.load.clients import Client

SCRIPT = Path(__file__).with_name("wrk.lua")


class WrkError(Exception):
    """wrk could not do it, and says why."""


class Order(msgspec.Struct, frozen=True):
    """What is asked, where and as whom."""

    address: str
    path: str
    """With {case} where each of `ids` goes once."""
    body: bytes
    headers: Mapping[str, str]
    ids: Sequence[str] = ()
    method: str = "POST"
    """Or GET, which sends no body."""


class Volley(msgspec.Struct, frozen=True):
    """What came of an order."""

    answers: int
    seconds: float
    refused: int
    """Answers of another status than success."""
    broken: int
    """Connections that failed or fell silent."""
    p50_ms: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answers / self.seconds


class Shooter(Protocol):
    """Posts an order over so many connections for so long."""

    def __call__(self, order: Order, connections: int, seconds: float) -> Volley: ...


def wrk(order: Order, connections: int, seconds: float) -> Volley:
    """Let wrk do it, in one thread, so that the server has the other core."""
    with tempfile.TemporaryDirectory() as folder:
        body, ids = Path(folder) / "body", Path(folder) / "ids"
        body.write_bytes(order.body)
        ids.write_text("\n".join(order.ids))
        said = [f"{name}: {value}" for name, value in order.headers.items()]
        done = subprocess.run(
            [
                *("wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s"),
                *("--timeout", "10s", "-s", str(SCRIPT)),
                *(part for header in said for part in ("-H", header)),
                *(order.address, "--", order.method, str(body), order.path),
                *((str(ids),) if order.ids else ()),
            ],
            check=False,
            capture_output=True,
        )
    if done.returncode != 0:
        raise WrkError((done.stdout + done.stderr).decode())
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Volley)


def has_wrk() -> bool:
    return shutil.which("wrk") is not None


def own(order: Order, connections: int, seconds: float) -> Volley:
    """Let our own clients do it; for correctness, since they cost a core."""
    return asyncio.run(_own(order, connections, seconds))


async def _own(order: Order, connections: int, seconds: float) -> Volley:
    ids = iter(order.ids)
    took: list[float] = []
    refused = broken = 0
    since = monotonic()

    async def post() -> None:
        nonlocal refused, broken
        async with Client(order.address) as client:
            while monotonic() - since < seconds:
                path = order.path
                if order.ids:
                    path = path.replace("{case}", next(ids, "spent"))
                begun = monotonic()
                answer = await (
                    client.get(path, order.headers)
                    if order.method == "GET"
                    else client.post(path, order.body, order.headers)
                )
                if answer is None:
                    broken += 1
                    return
                took.append(monotonic() - begun)
                refused += answer.status not in {200, 201}

    await asyncio.gather(*(post() for _ in range(connections)))
    return Volley(
        answers=len(took),
        seconds=monotonic() - since,
        refused=refused,
        broken=broken,
        p50_ms=sorted(took)[len(took) // 2] * 1000,
    )
