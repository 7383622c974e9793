"""`drill projector`: whatever happens to it, every view is as a fresh rebuild makes it.

Under load the projector is killed at random points, also while two of them work, its
connections are cut, the database starts again, and entries come that nobody can read,
that can't be folded and that the database refuses.
The control lets two projectors work without the fence of their marks: they must differ.
"""

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec
import psycopg
import structlog

from application import migrating
from interfaces import database
from interfaces.cluster import Cluster
from interfaces.data_folder import DataFolder
from interfaces.settings import CHECKOUT
from projections import projector, rebuilding
from projections.views import VIEWS
from tests.awaiting import comes_true_outside, comes_true_there
from tests.drills.bookkeeping import ERRORS, Load
from tests.drills.lone_projector import UNFENCED
from tests.load.figures import Figure, Report, answer, machine, say
from tests.projections.projecting import caught_up

KILLS = 50
SHORT = ("--kills", "4")
TRIES = 5
LATEST = 0.3
"""Seconds that a projector works at most before it is killed."""
PATIENCE = 60.0
WORK = """
select pid
  from pg_stat_activity
 where application_name = 'projector'
   and datname = current_database()
"""
PARKED = "select schema, position, error from parked order by 1, 2"


class Toll(msgspec.Struct):
    """What was done to it, and what came of it."""

    kills: int = 0
    cuts: int = 0
    restarts: int = 0
    events: int = 0
    poison: int = 0
    unheard: tuple[str, ...] = ()
    """Errors for which nothing was parked, though it should have been."""
    rows: int = 0
    differences: int = 0
    parked_otherwise: int = 0


