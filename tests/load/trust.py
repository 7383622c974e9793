"""`bench trust`: what sealing, the authority table and the trail of readings cost.

Five workers, each with a database of its own: one with all protections, one without
any, three that lack one each. In every round each of them receives, disposes and shows
cases with who asked, in turn, so that a noisy machine is noisy for all.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from time import sleep

import msgspec
import psycopg

from application import migrating
from interfaces.settings import Settings
from tests import house
from tests.filled import fill_views
from tests.load import paperwork, volleys
from tests.load.figures import Figure, Report, answer, machine, say
from tests.load.one_worker import one_worker
from tests.load.shelf import Shelf
from tests.load.unguarded import AUTHORITY, PROTECTIONS, READ_TRAIL, SEALING
from tests.load.volleys import Order, Shooter, Volley

ROUNDS = 5
SECONDS = 3
CONNECTIONS = 64
MOST = 0.15
"""Of a worker's time, together."""
FASTEST, FASTEST_OWN = 10_000, 4_000
"""Dispositions a second for which cases wait; and asked for by our own clients."""
SHORT = ("--check", "--rounds", "1", "--seconds", "1")

ALL, NONE = "all", "none"
LACKING: Mapping[str, tuple[str, ...]] = {
    ALL: (),
    NONE: PROTECTIONS,
    **{one: (one,) for one in PROTECTIONS},
}
"""The workers, and which protections each lacks."""

_READINGS = "select count(*) from readings"
_ROWS = "select count(*) from register where metadata->>'rule' = 'everything'"
_CLEAR = """
select count(*) from sealed
 where position(convert_to(%s, 'utf8') in ciphertext) > 0
"""


class NotSwitchedError(Exception):
    """A worker had a protection that it should lack, or lacked one it should have."""


class Turn(msgspec.Struct, frozen=True):
    """One worker's turn in one round: answers a second."""

    receive: float
    dispose: float
    read: float

    @property
    def seconds(self) -> float:
        """Of one receipt, one disposition and one look, one after the other."""
        return 1 / self.receive + 1 / self.dispose + 1 / self.read


class Worker:
    """A worker, its database, and who shoots at it."""

    def __init__(self, address: str, url: str, shoot: Shooter, fastest: float) -> None:
        tokens = paperwork.staff(url)
        head = paperwork.headers(tokens[paperwork.HEAD], version=1)
        clerk = paperwork.headers(tokens[paperwork.CLERK])
        disposition = "/v1/cases/{case}/disposition"
        self._receive = Order(address, "/v1/cases", paperwork.LETTER, clerk)
        self._dispose = Order(address, disposition, paperwork.DISPOSITION, head)
        self._read = Order(address, "/v1/cases/{case}", b"", clerk, method="GET")
        self._shelf = Shelf(url, "register", fastest=fastest)
        self._shoot = shoot
        self._url = url

    def turn(self, seconds: float) -> Turn:
        """Receive, dispose and read, so long each."""
        received = self._fired(self._receive, (), seconds)
        self._shelf.look()
        while len(self._shelf.waiting) < self._shelf.fastest * seconds * 1.3:
            self._fired(self._receive, (), 1)
            self._shelf.look()
        ids = tuple(self._shelf.waiting)
        disposed = self._fired(self._dispose, ids, seconds)
        self._shelf.sort_out()
        self._shelf.fastest = disposed.rate * 2
        read = self._fired(self._read, ids * 4, seconds)
        return Turn(received.rate, disposed.rate, read.rate)

    def must_lack(self, lacking: Sequence[str]) -> None:
        """See in the database that every switch was where it should be."""
        with psycopg.connect(self._url) as connection:

            def count(statement: str, *values: str) -> int:
                row = connection.execute(statement.encode(), values).fetchone()
                assert row is not None
                found: int = row[0]
                return found

            name = msgspec.json.decode(paperwork.LETTER)["requester"]["name"]
            seen = {
                SEALING: count(_CLEAR, name) > 0,
                AUTHORITY: count(_ROWS) > 0,
                READ_TRAIL: count(_READINGS) == 0,
            }
        if seen != {one: one in lacking for one in PROTECTIONS}:
            message = f"lacks {seen}, should lack {lacking}"
            raise NotSwitchedError(message)

    def _fired(self, order: Order, ids: Sequence[str], seconds: float) -> Volley:
        ready = msgspec.structs.replace(order, ids=ids)
        volley = self._shoot(ready, CONNECTIONS, seconds)
        sleep(0.2)  # what was under way at the end is being recorded
        if volley.refused or volley.broken or not volley.answers:
            message = f"{order.path}: {volley}"
            raise NotSwitchedError(message)
        return volley


