"""`bench reads`: how long officials wait for what they look at, and whether it grows.

Two databases, of 10,000 and of 1,000,000 cases, are made once and kept. A web worker
answers for each; the questions go to them by turns, so that a noisy machine is noisy
for both. The official is the letter clerk: his lists are the longest.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
import psycopg

from application.office import tokens
from interfaces import clock
from interfaces.demo.cast import BIRO
from interfaces.settings import Settings
from tests import house
from tests.filled import fill_views
from tests.load import kept
from tests.load.asking import ask
from tests.load.figures import Figure, Report, answer, machine, say
from tests.load.one_worker import one_worker
from tests.load.past import cases_past

SIZES = (10_000, 1_000_000)
TIMES = 400
"""Questions of each kind and number of clients."""
CLIENTS = (1, 16)
SLOWEST = 20
"""Milliseconds in which nineteen of twenty lists are there, asked by one client."""
MOST_GROWTH = 1.5
SHORT = ("--check", "--sizes", "100", "400", "--times", "20")

Path_ = Callable[[], str]


class Official(msgspec.Struct, frozen=True):
    """Who asks, and of which cases."""

    token: str
    cases: Sequence[str]
    """Ids of cases of his agency, drawn at random."""
    numbers: Sequence[str]
    """Their registration numbers."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What goes with every question."""
        return {"Authorization": f"Bearer {self.token}"}


def official(url: str, dice: random.Random) -> Official:
    """The letter clerk of the Biro, with some cases he may ask for."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "select case_id::text, registration_number from registrations"
            " where registration_number ^@ 'BO-' order by case_id limit 20000"
        ).fetchall()
    drawn = dice.sample(rows, min(len(rows), 2000))
    return Official(
        token=asyncio.run(_token(url, BIRO.letters)),
        cases=[case for case, _ in drawn],
        numbers=[number for _, number in drawn],
    )


async def _token(url: str, who: str) -> str:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        return await tokens.issue(connection, who, clock.now())


def questions(who: Official, dice: random.Random) -> Mapping[str, Path_]:
    """What is asked, each time otherwise."""
    lists = (
        lambda: "/v1/cases",
        lambda: "/v1/cases?channel=letter",
        lambda: f"/v1/cases?stage={dice.choice(['approved', 'closed', 'disposed'])}",
        lambda: f"/v1/cases?assignee={dice.choice(BIRO.units).staff}",
        lambda: "/v1/cases?overdue=true",
        lambda: "/v1/cases?overdue=false&limit=100",
        lambda: f"/v1/cases?q={dice.choice(who.numbers)}",
        lambda: f"/v1/cases?q={dice.choice(who.numbers)[:-2]}",
    )
    now = f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"
    back = (
        lambda case: f"/v1/cases/{case}?version=2",
        lambda case: f"/v1/cases/{case}?recorded_at={now}",
        lambda case: f"/v1/cases/{case}/history",
        lambda case: f"/v1/cases/{case}/diff?from=1&to=2",
        lambda case: f"/v1/cases/{case}/deadlines",
    )

    def any_of(paths: Sequence[Path_]) -> str:
        return dice.choice(paths)()

    return {
        "list": lambda: any_of(lists),
        "worklist": lambda: "/v1/worklist",
        "board": lambda: "/v1/sla",
        # Another window each time: nothing that was asked a moment ago serves.
        "board_anew": lambda: f"/v1/sla?days={dice.randrange(20, 60)}",
        "register": lambda: "/v1/registers/requests",
        "replay": lambda: dice.choice(back)(dice.choice(who.cases)),
    }


class Side(msgspec.Struct, frozen=True):
    """A database's worker, and who asks it."""

    address: str
    who: Official


@contextmanager
def sides(sizes: Sequence[int], *, keep: bool) -> Iterator[Sequence[Side]]:
    """Start a worker on each database; what is not there is made."""
    with ExitStack() as stack:
        server = stack.enter_context(kept.server() if keep else house.server())
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = kept.FOLDER if keep else logs
        found = []
        for size in sizes:
            url = cases_past(server, size, folder)
            fill_views(url)
            log = logs / f"{size}.log"
            settings = Settings(database_url=url, data=str(folder))
            worker = stack.enter_context(one_worker("tests.load.ours", settings, log))
            found.append(Side(worker.address, official(url, random.Random(size))))
        yield found


def waits(
    sides: Sequence[Side], times: int
) -> dict[tuple[str, int], Sequence[Sequence[float]]]:
    """Ask everything of everybody; milliseconds by kind and clients, side by side."""
    found: dict[tuple[str, int], Sequence[Sequence[float]]] = {}
    dice = random.Random(20261122)
    for clients in CLIENTS:
        for kind in questions(sides[0].who, dice):
            per_side: list[list[float]] = [[] for _ in sides]
            for _ in range(4):
                for side, took in zip(sides, per_side, strict=True):
                    path = questions(side.who, dice)[kind]
                    asked = ask(
                        side.address,
                        path,
                        side.who.headers,
                        times=max(times // 4, clients),
                        clients=clients,
                    )
                    took.extend(asked.milliseconds)
            found[kind, clients] = [sorted(took) for took in per_side]
            say(f"{kind}, {clients} clients: {[p95(t) for t in found[kind, clients]]}")
    return found


def p95(took: Sequence[float]) -> float:
    """Milliseconds in which nineteen of twenty were answered."""
    return took[int(len(took) * 0.95)]


def figures(
    found: Mapping[tuple[str, int], Sequence[Sequence[float]]], *, aims: bool
) -> list[Figure]:
    """As the contract names them, of the larger database; growth is to the smaller."""

    def aimed(name: str, value: float, unit: str, aim: float | None) -> Figure:
        if aim is None or not aims:
            return Figure(name, value, unit)
        return Figure(name, value, unit, f"<= {aim}", value <= aim)

    limits = {("list", 1): SLOWEST}
    kinds = dict.fromkeys(kind for kind, _ in found)
    told = []
    for clients in CLIENTS:
        many = "" if clients == 1 else f"_{clients}_clients"
        for kind in kinds:
            small, large = (p95(took) for took in found[kind, clients])
            limit = limits.get((kind, clients))
            told.append(aimed(f"{kind}_p95_ms{many}", large, "ms", limit))
            growing = MOST_GROWTH if kind in {"list", "board"} else None
            told.append(aimed(f"{kind}_p95_growth{many}", large / small, "x", growing))
    return told


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; answers the exit code."""
    parser = argparse.ArgumentParser(prog="bench reads", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs=2, default=SIZES, metavar="CASES")
    parser.add_argument("--times", type=int, default=TIMES, help="each question")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--check",
        action="store_true",
        help="assert that everything is answered, not how quickly",
    )
    asked = parser.parse_args(arguments)
    with sides(asked.sizes, keep=not asked.check) as found:
        took = waits(found, asked.times)
    report = Report(
        "reads",
        machine("1 worker, PostgreSQL 18", f"{asked.sizes} cases"),
        figures(took, aims=not asked.check),
    )
    return answer(report, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
