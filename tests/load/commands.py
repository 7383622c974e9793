"""`bench commands`: how many commands a second one web worker carries out.

wrk with 64 connections; five rounds, in each of which every kind takes its turn, so
that a noisy machine is noisy for all. The projector does not run beside it.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import sleep
from uuid import uuid4

import msgspec
import psycopg

from application import migrating
from interfaces.settings import Settings
from tests import house
from tests.filled import fill_views
from tests.load import paperwork, stock, volleys
from tests.load.bare import Bare
from tests.load.figures import Figure, Report, answer, machine, say
from tests.load.one_worker import one_worker
from tests.load.shelf import Shelf
from tests.load.volleys import Order, Shooter, Volley

CONNECTIONS = 64
ROUNDS = 5
SECONDS = 5
FASTEST, FASTEST_STOCK, FASTEST_ALONE = 10_000, 1_500, 2_000
"""Dispositions a second for which cases wait; alone, of one connection."""
OWN_CLIENTS = 0.8
"""Of that, what our own clients may reach."""
MOST_EMPTY = 30_000
"""Empty posts a second for which there are ids."""
SHORT = ("--check", "--rounds", "1", "--seconds", "1")


class WrongAnswerError(Exception):
    """An answer was not the expected one, or what it said is not in the register."""


class Round(msgspec.Struct, frozen=True):
    """One turn of every kind: answers a second, and alone milliseconds."""

    receive: float
    dispose: float
    empty: float
    stock_receive: float
    stock: float
    pgbench: float
    lone_ms: float
    floor_ms: float


class Side(msgspec.Struct, frozen=True):
    """A worker's address and its database's."""

    address: str
    url: str


class Bench:
    """The two workers, their databases, and who shoots at them."""

    def __init__(self, ours: Side, theirs: Side, shoot: Shooter, reach: float) -> None:
        tokens = paperwork.staff(ours.url)
        head = paperwork.headers(tokens[paperwork.HEAD], version=1)
        clerk = paperwork.headers(tokens[paperwork.CLERK])
        disposition = "/v1/cases/{case}/disposition"
        letter, sheet = paperwork.LETTER, paperwork.DISPOSITION
        self._receive = Order(ours.address, "/v1/cases", letter, clerk)
        self._dispose = Order(ours.address, disposition, sheet, head)
        self._empty = Order(ours.address, "/v1/cases/{case}/empty", sheet, head)
        self._stock_receive = Order(theirs.address, "/v1/cases", letter, clerk)
        self._stock_dispose = Order(theirs.address, disposition, sheet, head)
        self._shelf = Shelf(ours.url, "register", fastest=FASTEST * reach)
        self._stock_shelf = Shelf(
            theirs.url, stock.EVENTS, fastest=FASTEST_STOCK * reach
        )
        self._shoot = shoot
        self._url = ours.url

    def warm_up(self, seconds: float) -> None:
        """Let caches fill and plans settle; nothing is measured."""
        self.received(self._receive, self._shelf, seconds)
        self.disposed(self._dispose, self._shelf, seconds)
        self.received(self._stock_receive, self._stock_shelf, seconds)
        self.disposed(self._stock_dispose, self._stock_shelf, seconds)
        self._bare = Bare(self._url)

    def round(self, seconds: float) -> Round:
        """Give every kind its turn."""
        alone = max(seconds / 2, 1)
        floor = self._bare.round_trips_p50_ms(alone)
        floor += self.empty(alone, connections=1).p50_ms
        return Round(
            receive=self.received(self._receive, self._shelf, seconds).rate,
            dispose=self.disposed(self._dispose, self._shelf, seconds).rate,
            empty=self.empty(seconds).rate,
            lone_ms=self.disposed(
                self._dispose, self._shelf, alone, connections=1
            ).p50_ms,
            floor_ms=floor,
            stock_receive=self.received(
                self._stock_receive, self._stock_shelf, seconds
            ).rate,
            stock=self.disposed(self._stock_dispose, self._stock_shelf, seconds).rate,
            pgbench=self._bare.inserts_per_second(seconds),
        )

    def received(self, order: Order, shelf: Shelf, seconds: float) -> Volley:
        """Receive for so long; every acknowledged case stands in the book."""
        volley = self._fired(order, CONNECTIONS, seconds)
        _must_stand(volley, shelf.look(), CONNECTIONS)
        return volley

    def disposed(
        self,
        order: Order,
        shelf: Shelf,
        seconds: float,
        connections: int = CONNECTIONS,
    ) -> Volley:
        """Dispose of cases that wait, each once; receive more where there are few."""
        receive = self._receive if shelf is self._shelf else self._stock_receive
        fastest = min(shelf.fastest, FASTEST_ALONE * connections)
        while len(shelf.waiting) < fastest * seconds * 1.3:
            self.received(receive, shelf, 1)
        ids = tuple(shelf.waiting)
        ready = msgspec.structs.replace(order, ids=ids)
        volley = self._fired(ready, connections, seconds)
        _must_stand(volley, shelf.sort_out(), connections)
        shelf.fastest = volley.rate * 2
        return volley

    def empty(self, seconds: float, connections: int = CONNECTIONS) -> Volley:
        """Post what is answered without the desk."""
        ids = [str(uuid4()) for _ in range(int(MOST_EMPTY * seconds))]
        order = msgspec.structs.replace(self._empty, ids=ids)
        return self._fired(order, connections, seconds)

    def _fired(self, order: Order, connections: int, seconds: float) -> Volley:
        volley = self._shoot(order, connections, seconds)
        sleep(0.2)  # what was under way at the end is being recorded
        if volley.refused or volley.broken or not volley.answers:
            message = f"{order.address}{order.path}: {volley}"
            raise WrongAnswerError(message)
        return volley


def _must_stand(volley: Volley, recorded: int, connections: int) -> None:
    """What was under way at the end of this volley, or the one before, may be more."""
    if not volley.answers <= recorded <= volley.answers + 2 * connections:
        message = f"{volley.answers} were acknowledged, {recorded} stand in the book"
        raise WrongAnswerError(message)


def figures(rounds: Sequence[Round], *, aims: bool) -> list[Figure]:
    """The medians, and what they are to each other."""

    def of(name: str) -> float:
        return float(median(getattr(one, name) for one in rounds))

    def ratio(name: str, over: str) -> float:
        return of(name) / of(over)

    def aimed(name: str, value: float, sign: str, aim: float) -> Figure:
        holds = value >= aim if sign == ">=" else value <= aim
        return (
            Figure(name, value, "x", f"{sign} {aim}", holds)
            if aims
            else Figure(name, value, "x")
        )

    lone = ratio("lone_ms", "floor_ms")
    return [
        Figure("receive_per_second", of("receive"), "1/s"),
        Figure("dispose_per_second", of("dispose"), "1/s"),
        Figure("empty_post_per_second", of("empty"), "1/s"),
        Figure("stock_per_second", of("stock"), "1/s"),
        Figure("stock_receive_per_second", of("stock_receive"), "1/s"),
        Figure("pgbench_per_second", of("pgbench"), "1/s"),
        aimed("dispose_vs_empty_post", ratio("dispose", "empty"), ">=", 0.5),
        aimed("dispose_vs_stock", ratio("dispose", "stock"), ">=", 6),
        Figure("dispose_vs_pgbench", ratio("dispose", "pgbench"), "x"),
        Figure("lone_p50_ms", of("lone_ms"), "ms"),
        Figure("floor_p50_ms", of("floor_ms"), "ms"),
        aimed("lone_vs_floor", lone, "<=", 3),
    ]


@contextmanager
def set_up(shoot: Shooter, reach: float) -> Iterator[Bench]:
    """A server with both databases and a worker on each."""
    with ExitStack() as stack:
        server = stack.enter_context(house.server())
        with psycopg.connect(server, autocommit=True) as connection:
            # As in service: a commit takes as long as the disk says.
            connection.execute("alter system set fsync = on")
            connection.execute("select pg_reload_conf()")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = [stack.enter_context(house.fresh(server)) for _ in range(2)]
        migrating.migrate(urls[0])
        fill_views(urls[0])
        ours, theirs = (
            stack.enter_context(
                one_worker(
                    f"tests.load.{module}",
                    Settings(database_url=url, data=str(folder)),
                    folder / f"{module}.log",
                )
            )
            for module, url in zip(("ours", "stock"), urls, strict=True)
        )
        yield Bench(
            Side(ours.address, urls[0]), Side(theirs.address, urls[1]), shoot, reach
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; answers the exit code."""
    parser = argparse.ArgumentParser(prog="bench commands", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each turn")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--check",
        action="store_true",
        help="assert that answers are right, not that they are quick; needs no wrk",
    )
    asked = parser.parse_args(arguments)
    if not asked.check and not volleys.has_wrk():
        say("perlu wrk / needs wrk: apt-get install wrk, or brew install wrk")
        return 2
    how = (volleys.own, OWN_CLIENTS) if asked.check else (volleys.wrk, 1.0)
    with set_up(*how) as bench:
        bench.warm_up(1)
        rounds = []
        for n in range(asked.rounds):
            rounds.append(bench.round(asked.seconds))
            say(f"round {n + 1}: {msgspec.json.encode(rounds[-1]).decode()}")
    server = "uvicorn, uvloop, httptools, 1 worker, PostgreSQL 18, fsync on"
    tool = "own clients" if asked.check else "wrk"
    report = Report(
        "commands",
        machine(server, f"{tool}, {CONNECTIONS} connections"),
        figures(rounds, aims=not asked.check),
    )
    return answer(report, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
