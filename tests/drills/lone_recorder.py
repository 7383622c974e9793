"""Records so many entries a second until its standard input ends: URL, how many.

A process of its own: what others do in theirs does not change its pace. It answers how
many it has recorded, and in how many seconds.
"""

import asyncio
import sys
from time import perf_counter

import psycopg

from tests.load.lagging import Lag, record


async def recorded(url: str, per_second: int) -> tuple[int, float]:
    """Record until there is no more to read."""
    done = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
    async with await psycopg.AsyncConnection.connect(
        url, autocommit=True
    ) as connection:
        commands, since = 0, perf_counter()
        while not done.done():
            await record(connection, Lag(), per_second, 1)
            commands += per_second
        return commands, perf_counter() - since


if __name__ == "__main__":
    told = asyncio.run(recorded(sys.argv[1], int(sys.argv[2])))
    sys.stdout.write("{} {}".format(*told))
