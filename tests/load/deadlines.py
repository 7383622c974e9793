"""`bench deadlines`: what a clock with its trace costs, and a calendar announced late.

The announcement is the command itself, on a server of its own with open cases that
were put into the register beforehand; its memory is that of its process.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import uuid4

import msgspec
import psycopg

from application import migrating, register
from application.entries import NewEntry
from domain.evolution import evolve
from domain.facts import By
from domain.trace import trace
from interfaces.clock import now
from tests import house
from tests.application.past_in_the_register import entry
from tests.domain.offices import BPPD, CLERK, HEAD, OFFICES
from tests.domain.past import disposed, drafted, initialled, returned
from tests.domain.receipts import lettered
from tests.domain.scenarios import MINUTE, Happened
from tests.load.figures import Figure, Report, answer, machine, say
from tests.load.memory import run_watched
from tests.served import CHECKOUT, DISPOSISI, environment

CASES = 100_000
LENGTH = 20
"""Entries of the case whose clocks are counted."""
ROUNDS = 2_000
BATCH = 2_000
MOST_MEMORY = 200
"""Megabytes, however many cases are open."""
SHORT = ("--check", "--cases", "2000", "--rounds", "20")

_CALENDAR = OFFICES[BPPD].calendar


class WrongCountError(Exception):
    """The engine, or the announcement, did not come to what it had to."""


def long_history() -> list[Happened]:
    """A letter whose drafts go up and come back again and again."""
    turns: list[Happened] = []
    for n in range(1, LENGTH):
        turns += [drafted(n=n), initialled(1, n), returned(n, 2)]
    return [lettered(), disposed(), *turns][:LENGTH]


def clock_with_trace_us(rounds: int) -> float:
    """Fold the case and trace each of its clocks; median of the rounds."""
    history = long_history()
    at = lettered().at
    assert at is not None
    told = [(one.event, By(one.by, at + n * MINUTE)) for n, one in enumerate(history)]
    spent = []
    for _ in range(rounds):
        since = perf_counter()
        case = None
        for event, by in told:
            case = evolve(case, event, by)
        assert case is not None
        traces = [trace(clock, _CALENDAR) for clock in case.clocks]
        spent.append(perf_counter() - since)
        ends = [days[-1].date for days in traces]
        if ends != [clock.due.due_on for clock in case.clocks]:
            message = f"the traces end on {ends}"
            raise WrongCountError(message)
    return median(spent) * 1e6


def open_cases(count: int) -> Iterator[NewEntry]:
    """Letters that came in just now and were assigned."""
    at = now()
    received, assigned = lettered(at=at).event, disposed().event
    for _ in range(count):
        case = uuid4()
        yield entry(case, 1, received, CLERK, at)
        yield entry(case, 2, assigned, HEAD, at)


async def fill(url: str, count: int) -> None:
    """Put the open cases into the register, as its append takes them."""
    entries = open_cases(count)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as book:
        while batch := list(islice(entries, 2 * BATCH)):
            await register.append(book.cursor(), batch)
        await book.execute("vacuum analyze register")


def free_day() -> date:
    """A working day within every term that starts now."""
    day = _CALENDAR.date_of(now()) + timedelta(days=2)
    while not _CALENDAR.is_working(day):
        day += timedelta(days=1)
    return day


class Announced(msgspec.Struct):
    """What the command did, in which time and memory."""

    streams: int
    moved: int
    wall: float
    megabytes: float


def announced(url: str, folder: Path) -> Announced:
    """Run the command to its end."""
    file = folder / "bench.toml"
    file.write_text(
        'edition = "bench"\n[decrees]\nsk = "SK"\n[[days]]\n'
        f'date = {free_day()}\nname = "Libur"\nkind = "national"\ndecree = "sk"\n'
    )
    since = perf_counter()
    ended = run_watched(
        [*DISPOSISI, "calendar", "announce", str(file), "--json"],
        environment(folder, {"DATABASE_URL": url}),
        CHECKOUT,
    )
    if ended.code:
        message = f"the announcement ended with {ended.code}"
        raise WrongCountError(message)
    result = msgspec.json.decode(ended.said)
    return Announced(
        streams=result["streams"],
        moved=result["moved"],
        wall=perf_counter() - since,
        megabytes=ended.megabytes,
    )


def must_have_moved(url: str, cases: int, done: Announced) -> None:
    """Every case moved once, and the register says so."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*), count(distinct originator_id) from register"
            " where topic = 'deadline-recomputed'"
        ).fetchone()
    if row != (cases, cases) or (done.streams, done.moved) != (cases, cases):
        message = f"of {cases} cases {done.moved} moved, {row} stand in the register"
        raise WrongCountError(message)


def announce(cases: int) -> Announced:
    """Fill a server of its own, and announce."""
    with (
        house.server() as server,
        house.fresh(server) as url,
        tempfile.TemporaryDirectory() as folder,
    ):
        with psycopg.connect(server, autocommit=True) as connection:
            # As in service: a commit takes as long as the disk says.
            connection.execute("alter system set fsync = on")
            connection.execute("select pg_reload_conf()")
        migrating.migrate(url)
        asyncio.run(fill(url, cases))
        say(f"{cases} open cases stand in the register")
        done = announced(url, Path(folder))
        must_have_moved(url, cases, done)
    return done


def figures(trace_us: float, done: Announced, *, aims: bool) -> list[Figure]:
    """As the contract names them."""
    memory = Figure("peak_memory_mb", done.megabytes, "MB")
    if aims:
        aim, holds = f"<= {MOST_MEMORY}", done.megabytes <= MOST_MEMORY
        memory = msgspec.structs.replace(memory, aim=aim, holds=holds)
    return [
        Figure("clock_with_trace_us", trace_us, "us"),
        Figure("cases_per_second", done.streams / done.wall, "1/s"),
        memory,
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; answers the exit code."""
    parser = argparse.ArgumentParser(prog="bench deadlines", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of the engine")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--check",
        action="store_true",
        help="assert that counts are right, not that they are quick",
    )
    asked = parser.parse_args(arguments)
    trace_us = clock_with_trace_us(asked.rounds)
    done = announce(asked.cases)
    report = Report(
        "deadlines",
        machine("PostgreSQL 18, fsync on", f"{asked.cases} open cases"),
        figures(trace_us, done, aims=not asked.check),
    )
    return answer(report, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
