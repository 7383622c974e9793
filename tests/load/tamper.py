"""`bench tamper`: whatever a superuser does to the register is found and named.

Random changes are made to a register of real histories that was sealed and published:
with the triggers off, half of them with the database's log made anew, so that the
database is consistent with itself. Each is looked for, then rolled back. The control
believes the forger's checkpoint instead of the published one, and has to find nothing.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg

from application import keys, migrating
from application.notary import tree
from application.notary.copies import PublishedCopy
from application.notary.verify import Verdict, verify_register
from application.people import People
from interfaces.demo.bulk.filling import fill
from interfaces.demo.cast import employ
from interfaces.demo.year import absence
from tests import house
from tests.application.notary.sealed_book import Notary, introduce, publish, seal
from tests.load import tampered_log, tampering
from tests.load.figures import Figure, Report, answer, machine, say
from tests.load.tampering import Connection, Expected, Mutation, Row, Scene

MUTATIONS, CASES = 1_200, 500
SHORT = ("--mutations", "66", "--cases", "60")
"""What every full test runs."""
UNTIL = datetime(2026, 11, 21, 4, tzinfo=UTC)
SEED = 20
EVERY = 25
"""After so many changes the register is checked as it is: that is to be sound."""
CONTROLS = 24
CONTROL = (
    tampering.flip_payload,
    tampering.change_metadata,
    tampering.move_occurred,
    tampering.move_recorded,
    tampering.change_event_id,
    tampering.change_tag,
    tampering.insert_case,
    tampering.truncate,
)
"""Those that leave each history's versions in order, which is looked at as well."""


class Tally:
    """What came of the changes."""

    def __init__(self) -> None:
        self.mutations = self.undetected = self.misnamed = 0
        self.checks = self.false_alarms = self.control_undetected = 0

    def take(self, name: str, expected: Expected, verdict: Verdict) -> None:
        """Count a change; the first fault of its place has to name it."""
        self.mutations += 1
        faults = [one for one in verdict.faults if one.where is expected.where]
        if verdict.sound:
            self.undetected += 1
            say(f"{name}: not detected, expected {expected}")
        elif (
            not faults
            or faults[0].position != expected.position
            or faults[0].kind not in expected.kinds
        ):
            self.misnamed += 1
            say(f"{name}: expected {expected}, told {verdict.faults[:2]}")

    def check(self, verdict: Verdict) -> None:
        """Count a check of what nobody changed."""
        self.checks += 1
        self.false_alarms += not verdict.sound

    def figures(self, wanted: int) -> list[Figure]:
        """As the contract names them."""
        control = self.control_undetected
        return [
            Figure(
                "mutations",
                self.mutations,
                "changes",
                f">= {wanted}",
                self.mutations >= wanted,
            ),
            _none("undetected", self.undetected, "changes"),
            _none("misnamed", self.misnamed, "changes"),
            _none("false_alarms", self.false_alarms, "checks"),
            Figure("checks_of_the_untouched", self.checks, "checks"),
            Figure(
                "control_undetected",
                control,
                "changes",
                f"= {CONTROLS}",
                control == CONTROLS,
            ),
        ]


def _none(name: str, value: int, unit: str) -> Figure:
    return Figure(name, value, unit, "0", value == 0)


async def fill_register(connection: Connection, cases: int, folder: Path) -> None:
    """Enter real histories, and make room between their positions."""
    people = People(keys.load(folder / "keys" / "kek"))
    await employ(connection)
    await absence.enter(connection, UNTIL)
    await fill(connection, people, cases=cases, until=UNTIL, seed=SEED)
    await connection.set_autocommit(True)
    async with connection.transaction():
        await connection.execute("alter table register disable trigger all")
        for step in (-1, -3):
            await connection.execute(
                "update register set notification_id = notification_id * %s", [step]
            )
        await connection.execute(
            "select setval(pg_get_serial_sequence('register', 'notification_id'),"
            "              (select max(notification_id) + 2 from register))"
        )
        await connection.execute("alter table register enable trigger all")
        await connection.execute(
            "alter table register enable always trigger register_is_append_only"
        )


async def scene_of(connection: Connection, dice: random.Random) -> Scene:
    """The register as it was sealed."""
    cursor = await connection.execute(
        "select notification_id, originator_id, originator_version"
        "  from register order by notification_id"
    )
    return Scene([Row(*row) for row in await cursor.fetchall()], dice)


