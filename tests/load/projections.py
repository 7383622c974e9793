"""`bench projections`: how fast every view is filled from the register, and kept up.

The rebuild is the command itself, in a process of its own whose memory is looked at.
Beside it, on the same server: the library's runner with the same views on a sample,
and a bare COPY of the register's rows into a table like the register's.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import msgspec
import psycopg

from application import migrating
from tests import house
from tests.filled import fill_views
from tests.load import stock_runner
from tests.load.bare_copy import copied_per_second
from tests.load.figures import Figure, Report, answer, machine, say
from tests.load.lagging import PACE, Followed, followed, projector
from tests.load.memory import run_watched
from tests.load.past import events_in, past
from tests.served import CHECKOUT, DISPOSISI, environment

EVENTS = 1_000_000
SAMPLE = 10_000
"""Events that the library's runner is given."""
COPIED = 200_000
"""Rows that are copied."""
COMMANDS, SECONDS = 1_000, 10
"""Commands a second while the lag is measured, and for how long."""
LATEST = 1_000
"""Milliseconds that a view may lag behind then."""
SHORT = ("--check", "--events", "3000", "--seconds", "2")


class WrongCountError(Exception):
    """A view does not hold what the register does."""


class Rebuilt(msgspec.Struct):
    """One run of `rebuild --all`."""

    lines: int
    wall: float
    megabytes: float

    @property
    def rate(self) -> float:
        """Lines a second, the start of the process included."""
        return self.lines / self.wall


def rebuilt(url: str, folder: Path) -> Rebuilt:
    """Fill every view by the command."""
    since = perf_counter()
    ended = run_watched(
        [*DISPOSISI, "rebuild", "--all", "--json"],
        environment(folder, {"DATABASE_URL": url}),
        CHECKOUT,
    )
    if ended.code:
        message = f"rebuild ended with {ended.code}: {ended.said!r}"
        raise WrongCountError(message)
    return Rebuilt(
        lines=_must_hold_everything(url),
        wall=perf_counter() - since,
        megabytes=ended.megabytes,
    )


def _must_hold_everything(url: str) -> int:
    """Every view stands at the register's head, nothing is parked; how many lines."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "select count(*), max(notification_id), (select min(position) from views),"
            " (select count(*) from parked) from register"
        ).fetchone()
    assert row is not None
    lines, head, position, parked = row
    if head != position or parked:
        message = f"head {head}, views {position}, {parked} parked"
        raise WrongCountError(message)
    told: int = lines
    return told


def stock_per_second(server: str, events: int, folder: Path) -> float:
    """Let the library's runner fill the same views, event by event."""
    with house.fresh(server) as url:
        migrating.migrate(url)
        fill_views(url)
        upto = past(url, events, folder)
        since = perf_counter()
        stock_runner.run(url, upto, patience=max(events / 20, 60))
        return events_in(url) / (perf_counter() - since)


class Measured(msgspec.Struct):
    """Everything that one run measures."""

    small: Rebuilt
    """Of a tenth of the events, for what memory does as they grow."""
    whole: Rebuilt
    again: Rebuilt
    """Beside the views that serve, with its comparing of every row."""
    stock: float
    copied: float
    kept_up: Followed


def measured(events: int, seconds: float) -> Measured:
    """Fill a server of its own, and measure on it."""
    with (
        house.server() as server,
        house.fresh(server) as small,
        house.fresh(server) as whole,
        tempfile.TemporaryDirectory() as name,
    ):
        folder = Path(name)
        with psycopg.connect(server, autocommit=True) as connection:
            # As in service: a commit takes as long as the disk says.
            connection.execute("alter system set fsync = on")
            connection.execute("select pg_reload_conf()")
        for url, count in ((small, events // 10), (whole, events)):
            migrating.migrate(url)
            past(url, count, folder)
            say(f"{events_in(url)} events stand in a register")
        stock = stock_per_second(server, min(SAMPLE, events), folder)
        say(f"the library's runner: {stock:.0f}/s")
        copied = copied_per_second(whole, COPIED)
        say(f"a bare copy: {copied:.0f}/s")
        first = rebuilt(small, folder)
        say(f"of {first.lines}: {first.rate:.0f}/s, {first.megabytes:.0f} MB")
        filled = rebuilt(whole, folder)
        say(f"of {filled.lines}: {filled.rate:.0f}/s, {filled.megabytes:.0f} MB")
        again = rebuilt(whole, folder)
        say(f"beside: {again.rate:.0f}/s, {again.megabytes:.0f} MB")
        with projector(whole, folder):
            kept_up = asyncio.run(followed(whole, COMMANDS, seconds))
    return Measured(first, filled, again, stock, copied, kept_up)


def figures(found: Measured, *, aims: bool) -> list[Figure]:
    """As the contract names them, and what else was seen."""

    def aimed(name: str, value: float, unit: str, sign: str, aim: float) -> Figure:
        holds = value >= aim if sign == ">=" else value <= aim
        if not aims:
            return Figure(name, value, unit)
        return Figure(name, value, unit, f"{sign} {aim}", holds)

    whole, lags = found.whole, found.kept_up.lags
    recorded = found.kept_up.recorded_per_second
    return [
        Figure("rebuild_per_second", whole.rate, "1/s"),
        Figure("rebuild_beside_per_second", found.again.rate, "1/s"),
        Figure("stock_runner_per_second", found.stock, "1/s"),
        Figure("copy_per_second", found.copied, "1/s"),
        aimed("rebuild_vs_stock_runner", whole.rate / found.stock, "x", ">=", 20),
        aimed("rebuild_vs_copy", whole.rate / found.copied, "x", ">=", 0.5),
        Figure("peak_memory_mb", whole.megabytes, "MB"),
        aimed("memory_growth", whole.megabytes / found.small.megabytes, "x", "<=", 1.2),
        aimed("recorded_per_second", recorded, "1/s", ">=", PACE * COMMANDS),
        aimed("lag_p50_ms", median(lags), "ms", "<=", LATEST),
        Figure("lag_max_ms", max(lags), "ms"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; answers the exit code."""
    parser = argparse.ArgumentParser(prog="bench projections", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of the lag")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--check",
        action="store_true",
        help="assert that the views hold everything, not that they are quick",
    )
    asked = parser.parse_args(arguments)
    found = measured(asked.events, asked.seconds)
    report = Report(
        "projections",
        machine("PostgreSQL 18, fsync on", f"{found.whole.lines} events"),
        figures(found, aims=not asked.check),
    )
    return answer(report, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
