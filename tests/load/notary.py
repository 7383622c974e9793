"""`bench notary`: how fast the log is sealed, and what proving and checking cost.

A register of real histories is sealed by the sealer as it runs in service, fsync on;
then proofs are made for histories chosen by lot, and the whole register is verified
against its log. The floor of that reads the same rows and hashes payload and metadata
once.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

import msgspec
import psycopg

from application.follow import Progress
from application.notary import proofs, signed_log, stored, tree, trusted_keys
from application.notary.checkpoint import believed
from application.notary.copies import PublishedCopy
from application.notary.notary import Notary
from application.notary.proofs import Included
from application.notary.published import Published
from application.notary.sealer import PAGE, Sealer
from application.notary.verify import verify_register
from application.register import Connection
from interfaces import log
from tests import house
from tests.load.figures import Figure, Report, answer, machine, say
from tests.load.past import events_in, past

EVENTS = 1_000_000
PROOFS = 1_000
ROUNDS = 5
"""Times that checking and its floor are measured in turn."""
SHORT = ("--check", "--events", "3000", "--proofs", "50", "--rounds", "1")

_FORGET = """
set session_replication_role = replica;
alter table log_tiles disable trigger user;
alter table log_entries disable trigger user;
truncate log_tiles, log_entries, log_heads;
alter table log_tiles enable trigger user;
alter table log_entries enable trigger user;
update log_state set size = 0;
delete from marks where name = 'sealer';
"""


class UnsoundError(Exception):
    """The log does not prove what it has to."""


class Measured(msgspec.Struct):
    """Everything that one run measures."""

    lines: int
    sealed: list[float]
    """Lines a second, of each round."""
    proofs: list[float]
    """Seconds that each took to make."""
    checks: list[float]
    """Seconds that each took to check, without the checkpoint's signature."""
    floors: list[float]
    verified: list[float]


async def sealed(url: str, lines: int) -> float:
    """Seal everything; answers lines a second, connecting included."""
    stop = asyncio.Event()

    def told(progress: Progress) -> None:
        if progress.lag == 0:
            stop.set()

    since = perf_counter()
    await Sealer(url, rest=0, told=told).run(stop)
    return lines / (perf_counter() - since)


async def floor(connection: Connection) -> float:
    """Read all rows, and hash payload and metadata once; answers seconds."""
    since, position = perf_counter(), 0
    while page := await stored.page_after(connection, position, PAGE):
        for line in page:
            sha256(line.payload).digest()
            sha256(line.metadata).digest()
        position = page[-1].position
    return perf_counter() - since


async def verified(connection: Connection, folder: Path) -> float:
    """Check the register, its log and the published log; answers seconds."""
    history = Published(folder).history()
    assert history is not None
    opened = trusted_keys.opening(history.keys, history)
    since = perf_counter()
    verdict = await verify_register(connection, opened, PublishedCopy(folder))
    if not verdict.sound or verdict.not_yet_sealed:
        raise UnsoundError(verdict)
    return perf_counter() - since


async def streams_by_lot(connection: Connection, count: int) -> list[UUID]:
    """Choose histories."""
    cursor = await connection.execute("select stream from log_heads order by stream")
    streams = [stream for (stream,) in await cursor.fetchall()]
    return random.Random(count).choices(streams, k=count)


async def proven(
    connection: Connection, streams: Sequence[UUID]
) -> tuple[list[float], list[Included]]:
    """Prove the last entry of each history."""
    times, made = [], []
    for stream in streams:
        since = perf_counter()
        signed = await signed_log.latest(connection)
        found = await proofs.of_history(connection, signed, stream)
        times.append(perf_counter() - since)
        if found is None:
            raise UnsoundError(stream)
        made.append(found)
    return times, made


def checked(made: Sequence[Included], folder: Path) -> list[float]:
    """Check each proof; raises ProofError for one that proves nothing."""
    history = Published(folder).history()
    assert history is not None
    times = []
    for each in made:
        root = believed(each.proof.checkpoint, history.keys).root
        since = perf_counter()
        hashed = tree.leaf_hash(each.entry)
        tree.must_include(each.proof.index, each.size, hashed, each.proof.hashes, root)
        times.append(perf_counter() - since)
    return times


async def measure(url: str, folder: Path, count: int, rounds: int) -> Measured:
    """Seal, sign, prove and check."""
    lines, speeds = events_in(url), []
    for turn in range(rounds):
        if turn:
            with psycopg.connect(url, autocommit=True) as owner:
                owner.execute(_FORGET)
        speeds.append(await sealed(url, lines))
        say(f"sealed {lines} lines, {speeds[-1]:,.0f}/s")
    published = folder / "log"
    await Notary(url, folder / "keys" / "notary", published, "bench").checkpoint()
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as reader:
        streams = await streams_by_lot(reader, count)
        made_in, made = await proven(reader, streams)
        checked_in = checked(made, published)
        floors, whole = [], []
        for _ in range(rounds):
            floors.append(await floor(reader))
            whole.append(await verified(reader, published))
            say(f"verified in {whole[-1]:.1f} s, floor {floors[-1]:.1f} s")
    return Measured(lines, speeds, made_in, checked_in, floors, whole)


def figures(found: Measured, *, aims: bool) -> list[Figure]:
    """As the contract names them."""
    speed = median(found.sealed)
    ratio = median(
        whole / floor for whole, floor in zip(found.verified, found.floors, strict=True)
    )
    proof, check = median(found.proofs), median(found.checks)
    return [
        Figure("sealed_per_second", speed, "1/s", ">= 100000", speed >= 100_000)
        if aims
        else Figure("sealed_per_second", speed, "1/s"),
        Figure("proof_ms", proof * 1e3, "ms"),
        Figure("verify_us", check * 1e6, "us"),
        Figure("verify_vs_floor", ratio, "x", "<= 2", ratio <= 2)
        if aims
        else Figure("verify_vs_floor", ratio, "x"),
        Figure("verified_per_second", found.lines / median(found.verified), "1/s"),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; answers the exit code."""
    parser = argparse.ArgumentParser(prog="bench notary", description=__doc__)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--proofs", type=int, default=PROOFS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--check",
        action="store_true",
        help="assert that it proves, not that it is quick",
    )
    asked = parser.parse_args(arguments)
    log.set_up("bench")  # standard output is the report's alone
    with (
        house.server() as server,
        house.fresh(server) as url,
        tempfile.TemporaryDirectory() as name,
    ):
        with psycopg.connect(server, autocommit=True) as connection:
            # As in service: a commit takes as long as the disk says.
            connection.execute("alter system set fsync = on")
            connection.execute("select pg_reload_conf()")
        folder = Path(name)
        past(url, asked.events, folder)
        found = asyncio.run(measure(url, folder, asked.proofs, asked.rounds))
    report = Report(
        "notary",
        machine("PostgreSQL 18, fsync on", f"{found.lines} events"),
        figures(found, aims=not asked.check),
    )
    return answer(report, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