def figures(rounds: Sequence[Mapping[str, Turn]], *, aims: bool) -> list[Figure]:
    """Shares of a worker's time: what a protection takes, and all together."""

    def share(name: str, value: float) -> Figure:
        return Figure(name, value, "of the time")

    def cost(worker: str, of: str) -> float:
        """Of the guarded worker's time for one thing, what the other one saves."""
        return float(
            median(
                1 - getattr(one[ALL], of) / getattr(one[worker], of) for one in rounds
            )
        )

    together = float(median(1 - one[NONE].seconds / one[ALL].seconds for one in rounds))
    found = [
        share(f"{lacking}_of_{of}", cost(worker, of))
        for worker, of, lacking in (
            (SEALING, "receive", "sealing"),
            (AUTHORITY, "dispose", "authority"),
            (READ_TRAIL, "read", "read_trail"),
            (NONE, "receive", "all"),
            (NONE, "dispose", "all"),
            (NONE, "read", "all"),
        )
        if worker in rounds[0]
    ]
    for of in ("receive", "dispose", "read"):
        rate = float(median(getattr(one[ALL], of) for one in rounds))
        found.append(Figure(f"{of}_per_second", rate, "1/s"))
    aim = f"< {MOST}" if aims else None
    holds = together < MOST or not aims
    return [*found, Figure("together", together, "of the time", aim, holds)]


@contextmanager
def workers(
    shoot: Shooter, fastest: float, names: Sequence[str]
) -> Iterator[Mapping[str, Worker]]:
    """Some of them on one server, where a commit takes as long as the disk says."""
    with ExitStack() as stack:
        server = stack.enter_context(house.server())
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute("alter system set fsync = on")
            connection.execute("select pg_reload_conf()")
        found = {}
        for name in names:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            url = stack.enter_context(house.fresh(server))
            migrating.migrate(url)
            fill_views(url)
            begun = stack.enter_context(
                one_worker(
                    "tests.load.unguarded",
                    Settings(database_url=url, data=str(folder)),
                    folder / "log",
                    *LACKING[name],
                )
            )
            found[name] = Worker(begun.address, url, shoot, fastest)
        yield found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; answers the exit code."""
    parser = argparse.ArgumentParser(prog="bench trust", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each turn")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--check",
        action="store_true",
        help="assert that each switch was where it should be; needs no wrk",
    )
    asked = parser.parse_args(arguments)
    if not asked.check and not volleys.has_wrk():
        say("perlu wrk / needs wrk: apt-get install wrk, or brew install wrk")
        return 2
    how = (
        (volleys.own, FASTEST_OWN, (ALL, NONE))
        if asked.check
        else (volleys.wrk, FASTEST, tuple(LACKING))
    )
    with workers(*how) as found:
        if not asked.check:
            for worker in found.values():
                worker.turn(1)
        rounds = []
        for n in range(asked.rounds):
            rounds.append(
                {name: one.turn(asked.seconds) for name, one in found.items()}
            )
            say(f"round {n + 1}: {msgspec.json.encode(rounds[-1]).decode()}")
        for name, worker in found.items():
            worker.must_lack(LACKING[name])
    report = Report(
        "trust",
        machine("uvicorn, 1 worker, PostgreSQL 18, fsync on"),
        figures(rounds, aims=not asked.check),
    )
    return answer(report, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
