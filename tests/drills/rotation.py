"""`drill rotation`: the key-encryption key is changed again and again under clients.

Eight of them receive, read back what they said, and keep and fetch documents, while
`keys rotate` is killed in the middle and run again. No request fails, no name comes
back wrong, every key opens by the one generation that is left.
"""

import argparse
import asyncio
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
import psycopg

from application import keys
from application.cipher import SealBrokenError
from application.keys import KeyFiles
from application.people import People
from application.sealing import person_place
from interfaces.data_folder import DataFolder
from tests import staff
from tests.interfaces.http import forms
from tests.load.figures import Figure, Report, answer, machine, say
from tests.open_counter import appoint
from tests.served import DISPOSISI, environment, served

CLIENTS = 8
PERSONS, ROUNDS, KILLS = 50_000, 3, 3
SHORT = ("--persons", "4000", "--rounds", "1", "--kills", "2")
MOST_LINES = 3
"""So many tenths at most are told as done before a rotation is killed."""
BATCH = 1000


class Toll(msgspec.Struct):
    """What was asked, and what came of it."""

    requests: int = 0
    failed: int = 0
    wrong: int = 0
    """Answers that tell something else than what was said."""
    kills: int = 0
    halfway: int = 0
    """Kills after which both generations were in use."""
    rotations: int = 0
    shut: int = 0
    """Keys that nothing opens any more."""
    old_files: int = 0


class Drill:
    """One service, its clients, and the key that changes."""

    def __init__(self, data: Path, address: str) -> None:
        notice = DataFolder(data).notice()
        assert notice is not None
        self.toll = Toll()
        self._data = data
        self._url = notice.database
        self._address = address
        self._files = KeyFiles(data / "keys" / "kek")
        self._done = asyncio.Event()
        self._tokens: dict[str, str] = {}

    async def run(self, persons: int, rounds: int, kills: int) -> None:
        """Let everybody work, and rotate meanwhile."""
        self._tokens = await appoint(self._url, staff.PLACES, staff.AGENCIES)
        await self._fill(persons)
        async with asyncio.TaskGroup() as group:
            for _ in range(CLIENTS):
                group.create_task(self._client())
            for n in range(rounds):
                for _ in range(kills):
                    await self._rotate(killed_at=random.randint(1, MOST_LINES))
                await self._rotate(killed_at=None)
                say(f"round {n + 1}: {self.toll}")
            self._done.set()
        await self._look()

    async def _fill(self, persons: int) -> None:
        """People who have been here, as the service's own key wraps them."""
        people = People(keys.load(self._data / "keys" / "kek"))
        async with await psycopg.AsyncConnection.connect(self._url) as connection:
            for _ in range(0, persons, BATCH):
                batch = [
                    people.seal_new(uuid4(), staff.BIRO, uuid4(), {"words": b"{}"})
                    for _ in range(BATCH)
                ]
                await people.write(connection.cursor(), batch)

    async def _client(self) -> None:
        async with httpx.AsyncClient(base_url=self._address, timeout=60) as http:
            while not self._done.is_set():
                name = f"Yohana {uuid4().hex}"
                said = {"name": name, "phone": "0380123456"}
                made = await self._asked(
                    http, "agendaris", "POST", "/v1/cases", forms.letter(requester=said)
                )
                if made is None:
                    continue
                place = made.headers["location"]
                told = await self._asked(http, "agendaris", "GET", place)
                if told is not None:
                    self.toll.wrong += told.json()["requester"]["name"] != name
                await self._document(http, name.encode())

    async def _document(self, http: httpx.AsyncClient, content: bytes) -> None:
        kept = await self._asked(http, "agendaris", "POST", "/v1/documents", content)
        if kept is not None:
            place = kept.headers["location"]
            told = await self._asked(http, "agendaris", "GET", place)
            self.toll.wrong += told is not None and told.content != content

    async def _asked(
        self,
        http: httpx.AsyncClient,
        seat: str,
        method: str,
        path: str,
        body: forms.Form | bytes | None = None,
    ) -> httpx.Response | None:
        said = {"Authorization": f"Bearer {self._tokens[f'bo-{seat}']}"}
        if isinstance(body, bytes):
            said["Content-Type"] = "text/plain"
        given = await http.request(
            method,
            path,
            headers=said,
            content=body if isinstance(body, bytes) else None,
            json=body if isinstance(body, dict) else None,
        )
        self.toll.requests += 1
        if given.is_success:
            return given
        say(f"{method} {path}: {given.status_code} {given.text}")
        self.toll.failed += 1
        return None

    async def _rotate(self, killed_at: int | None) -> None:
        """Run the command; kill it when it has told of so many tenths."""
        process = await asyncio.create_subprocess_exec(
            *(*DISPOSISI, "keys", "rotate"),
            env=environment(self._data, None),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            cwd="/",
        )
        assert process.stderr is not None
        lines = 0
        async for _ in process.stderr:
            lines += 1
            if lines == killed_at:
                process.kill()
                self.toll.kills += 1
        code = await process.wait()
        if killed_at is None:
            self.toll.rotations += code == 0
            self.toll.failed += code != 0
        else:
            self.toll.halfway += len(self._files.generations) > 1

    async def _look(self) -> None:
        kek = keys.load(self._data / "keys" / "kek")
        self.toll.old_files = len(self._files.generations) - 1
        async with await psycopg.AsyncConnection.connect(self._url) as connection:
            found = await connection.execute("select person, wrapped_key from persons")
            async for person, wrapped in found:
                try:
                    kek.unwrap(wrapped, person_place(person))
                except SealBrokenError:
                    self.toll.shut += 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the drill; answers the exit code."""
    parser = argparse.ArgumentParser(prog="drill rotation", description=__doc__)
    parser.add_argument("--persons", type=int, default=PERSONS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        data, log = Path(name) / "data", Path(name) / "log"
        with served(data, "--workers", "2", log=log) as running:
            drill = Drill(data, running.url)
            asyncio.run(drill.run(asked.persons, asked.rounds, asked.kills))
    report = Report("rotation", machine("PostgreSQL 18"), figures(drill.toll))
    return answer(report, as_json=asked.json)


def figures(toll: Toll) -> list[Figure]:
    """What was asked of whom, and what has to be nothing."""
    some = ("requests", "kills", "halfway", "rotations")
    nothing = ("failed", "wrong", "shut", "old_files")
    return [
        *(
            Figure(name, getattr(toll, name), "", ">= 1", getattr(toll, name) > 0)
            for name in some
        ),
        *(
            Figure(name, getattr(toll, name), "", "0", getattr(toll, name) == 0)
            for name in nothing
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
