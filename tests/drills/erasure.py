"""`drill erasure`: after an erasure nothing that the person said is found anywhere.

Not in a dump, not in any file of the data folder (tables, write-ahead log, the
database's own log of every statement), not in the service's log, in no answer, list,
export or number. What a thief of the database had copied before opens until the key
is rotated, and with nothing afterwards. A dump from before, restored, is erased at
the start. Controls: the same search finds all of it while nobody is erased, and what
is kept in clear.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import httpx
import psycopg
from psycopg.conninfo import make_conninfo

from application import keys
from application.cipher import SealBrokenError
from application.errands import Errand
from application.people import People
from domain import commands
from interfaces import wiring
from interfaces.data_folder import DataFolder
from interfaces.settings import Settings
from tests import dumps, staff
from tests.drills.found import Toll, figures
from tests.drills.told_by_one import VALUES, Line, Told, lines
from tests.drills.traces import Traces
from tests.interfaces.http import life
from tests.interfaces.http.subjects import PLACES
from tests.load.figures import Report, answer, machine, say
from tests.open_counter import OpenCounter, appoint
from tests.served import Served, run, served

SHORT = ()


class Drill:
    """One data folder, one person, from the first word to the last."""

    def __init__(self, served: Served, log: Path, folder: Path) -> None:
        notice = DataFolder(served.data).notice()
        assert notice is not None
        self._served = served
        self._url = notice.database
        self._metrics = notice.metrics
        self._log = log
        self._folder = folder
        self._traces = Traces(VALUES)
        self.toll = Toll()
        issued = asyncio.run(appoint(self._url, PLACES, staff.AGENCIES))
        self._counter = OpenCounter(served.url, self._url, served.data, issued)

    def run(self) -> None:
        """Tell, read, steal, erase, look; then the controls that would spoil it."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            # The most that a database's own log can ever hold.
            connection.execute("alter system set log_statement = 'all'")
            connection.execute("alter system set log_parameter_max_length = -1")
            connection.execute("select pg_reload_conf()")
        told = Told(self._counter)
        self.toll.before_in_answers = len(self._in_answers(told))
        stolen = lines(self._url)
        kek = keys.load(self._keys / "kek")
        dumps.dump(self._url, self._folder / "before")
        told.erase_visitor()
        asyncio.run(self._erase(told))
        self._look(told)
        self.toll.stolen_opened = len(self._opened(stolen, kek))
        asyncio.run(self._restore())
        self._rotate()
        self.toll.stolen_opened_after_rotation = len(
            self._opened(stolen, keys.load(self._keys / "kek"))
        )
        self._look(told)
        self._verify()
        self._counter.close()

    @property
    def _keys(self) -> Path:
        return self._served.data / "keys"

    def _in_answers(self, told: Told) -> set[bytes]:
        found: set[bytes] = set()
        for seat, path, given in told.asked():
            here = self._traces.found(given.content) | self._traces.found(
                repr(given.headers)
            )
            if given.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
                say(f"{seat} {path}: {given.status_code}")
                self.toll.faults += 1
            found |= here
            is_gone = given.status_code == httpx.codes.GONE
            self.toll.document_told_gone += is_gone
        return found

    async def _erase(self, told: Told) -> None:
        """By the desk, with the ledger; another matter's act bears it."""
        erases = told.erasures(self._url)
        other = life.letter(
            self._counter, requester={"name": "X", "phone": "0380123456"}
        )
        settings = Settings(database_url=self._url, data=str(self._served.data))
        async with wiring.counter(settings) as counter:
            principal = await counter.principals.resolve(
                self._counter.token("bo-kepala")
            )
            assert principal is not None
            await counter.desk.handle(
                Errand(
                    command=commands.Dispose(to="bo-analis"),
                    action="disposition",
                    principal=principal,
                    subject=UUID(other.answer["case"]),
                    case=UUID(other.answer["case"]),
                    expected=1,
                    erases=erases,
                    request_id="drill",
                )
            )

    def _look(self, told: Told) -> None:
        toll = self.toll
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("vacuum")
            connection.execute("checkpoint")
        toll.in_answers += self._say("answer", self._in_answers(told))
        script = self._folder / "after.sql"
        dumps.dump(self._url, script, "plain")
        toll.in_dump += self._say("dump", self._traces.found(script.read_bytes()))
        for file, found in self._traces.in_files(self._served.data).items():
            toll.in_files += self._say(str(file), found)
        home = (self._served.data / "postgres").resolve()
        # What follows rests on it: the database's log holds every statement.
        logs = [one.read_bytes() for one in (home / "log").iterdir()]
        assert any(b"insert into sealed" in one for one in logs)
        if not home.is_relative_to(self._served.data):
            for file, found in self._traces.in_files(home).items():
                toll.in_files += self._say(str(file), found)
        toll.in_log += self._say("log", self._traces.found(self._log.read_bytes()))
        if self._metrics is not None:
            told_there = httpx.get(f"{self._metrics}/metrics")
            toll.in_metrics += self._say(
                "metrics", self._traces.found(told_there.content)
            )

    def _say(self, where: str, found: set[bytes]) -> int:
        if found:
            say(f"{where}: {sorted(found)}")
        return len(found)

    def _opened(self, stolen: Sequence[Line], kek: keys.KeyEncryptionKey) -> set[bytes]:
        """The values in whatever of a stolen database a key opens."""
        people, found = People(kek), set()
        for person, wrapped, record, field, ciphertext in stolen:
            try:
                clear = people.unseal(wrapped, person, record, field, ciphertext)
            except SealBrokenError:
                continue
            found |= self._traces.found(clear)
        return found

    def _rotate(self) -> None:
        done = run("keys", "rotate", "--json", data=self._served.data)
        assert done.returncode == 0, done.stderr

    def _verify(self) -> None:
        if (self._served.data / "log" / "key").exists():
            done = run("verify", data=self._served.data)
            self.toll.verify_failed = done.returncode
            self.toll.verified = 1
            if done.returncode:
                say(done.stdout + done.stderr)

    async def _restore(self) -> None:
        """A dump from before, in another database, with the keys and the ledger."""
        async with await psycopg.AsyncConnection.connect(
            self._url, autocommit=True
        ) as connection:
            await connection.execute("create database restored")
        url = make_conninfo(self._url, dbname="restored")
        dumps.restore(self._folder / "before", url)
        self.toll.restored = len(lines(url))
        settings = Settings(database_url=url, data=str(self._served.data))
        async with wiring.counter(settings):
            self.toll.restored_alive = len(lines(url))
        async with await psycopg.AsyncConnection.connect(
            self._url, autocommit=True
        ) as connection:
            await connection.execute("drop database restored with (force)")

    def spoil(self) -> None:
        """The control: what stands in clear anywhere is found by the same search."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("create table clear (told bytea)")
            for value in VALUES:
                said = value if isinstance(value, bytes) else value.encode()
                connection.execute("insert into clear values (%s)", (said,))
            connection.execute("checkpoint")
        script = self._folder / "clear.sql"
        dumps.dump(self._url, script, "plain")
        self.toll.clear_in_dump = len(self._traces.found(script.read_bytes()))
        home = (self._served.data / "postgres").resolve()
        here = self._traces.in_files(home).values()
        self.toll.clear_in_files = len(set().union(*here))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the drill; answers the exit code."""
    parser = argparse.ArgumentParser(prog="drill erasure", description=__doc__)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = folder / "log"
        with served(folder / "data", log=log) as running:
            drill = Drill(running, log, folder)
            drill.run()
            drill.spoil()
    report = Report("erasure", machine("PostgreSQL 18"), figures(drill.toll))
    return answer(report, as_json=asked.json)
