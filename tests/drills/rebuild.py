"""`drill rebuild`: every view is made anew while commands come in and readers read.

Five hundred commands a second are recorded; readers ask the views' tables and the
lists over HTTP without a pause. No read fails or finds nothing, no entry goes missing,
and at every switch the old copy and the new one agree.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import msgspec
import psycopg
import structlog

from application import register
from domain.values import Role
from projections import copies, rebuilding
from projections.views import SERVING, VIEWS
from tests import house, staff
from tests.drills.projector import at_work
from tests.load.figures import Figure, Report, answer, machine, say
from tests.load.lagging import PACE, projector
from tests.load.past import past
from tests.open_counter import OpenCounter, open_counter
from tests.projections.projecting import caught_up
from tests.served import CHECKOUT

PER_SECOND = 500
EVENTS = 50_000
ROUNDS = 3
SHORT = ("--check", "--events", "1000", "--rounds", "1", "--pace", "100")
READER = "pembaca"
PLACES = tuple(staff.Place(READER, each, (Role.INSPECTOR,)) for each in staff.AGENCIES)
LISTS = ("/v1/cases", "/v1/complaints", "/v1/objections", "/v1/audit", "/v1/worklist")
SETTLED = 200
"""The status of a read that found what it asked for."""


class Toll(msgspec.Struct):
    """What was asked meanwhile, and what came of it."""

    reads: int = 0
    lists: int = 0
    failed: int = 0
    empty: int = 0
    commands: int = 0
    seconds: float = 0
    """In which they were recorded."""
    rows: int = 0
    differences: int = 0

    @property
    def recorded_per_second(self) -> float:
        """Fewer than five hundred when the recorder could not keep its pace."""
        return self.commands / self.seconds if self.seconds else 0


async def read_tables(url: str, toll: Toll, done: asyncio.Event) -> None:
    """Ask for rows of every table, by prepared statements as web workers do."""
    async with await psycopg.AsyncConnection.connect(
        url, autocommit=True, prepare_threshold=0
    ) as connection:
        await copies.look_in(connection, SERVING)
        await connection.execute("set role disposisi_desk")
        tables = await _not_empty(connection)
        while not done.is_set():
            for table in tables:
                query = psycopg.sql.SQL("select * from {} limit 20").format(
                    psycopg.sql.Identifier(table)
                )
                try:
                    cursor = await connection.execute(query)
                    toll.empty += not await cursor.fetchall()
                except psycopg.Error as fault:
                    say(f"{table}: {fault}")
                    toll.failed += 1
                toll.reads += 1


async def _not_empty(connection: psycopg.AsyncConnection) -> list[str]:
    cursor = await connection.execute(
        "select relname from pg_stat_user_tables"
        " where schemaname = any(%s) and n_live_tup > 0",
        ([copy.schema for copy in SERVING],),
    )
    return [name for (name,) in await cursor.fetchall()]


async def read_lists(counter: OpenCounter, toll: Toll, done: asyncio.Event) -> None:
    """Ask for the lists over HTTP."""
    said = {"Authorization": f"Bearer {counter.token(READER)}"}
    async with httpx.AsyncClient(
        base_url=counter.url, headers=said, timeout=60
    ) as http:
        while not done.is_set():
            for path in LISTS:
                told = await http.get(path)
                if told.status_code != SETTLED:
                    say(f"{path}: {told.status_code}")
                    toll.failed += 1
                toll.lists += 1


@asynccontextmanager
async def recording(url: str, toll: Toll, pace: int) -> AsyncIterator[None]:
    """Let another process record meanwhile, so many a second."""
    recorder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "tests.drills.lone_recorder"),
        *(url, str(pace)),
        env={"PYTHONPATH": str(CHECKOUT), "PATH": ""},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield
    finally:
        told, _ = await recorder.communicate(b"")
        commands, seconds = told.split()
        toll.commands, toll.seconds = int(commands), float(seconds)


async def drilled(
    url: str, counter: OpenCounter, folder: Path, rounds: int, pace: int
) -> Toll:
    """Make every view anew again and again, with everybody at work."""
    toll, done = Toll(), asyncio.Event()
    async with await psycopg.AsyncConnection.connect(
        url, autocommit=True
    ) as connection:
        await rebuilding.rebuild(url, VIEWS)
        with projector(url, folder):
            await at_work(connection)
            await caught_up(connection)
            await connection.execute("analyze")
            async with recording(url, toll, pace), asyncio.TaskGroup() as group:
                group.create_task(read_tables(url, toll, done))
                group.create_task(read_lists(counter, toll, done))
                for n in range(rounds):
                    for one in await rebuilding.rebuild(url, VIEWS, patience=60):
                        _note(one, toll)
                    say(f"round {n + 1}: {toll}")
                done.set()
            await caught_up(connection)
            say(f"{await register.head(connection)} positions")
        for one in await rebuilding.rebuild(url, VIEWS, patience=60):
            _note(one, toll)
    return toll


def _note(one: rebuilding.Rebuilt, toll: Toll) -> None:
    found = one.difference
    assert found is not None, "it served before"
    toll.rows += found.rows
    toll.differences += found.differing + found.missing + found.extra
    if not found.is_none:
        say(f"{one.view}: {found}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the drill; answers the exit code."""
    parser = argparse.ArgumentParser(prog="drill rebuild", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--pace",
        type=int,
        default=PER_SECOND,
        help="commands a second; a busy province has five hundred",
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--check",
        action="store_true",
        help="assert that nobody is failed, not that recording keeps its pace",
    )
    asked = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("critical"))
    with (
        house.server() as server,
        house.fresh(server) as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        past(url, asked.events, Path(folder))
        with open_counter(url, Path(folder), PLACES) as counter:
            work = drilled(url, counter, Path(folder), asked.rounds, asked.pace)
            toll = asyncio.run(work)
    found = figures(toll, asked.pace, aims=not asked.check)
    report = Report("rebuild", machine("PostgreSQL 18"), found)
    return answer(report, as_json=asked.json)


def figures(toll: Toll, pace: int, *, aims: bool) -> list[Figure]:
    """What was asked, what failed, and the pace meanwhile."""
    zero = ("failed", "empty", "differences")
    recorded, aim = toll.recorded_per_second, PACE * pace
    return [
        *(
            Figure(name, getattr(toll, name), "", ">= 1", getattr(toll, name) > 0)
            for name in ("reads", "lists", "commands", "rows")
        ),
        *(
            Figure(name, getattr(toll, name), "", "0", getattr(toll, name) == 0)
            for name in zero
        ),
        Figure("recorded_per_second", recorded, "1/s", f">= {aim}", recorded >= aim)
        if aims
        else Figure("recorded_per_second", recorded, "1/s"),
    ]


if __name__ == "__main__":
    sys.exit(main())