class Trial:
    """A sealed register, those who would forge it, and those who look."""

    def __init__(
        self, connection: Connection, scene: Scene, notary: Notary, folder: Path
    ) -> None:
        self._connection = connection
        self._scene = scene
        self._notary = notary
        self._folder = folder
        self._forger = Notary()

    async def look(self) -> Verdict:
        """Check against what was published."""
        published = PublishedCopy(self._folder)
        return await verify_register(self._connection, self._notary.opened, published)

    async def attempt(
        self, mutation: Mutation, *, is_hidden: bool
    ) -> tuple[Expected, Verdict]:
        """Make a change, look for it, undo it."""
        async with self._connection.transaction(force_rollback=True):
            expected = await self._change(mutation, is_hidden=is_hidden)
            return expected, await self.look()

    async def believe_the_forger(self, mutation: Mutation) -> bool:
        """The control: whether a hidden change passes where his checkpoint counts."""
        async with self._connection.transaction(force_rollback=True):
            await self._change(mutation, is_hidden=True)
            verdict = await verify_register(self._connection, self._forger.opened)
            return verdict.sound

    async def roll_all_back(
        self, held: bytes, folder: Path
    ) -> tuple[Expected, Verdict]:
        """Roll database and folder back to nothing; somebody holds a checkpoint."""
        note = self._notary.note(0, tree.EMPTY_ROOT)
        for name in ("checkpoint", "checkpoints/0"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(note)
        async with self._connection.transaction(force_rollback=True):
            expected = await self._change(tampered_log.roll_back_all, is_hidden=False)
            published, opened = PublishedCopy(folder), self._notary.opened
            verdict = await verify_register(self._connection, opened, published, held)
            return expected, verdict

    async def _change(self, mutation: Mutation, *, is_hidden: bool) -> Expected:
        await tampering.unlock(self._connection)
        await tampered_log.unlock(self._connection)
        expected = await mutation(self._connection, self._scene)
        if is_hidden:
            await tampered_log.seal_anew(self._connection, self._forger)
        return expected

    async def record_more(self) -> None:
        """Record what is not sealed yet, as a desk would."""
        await self._connection.execute(
            "insert into register (originator_id, originator_version, topic, state)"
            " values (%s, 1, 'closed', '{\"type\":\"closed\"}')",
            [UUID(int=self._scene.dice.getrandbits(128))],
        )


async def measure(url: str, mutations: int, cases: int, folder: Path) -> list[Figure]:
    """Seal and publish a register, then tamper with it."""
    dice, tally, notary = random.Random(SEED), Tally(), Notary()
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await fill_register(connection, cases, folder)
        scene = await scene_of(connection, dice)
        for share in (3, 2, 1):
            note = await seal(connection, notary, upto=len(scene.rows) // share)
            await publish(connection, folder, note)
        await introduce(connection, folder, notary)
        trial = Trial(connection, scene, notary, folder)
        say(f"{len(scene.rows)} entries sealed")
        kinds = (
            *tampering.REGISTER,
            *tampering.UNSEALABLE,
            *tampered_log.LOG_ALONE,
        )
        for n in range(mutations):
            mutation = kinds[n % len(kinds)]
            is_hidden = mutation in tampering.REGISTER and dice.random() < 0.5
            expected, verdict = await trial.attempt(mutation, is_hidden=is_hidden)
            tally.take(mutation.__name__, expected, verdict)
            if n % EVERY == 0:
                tally.check(await trial.look())
                await trial.record_more()
            if (n + 1) % 100 == 0:
                say(f"{n + 1} changes")
        tally.check(await trial.look())
        rolled = await trial.roll_all_back(note, folder / "rolled")
        tally.take("roll_back_all", *rolled)
        for n in range(CONTROLS):
            mutation = CONTROL[n % len(CONTROL)]
            tally.control_undetected += await trial.believe_the_forger(mutation)
    return tally.figures(mutations)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; answers the exit code."""
    parser = argparse.ArgumentParser(prog="bench tamper", description=__doc__)
    parser.add_argument("--mutations", type=int, default=MUTATIONS)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    with (
        house.server() as server,
        house.fresh(server) as url,
        tempfile.TemporaryDirectory(prefix="disposisi-tamper-") as folder,
    ):
        migrating.migrate(url)
        with psycopg.connect(url) as connection:
            version = f"PostgreSQL {connection.info.server_version // 10_000}"
        figures = asyncio.run(measure(url, asked.mutations, asked.cases, Path(folder)))
    return answer(Report("tamper", machine(version), figures), as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
