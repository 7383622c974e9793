"""Eight clients at once, one worker or two: what holds of every history afterwards."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import namedtuple_row

from application import register
from interfaces.clock import now
from projections import standing
from tests import house, staff
from tests.interfaces.http.forms import Form
from tests.interfaces.http.walkers import Walker, World
from tests.open_counter import OpenCounter, appoint
from tests.worker import worker

CLIENTS = 8
STEPS = 120
LINES = """
select notification_id as position, originator_id::text as stream,
       originator_version as version, metadata->>'request_id' as request_id
  from register order by notification_id
"""
NUMBERS = "select registration_number, case_id::text from registrations"


class Walked(NamedTuple):
    """What the walkers were told, and the counter that still answers."""

    world: World
    counter: OpenCounter

    def asked(self, query: str) -> list[Any]:
        """Rows of the database."""
        with psycopg.connect(
            self.counter.database_url, row_factory=namedtuple_row
        ) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module", params=[1, 2], ids=["one worker", "two workers"])
def walked(
    request: pytest.FixtureRequest,
    server_url: str,
    template: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Walked]:
    """The office after eight random walks."""
    folder = tmp_path_factory.mktemp("data")
    with house.fresh(server_url, of=template) as url:
        issued = asyncio.run(appoint(url, staff.PLACES, staff.AGENCIES))
        with worker(url, folder, folder / "log", workers=request.param) as address:
            world = World()
            with ThreadPoolExecutor(CLIENTS) as pool:
                walks = [
                    pool.submit(Walker(address, issued, world, seed).walk, STEPS)
                    for seed in range(CLIENTS)
                ]
            for walk in walks:
                walk.result()
            counter = OpenCounter(address, url, Path(folder), issued)
            yield Walked(world, counter)
            counter.close()


def test_the_walks_were_worth_looking_at(walked: Walked):
    world = walked.world
    assert not world.strange
    assert len(world.done) > CLIENTS * STEPS / 4
    assert len(world.refused) > CLIENTS
    assert world.replayed
    assert len({case.stage for case in world.cases}) > 4


def test_each_acknowledged_command_stands_there_once_and_no_other(walked: Walked):
    world = walked.world
    entered = Counter((line.request_id, line.stream) for line in walked.asked(LINES))
    acknowledged = {done.request_id for done in world.done}
    assert {request_id for request_id, _ in entered} == acknowledged
    assert acknowledged.isdisjoint(world.refused + world.replayed)
    # A visit with its card, or a refusal with its signature, is two lines.
    assert set(entered.values()) <= {1, 2}


def test_the_answer_named_the_place_where_it_stands(walked: Walked):
    lines = {(line.stream, line.version): line for line in walked.asked(LINES)}
    for done in walked.world.done:
        line = lines[done.case, done.answer["version"]]
        assert line.request_id == done.request_id
        assert line.position == done.answer["position"]


def test_versions_are_dense_and_the_last_is_the_last_acknowledged(walked: Walked):
    versions: dict[str, list[int]] = {}
    for line in walked.asked(LINES):
        versions.setdefault(line.stream, []).append(line.version)
    last: dict[str, int] = {}
    for done in walked.world.done:
        last[done.case] = max(last.get(done.case, 0), done.answer["version"])
    assert versions.keys() == last.keys()
    for stream, found in versions.items():
        assert found == list(range(1, last[stream] + 1))


def test_registration_numbers_have_no_gap(walked: Walked):
    taken: dict[str, list[int]] = {}
    for row in walked.asked(NUMBERS):
        prefix, _, number = row.registration_number.rpartition("-")
        taken.setdefault(prefix, []).append(int(number))
    told = {done.answer["registration_number"] for done in walked.world.done}
    assert len(told) == sum(map(len, taken.values())) == len(walked.world.cases)
    for numbers in taken.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_every_history_replays_to_what_is_shown(walked: Walked):
    counter = walked.counter
    for case in walked.world.cases:
        inspector = counter["pengawas"]
        shown = inspector.get(f"/v1/cases/{case.id}").json()
        stood = replayed(counter.database_url, case.id)
        assert shown["version"] == stood.version
        assert shown["stage"] == stood.case.stage
        assert shown["outcome"] == stood.case.outcome
        assert shown["assignee"] == stood.case.assignee
        assert shown["registration_number"] == stood.case.registration_number
        draft = stood.case.draft
        assert (shown["draft"] or {}).get("n") == (None if draft is None else draft.n)
        history = inspector.get(f"/v1/cases/{case.id}/history", limit=200).json()
        assert len(history["items"]) == stood.version


def test_every_answer_is_what_the_case_was_at_that_version(walked: Walked):
    for done in walked.world.done:
        answer = done.answer
        past: Form = (
            walked.counter["pengawas"]
            .get(f"/v1/cases/{done.case}", version=answer["version"])
            .json()
        )
        for told in ("version", "stage", "outcome", "clocks", "registration_number"):
            assert past[told] == answer[told], told


def replayed(database_url: str, case: str) -> standing.Standing:
    """The case folded from the register by ourselves."""
    return standing.replay(asyncio.run(_entries(database_url, case)), now())


async def _entries(database_url: str, case: str):
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        return await register.entries_of(connection, UUID(case))
