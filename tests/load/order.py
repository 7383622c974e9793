"""`bench order`: a reader that tails the register misses nothing.

Sixteen writers append while VACUUM runs and a follower reads. The control is the same
without the append's lock; if it misses nothing, the bench itself saw too little.
"""

import argparse
import asyncio
import random
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from uuid import UUID, uuid4

import psycopg
from psycopg import sql

from application import arrays, follow, marks, migrating, register
from application.entries import Line
from application.recorder import APPEND
from application.register import Connection
from tests import house
from tests.load.figures import Figure, Report, answer, machine, say

EVENTS = 200_000
SHORT = ("--events", "6000")
"""What every full test runs."""
PROCESSES, THREADS = 4, 4
LARGEST = 12
"""Events in the largest transaction."""
ROUNDS = 5
"""Times that the control is run until it has missed something."""


class Reader:
    """Notes what a follower was shown, and where that was not in order."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.out_of_order = 0
        self._last = 0
        self._versions: dict[UUID, int] = {}

    async def read(self, _: Connection, page: Sequence[Line]) -> None:
        """Look at a page: positions rise, versions rise within their stream."""
        for line in page:
            behind = line.position <= self._last
            earlier = line.version <= self._versions.get(line.stream, 0)
            self.out_of_order += behind or earlier
            self._last = line.position
            self._versions[line.stream] = line.version
            self.seen.add(line.position)


def write(url: str, events: int, seed: int) -> None:
    """Append events to one stream of the writer's own, a few a transaction."""
    dice = random.Random(seed)
    stream, version = uuid4(), 0
    with psycopg.connect(url, autocommit=True) as connection:
        while version < events:
            size = min(dice.randint(1, LARGEST), events - version)
            lines = {
                "streams": arrays.uuids([stream] * size),
                "versions": arrays.bigints(range(version + 1, version + size + 1)),
                "tags": arrays.texts(["closed"] * size),
                "states": arrays.byteas([b'{"type":"closed"}'] * size),
            }
            connection.execute(APPEND, lines, prepare=True)
            version += size


def write_side_by_side(url: str, events: int, seed: int) -> None:
    """Run one process's share of the writers."""
    with ThreadPoolExecutor(THREADS) as writers:
        turns = [
            writers.submit(write, url, events // THREADS, seed + n)
            for n in range(THREADS)
        ]
        for turn in turns:
            turn.result()


@contextmanager
def vacuuming(url: str) -> Iterator[None]:
    """Vacuum the register without a pause."""
    done = threading.Event()

    def vacuum() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not done.is_set():
                connection.execute("vacuum (analyze) register")

    thread = threading.Thread(target=vacuum)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def write_everything(url: str, events: int) -> None:
    """Let all writers write; they are processes, so that the reader keeps pace."""
    with vacuuming(url), get_context("spawn").Pool(PROCESSES) as pool:
        share = events // PROCESSES
        shares = [(url, share, THREADS * n) for n in range(PROCESSES)]
        pool.starmap(write_side_by_side, shares)


async def watched(url: str, events: int) -> tuple[set[int], Reader]:
    """Follow while all is written; answers what was recorded and what was seen."""

    async def connect() -> Connection:
        return await psycopg.AsyncConnection.connect(url)

    reader, stop = Reader(), asyncio.Event()
    follower = follow.Follower("order", connect, reader.read, page_size=500)
    following = asyncio.create_task(follower.run(stop))
    await asyncio.to_thread(write_everything, url, events)
    stop.set()
    await following
    async with await connect() as connection:
        at = await marks.position(connection, "order")
        while page := await register.page_after(connection, at, 5000):
            await reader.read(connection, page)
            at = page[-1].position
        rows = await connection.execute("select notification_id from register")
        return {position for (position,) in await rows.fetchall()}, reader


def unlock(url: str) -> None:
    """Replace the append by its copy without the lock."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select pg_get_functiondef('register_append'::regproc)"
        ).fetchone()
        assert row is not None
        lines = row[0].splitlines()
        without = [line for line in lines if "pg_advisory_xact_lock" not in line]
        assert len(without) == len(lines) - 1
        connection.execute(sql.SQL("\n".join(without)))


def run(server_url: str, events: int, *, locked: bool) -> tuple[set[int], Reader]:
    """Measure once, on a database of its own."""
    with house.fresh(server_url) as url:
        migrating.migrate(url)
        if not locked:
            unlock(url)
        return asyncio.run(watched(url, events))


def measure(server_url: str, events: int) -> list[Figure]:
    """Run the register, then the control until it has missed something."""
    recorded, reader = run(server_url, events, locked=True)
    missed = len(recorded - reader.seen)
    say(f"register: {len(recorded)} events, {missed} missed")
    control_missed = 0
    for turn in range(ROUNDS):
        control, control_reader = run(server_url, events, locked=False)
        control_missed = len(control - control_reader.seen)
        say(f"control {turn + 1}: {len(control)} events, {control_missed} missed")
        if control_missed:
            break
    disorder = reader.out_of_order
    return [
        Figure(
            "events", len(recorded), "events", f">= {events}", len(recorded) >= events
        ),
        Figure("missed", missed, "events", "0", missed == 0),
        Figure("out_of_order", disorder, "events", "0", disorder == 0),
        Figure("control_missed", control_missed, "events", ">= 1", control_missed > 0),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; answers the exit code."""
    parser = argparse.ArgumentParser(prog="bench order", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    events = -(-asked.events // (PROCESSES * THREADS)) * PROCESSES * THREADS
    with house.server() as url, psycopg.connect(url, autocommit=True) as connection:
        # As in service: a commit takes as long as the disk says.
        connection.execute("alter system set fsync = on")
        connection.execute("select pg_reload_conf()")
        version = f"PostgreSQL {connection.info.server_version // 10_000}, fsync on"
        report = Report("order", machine(version), measure(url, events))
    return answer(report, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
