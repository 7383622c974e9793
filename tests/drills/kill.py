"""`drill kill`: kill -9 in the middle of 64 busy clients loses nothing.

Every other time PostgreSQL's postmaster dies with the service. After each restart on
the same data, what was acknowledged stands there once, nothing is half, and a repeated
key gets its first answer. The control acknowledges before it commits: it must lose.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from tests.drills import inspection, victims
from tests.drills.storm import Acknowledged, Sent, Storm, repeated
from tests.drills.victims import Victim
from tests.load import paperwork
from tests.load.figures import Figure, Report, answer, machine, say

ROUNDS = 20
TRIES = 5
SHORT = ("--rounds", "2")
SOONEST, LATEST = 0.4, 1.5
"""Seconds of the storm before the kill."""
SAMPLE = 200
"""Keyed commands of a round that are repeated."""


class Toll(msgspec.Struct):
    """What the rounds have shown."""

    acknowledged: int = 0
    in_doubt: int = 0
    lost: int = 0
    double: int = 0
    half: int = 0
    wrong_replies: int = 0

    def note(self, fault: str, many: Sequence[object]) -> int:
        """Say the first of them aloud; answers how many there are."""
        if many:
            say(f"{fault}: {len(many)}, as {many[0]}")
        return len(many)


class Drill:
    """One data folder through all its deaths."""

    def __init__(self, data: Path, dice: random.Random) -> None:
        self._data = data
        self._dice = dice
        self._tokens: Mapping[str, str] = {}
        self._cases = 0
        self.toll = Toll()

    def round(self, *, with_database: bool) -> None:
        """Storm, kill, start again, look."""
        with victims.service(self._data) as victim:
            storm = self._storm(victim, with_database=with_database)
        with victims.service(self._data) as victim:
            self._look(victim, storm)

    def _storm(self, victim: Victim, *, with_database: bool) -> Storm:
        self._tokens = self._tokens or paperwork.staff(victim.url)
        storm = Storm(self._tokens)
        until = self._dice.uniform(SOONEST, LATEST)
        asyncio.run(
            storm.rage(
                victim.address,
                until,
                lambda: victim.kill(with_database=with_database),
            )
        )
        return storm

    def _look(self, victim: Victim, storm: Storm) -> None:
        toll, known = self.toll, storm.acknowledged
        toll.acknowledged += len(known)
        toll.in_doubt += len(storm.in_doubt)
        toll.lost += toll.note("lost", inspection.lost(victim.url, known))
        toll.wrong_replies += asyncio.run(self._repeat(victim.address, storm))
        toll.half += toll.note("half", inspection.half(victim.url))
        self._count(victim, storm)

    async def _repeat(self, address: str, storm: Storm) -> int:
        """A key gets its first answer again; one in doubt is carried out once."""
        keyed = [one for one in storm.acknowledged if one.sent.keyed]
        sample = self._dice.sample(keyed, min(SAMPLE, len(keyed)))
        doubtful = [sent for sent in storm.in_doubt if sent.keyed]
        again = await repeated(address, [one.sent for one in sample])
        wrong: list[Acknowledged | Sent] = [
            one
            for one, reply in zip(sample, again, strict=True)
            if reply is None
            or reply.body != one.body
            or reply.headers.get(b"idempotency-replayed") != b"true"
        ]
        first = await repeated(address, doubtful)
        second = await repeated(address, doubtful)
        wrong += [
            sent
            for sent, once, twice in zip(doubtful, first, second, strict=True)
            if once is None or twice is None or once.body != twice.body
        ]
        return self.toll.note("wrong replies", wrong)

    def _count(self, victim: Victim, storm: Storm) -> None:
        """Keyed receipts in doubt are carried out by now; the others may be."""
        known = inspection.receipts([one.sent for one in storm.acknowledged])
        keyed = inspection.receipts([sent for sent in storm.in_doubt if sent.keyed])
        open_ = inspection.receipts(storm.in_doubt) - keyed
        there = inspection.received(victim.url)
        new, self._cases = there - self._cases, there
        sure = known + keyed
        if not sure <= new <= sure + open_:
            say(f"{new} new cases, {sure} of them are certain, {open_} may be")
            self.toll.double += max(0, new - sure - open_)
            self.toll.lost += max(0, sure - new)


def control(data: Path, dice: random.Random) -> int:
    """Kill the hasty worker; answers how many of its acknowledgements are lost."""
    with victims.control(data) as victim:
        storm = Storm(paperwork.staff(victim.url))
        until = dice.uniform(SOONEST, LATEST)
        kill = lambda: victim.kill(with_database=False)  # noqa: E731 - said once
        asyncio.run(storm.rage(victim.address, until, kill))
        stand = inspection.standing(victim.url)
    return sum(
        (one.told.case, one.told.version) not in stand for one in storm.acknowledged
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the drill; answers the exit code."""
    parser = argparse.ArgumentParser(prog="drill kill", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    say(f"seed {asked.seed}")
    dice = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        drill = Drill(Path(folder) / "data", dice)
        for n in range(asked.rounds):
            drill.round(with_database=bool(n % 2))
            say(f"round {n + 1}: {drill.toll}")
        # A kill may fall into the moment in which even the hasty desk owes nothing.
        controls = (control(Path(folder) / f"control-{n}", dice) for n in range(TRIES))
        lost_by_control = next((lost for lost in controls if lost), 0)
    toll = drill.toll
    zero = ("lost", "double", "half", "wrong_replies")
    figures = [
        Figure("rounds", asked.rounds, "kills"),
        Figure(
            "acknowledged", toll.acknowledged, "commands", ">= 1", toll.acknowledged > 0
        ),
        Figure("in_doubt", toll.in_doubt, "commands"),
        *(
            Figure(name, getattr(toll, name), "", "0", getattr(toll, name) == 0)
            for name in zero
        ),
        Figure(
            "control_lost", lost_by_control, "commands", ">= 1", lost_by_control > 0
        ),
    ]
    report = Report("kill", machine("64 clients, PostgreSQL 18, fsync on"), figures)
    return answer(report, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