def started(url: str, *options: str) -> subprocess.Popen[bytes]:
    """A projector of its own process."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "tests.drills.lone_projector", url, *options],
        env={"PYTHONPATH": str(CHECKOUT), "PATH": ""},
        stderr=subprocess.DEVNULL,
    )


async def at_work(connection: psycopg.AsyncConnection, number: int = 1) -> None:
    """Wait until so many projectors have come to the database."""

    async def have_come() -> bool:
        cursor = await connection.execute(WORK)
        return len(await cursor.fetchall()) >= number

    await comes_true_there(have_come, PATIENCE)


async def tormented(
    cluster: Cluster, url: str, kills: int, dice: random.Random
) -> Toll:
    """Do everything to it, under load; then compare every view with a rebuild."""
    toll, load, stop = Toll(), Load(url), asyncio.Event()
    recording = asyncio.create_task(load.keep_up(stop))
    for n in range(kills):
        async with await psycopg.AsyncConnection.connect(
            url, autocommit=True
        ) as connection:
            await _one_death(connection, url, toll, dice)
            if n % 4:
                await load.poison_one(connection)
        if n % 20 == 3:
            how = dice.choice([signal.SIGINT, signal.SIGQUIT])
            await asyncio.to_thread(_restart, cluster, how)
            toll.restarts += 1
    stop.set()
    await recording
    toll.events, toll.poison = load.recorded, load.poison
    await _compare(url, toll)
    return toll


def _restart(cluster: Cluster, how: signal.Signals) -> None:
    """In order, or as after a crash: what had not been written out is lost."""
    running = cluster.postmaster()
    assert running is not None
    os.kill(running.pid, how)
    comes_true_outside(lambda: cluster.postmaster() is None, PATIENCE)
    cluster.start()


async def _one_death(
    connection: psycopg.AsyncConnection, url: str, toll: Toll, dice: random.Random
) -> None:
    many = 1 + toll.kills % 2
    with ExitStack() as running:
        doomed = [running.enter_context(started(url)) for _ in range(many)]
        await at_work(connection)
        if toll.kills % 3 == 0:
            await asyncio.sleep(dice.uniform(0, LATEST))
            cut = await connection.execute(
                f"select pg_terminate_backend(pid) from ({WORK}) as work"  # noqa: S608 - our own words
            )
            toll.cuts += cut.rowcount
        await asyncio.sleep(dice.uniform(0, LATEST))
        for process in doomed:
            process.kill()
            toll.kills += 1


async def _compare(url: str, toll: Toll) -> None:
    async with await psycopg.AsyncConnection.connect(
        url, autocommit=True
    ) as connection:
        with started(url) as last:
            await at_work(connection)
            await caught_up(connection)
            last.kill()
        parked = await (await connection.execute(PARKED)).fetchall()
        for one in await rebuilding.rebuild(url, VIEWS, patience=PATIENCE):
            found = one.difference
            assert found is not None, "it served before"
            toll.rows += found.rows
            toll.differences += found.differing + found.missing + found.extra
            if not found.is_none:
                say(f"{one.view}: {found}")
        anew = await (await connection.execute(PARKED)).fetchall()
        toll.parked_otherwise = len(set(parked) ^ set(anew))
        toll.unheard = tuple(sorted(ERRORS - {error for _, _, error in parked}))


async def control(url: str, seconds: float) -> int:
    """Let two work without the fence; answers the rows and parked that differ."""
    load, stop = Load(url), asyncio.Event()
    async with await psycopg.AsyncConnection.connect(
        url, autocommit=True
    ) as connection:
        with started(url) as sound:
            await at_work(connection)
            await caught_up(connection)
            sound.kill()
        with started(url, UNFENCED) as one, started(url, UNFENCED) as two:
            await at_work(connection, 2)
            recording = asyncio.create_task(load.keep_up(stop))
            await asyncio.sleep(seconds)
            stop.set()
            await recording
            one.kill()
            two.kill()
        toll = Toll()
        await _compare(url, toll)
    return toll.differences + toll.parked_otherwise


def drilled(kills: int, dice: random.Random, folder: Path) -> tuple[Toll, int]:
    """Run it and its control, each on a database of its own of one server."""
    data = DataFolder(folder)
    data.prepare()
    cluster = database.cluster_in(data, None)
    cluster.start()
    try:
        urls = [_made(cluster.url, f"drill_{n}") for n in range(1 + TRIES)]
        toll = asyncio.run(tormented(cluster, urls[0], kills, dice))
        say(f"{toll}")
        controls = (asyncio.run(control(url, 1.0)) for url in urls[1:])
        return toll, next((found for found in controls if found), 0)
    finally:
        cluster.stop()


def _made(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            psycopg.sql.SQL("create database {}").format(psycopg.sql.Identifier(name))
        )
    url = psycopg.conninfo.make_conninfo(server, dbname=name)
    migrating.migrate(url)
    return url


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the drill; answers the exit code."""
    parser = argparse.ArgumentParser(prog="drill projector", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("critical"))
    say(f"seed {asked.seed}")
    with tempfile.TemporaryDirectory() as folder:
        dice = random.Random(asked.seed)
        toll, by_control = drilled(asked.kills, dice, Path(folder) / "data")
    figures = [
        Figure("kills", toll.kills, "", f">= {asked.kills}", toll.kills >= asked.kills),
        Figure("cuts", toll.cuts, "", ">= 1", toll.cuts > 0),
        Figure("restarts", toll.restarts, "", ">= 1", toll.restarts > 0),
        Figure("events", toll.events, "", ">= 1", toll.events > 0),
        Figure("poison", toll.poison, "", ">= 1", toll.poison > 0),
        Figure("unheard", len(toll.unheard), "errors", "0", not toll.unheard),
        Figure("rows", toll.rows, "", ">= 1", toll.rows > 0),
        Figure("differences", toll.differences, "rows", "0", not toll.differences),
        Figure(
            "parked_otherwise",
            toll.parked_otherwise,
            "entries",
            "0",
            not toll.parked_otherwise,
        ),
        Figure("control_differences", by_control, "", ">= 1", by_control > 0),
    ]
    report = Report("projector", machine("PostgreSQL 18, fsync on"), figures)
    return answer(report, as_json=asked.json)


assert projector.NAME in WORK

if __name__ == "__main__":
    sys.exit(main())
