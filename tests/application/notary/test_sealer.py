"""The sealer enters every line once and in order, and stops before what can't be so."""

import asyncio
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
import pytest

from application import marks
from application.notary import leaf, ledger, stored, tree
from application.notary.sealer import NAME, Sealer
from application.notary.tiles import Edge
from tests.application.notary.sealing_done import add, histories, sealed
from tests.awaiting import comes_true_there

DROP = """
set session_replication_role = replica;
alter table register disable trigger user;
delete from register where originator_id = '%s' and originator_version = %s;
alter table register enable always trigger register_is_append_only;
"""


@pytest.fixture
def register(database_url):
    """Give an owner's connection to the register."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


async def entries_made(owner):
    """Make the entries anew from the register, one at a time."""
    last: dict[bytes, bytes] = {}
    made = []
    for line in await stored.page_after(owner, 0, 100_000):
        entry = leaf.encode(line, last.get(line.stream, leaf.NOTHING_BEFORE))
        last[line.stream] = tree.leaf_hash(entry)
        made.append(entry)
    return made


async def log_is_the_registers(owner):
    made = await entries_made(owner)
    assert await ledger.entries(owner, 0, len(made)) == made
    edge = Edge()
    edge.append(b"".join(map(tree.leaf_hash, made)))
    assert await ledger.root(owner, len(made)) == edge.root()
    assert (await ledger.standing(owner)).size == len(made)


async def test_every_line_is_sealed_in_the_order_of_recording(
    database_url, register, owner
):
    add(register, histories(60, 9))
    await sealed(database_url, 540)
    await log_is_the_registers(owner)
    add(register, [(UUID(int=7), 10), (UUID(int=700), 1), (UUID(int=7), 11)])
    await sealed(database_url, 543)
    await log_is_the_registers(owner)


async def test_a_streams_head_and_any_line_are_found(database_url, register, owner):
    add(register, histories(30, 10))
    await sealed(database_url, 300)
    head = await ledger.head(owner, UUID(int=4))
    assert head is not None
    assert (head.version, head.index) == (10, 9 * 30 + 3)
    lines = await stored.lines_of(owner, UUID(int=4))
    found = await ledger.index_at(owner, lines[2].position)
    assert found is not None
    index, entry = found
    assert (index, leaf.decode(entry).version) == (2 * 30 + 3, 3)
    assert await ledger.index_at(owner, 10**9) is None
    assert await ledger.head(owner, UUID(int=999)) is None


async def stopped_at(owner):
    async def stands():
        return (await ledger.standing(owner)).stopped_at is not None

    await comes_true_there(stands)
    return await ledger.standing(owner)


@asynccontextmanager
async def running(sealer):
    stop = asyncio.Event()
    task = asyncio.create_task(sealer.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def test_nothing_is_sealed_from_a_gap_on_and_operators_are_told(
    database_url, register, owner
):
    add(register, histories(10, 3))
    register.execute(DROP % (UUID(int=5), 2))
    async with running(Sealer(database_url, page_size=7, rest=0)):
        standing = await stopped_at(owner)
    # Version 3 of stream 5 is the first line that shows it, at position 25.
    assert (standing.size, standing.stopped_at) == (23, 25)
    assert standing.reason == (f"version 3 of {UUID(int=5)} where version 2 comes next")
    assert await marks.position(owner, NAME) == 24


async def test_sealing_goes_on_when_the_missing_line_is_back(
    database_url, register, owner
):
    add(register, histories(4, 1))
    add(register, [(UUID(int=1), 3)])
    now = [0.0]
    sealer = Sealer(database_url, rest=0, now=lambda: now[0])
    async with running(sealer):
        assert (await stopped_at(owner)).size == 4
        with register.transaction():
            register.execute("alter table register disable trigger user")
            register.execute(
                "update register set originator_version = 2"
                " where originator_version = 3"
            )
            register.execute(
                "alter table register enable always trigger register_is_append_only"
            )
        now[0] += 60

        async def goes_on():
            return (await ledger.standing(owner)).size == 5

        await comes_true_there(goes_on)
    assert (await ledger.standing(owner)).stopped_at is None
    await log_is_the_registers(owner)


async def test_two_sealers_at_once_make_one_log(database_url, register, owner):
    add(register, histories(50, 20))
    one = Sealer(database_url, page_size=37, rest=0)
    async with running(one):
        await sealed(database_url, 1000, Sealer(database_url, page_size=41, rest=0))
    await log_is_the_registers(owner)


class Unfenced:
    """A mark that lets everybody pass."""

    async def place(self, connection):
        return await marks.place(connection, NAME)

    async def move(self, connection, old, new):
        await marks.rewind(connection, NAME, new)


async def test_without_the_fence_two_sealers_make_no_log(database_url, register, owner):
    """The control of the test before."""
    add(register, histories(50, 20))
    both = [
        Sealer(database_url, page_size=size, rest=0, mark=Unfenced())
        for size in (37, 41)
    ]
    stop = asyncio.Event()
    tasks = [asyncio.create_task(each.run(stop)) for each in both]

    async def ended():
        at = await marks.position(owner, NAME)
        return at == 1000 or all(task.done() for task in tasks)

    await comes_true_there(ended)
    stop.set()
    told = await asyncio.gather(*tasks, return_exceptions=True)
    if not any(isinstance(each, Exception) for each in told):
        with pytest.raises(AssertionError):
            await log_is_the_registers(owner)


@pytest.mark.parametrize(
    "statement",
    [
        "update log_tiles set hashes = set_byte(hashes, 0, 1 # get_byte(hashes, 0))",
        "update log_entries set entries = substring(entries for 100)",
        "delete from log_tiles",
        "truncate log_entries",
        "delete from log_checkpoints",
        "update log_keys set n = n",
    ],
)
async def test_what_is_sealed_is_not_changed_by_mistake(
    database_url, register, owner, statement
):
    add(register, histories(3, 3))
    await sealed(database_url, 9)
    with pytest.raises(psycopg.errors.RestrictViolation):
        await owner.execute(statement)
