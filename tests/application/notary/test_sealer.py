"""The sealer enters every line once and in order, and stops before what can't be so."""

import asyncio
from contextlib import asynccontextmanager
from uuid import UUID

import psycopg
import pytest
from structlog.testing import capture_logs

from application import marks
from application.notary import leaf, ledger, pulse, stored, tree
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


def changed(register, statement):
    """Do to the log what only the database's superuser can."""
    for table in ("log_tiles", "log_entries"):
        register.execute(f"alter table {table} disable trigger user".encode())
    register.execute(statement.encode())
    for table in ("log_tiles", "log_entries"):
        register.execute(f"alter table {table} enable trigger user".encode())


MEND = """
delete from log_tiles;
delete from log_entries;
insert into log_tiles select * from kept_tiles;
insert into log_entries select * from kept_entries;
"""
LOG_FAULTS = {
    "delete from log_tiles where level = 0 and n = 1": "tile 0/1 lacks the hash",
    "delete from log_entries where n = 1": "the last bundle lacks entries",
    "update log_entries set entries = substring(entries for 90) where n = 1": (
        "a bundle ends within an entry"
    ),
}


def keep(register):
    register.execute(
        "drop table if exists kept_tiles, kept_entries;"
        "create temp table kept_tiles as table log_tiles;"
        "create temp table kept_entries as table log_entries"
    )


async def stops_and_goes_on(register, owner, reason, size):
    """Whether the log's stop is told everywhere, and is over when it is mended."""
    standing = await stopped_at(owner)
    assert (standing.size, standing.stopped_at) == (size, size)
    assert standing.reason == reason
    assert (await pulse.pulse(owner)).stopped_at == size
    changed(register, MEND)

    async def goes_on():
        return (await ledger.standing(owner)).stopped_at is None

    await comes_true_there(goes_on)


@pytest.mark.parametrize("change", LOG_FAULTS)
async def test_a_log_with_a_hole_stops_the_sealer_which_says_so_until_it_is_mended(
    database_url, register, owner, change
):
    add(register, histories(300, 1))
    await sealed(database_url, 300)
    keep(register)
    changed(register, change)
    async with running(Sealer(database_url, rest=0, retry=0.05)):
        await stops_and_goes_on(register, owner, LOG_FAULTS[change], 300)
        add(register, [(UUID(int=901), 1)])
        await comes_true_there(lambda: is_of_size(owner, 301))
    await log_is_the_registers(owner)


async def test_a_log_that_changes_under_the_sealer_stops_it_too(
    database_url, register, owner
):
    add(register, histories(300, 1))
    async with running(Sealer(database_url, rest=0, retry=0.05)):
        await comes_true_there(lambda: is_of_size(owner, 300))
        keep(register)
        changed(
            register,
            "update log_tiles set hashes = set_byte(hashes, 0, 7 # get_byte(hashes, 0))"
            " where level = 0 and n = 1",
        )
        add(register, [(UUID(int=901), 1)])
        reason = "the log only grows: UPDATE of log_tiles is refused"
        await stops_and_goes_on(register, owner, reason, 300)
        await comes_true_there(lambda: is_of_size(owner, 301))
    await log_is_the_registers(owner)


async def test_a_mark_that_is_not_where_the_log_ends_passes_no_line_over(
    database_url, register, owner
):
    add(register, histories(30, 1))
    await sealed(database_url, 30)
    add(register, [(UUID(int=901), 1), (UUID(int=902), 1)])
    register.execute("update marks set position = 31 where name = 'sealer'")
    async with running(Sealer(database_url, rest=0, retry=0.05)):
        standing = await stopped_at(owner)
        assert standing.size == 30
        assert standing.reason == "the mark is at 31, and the log ends with 30"
        register.execute("update marks set position = 30 where name = 'sealer'")
        await comes_true_there(lambda: is_of_size(owner, 32))
    assert (await ledger.standing(owner)).stopped_at is None
    await log_is_the_registers(owner)


async def is_of_size(owner, size):
    return (await ledger.standing(owner)).size == size


async def test_two_sealers_at_once_make_one_log(database_url, register, owner):
    add(register, histories(50, 20))
    one = Sealer(database_url, page_size=37, rest=0)
    with capture_logs() as told:
        async with running(one):
            await sealed(database_url, 1000, Sealer(database_url, page_size=41, rest=0))
    await log_is_the_registers(owner)
    assert not stops(told)


def stops(told):
    return [line for line in told if line["event"] == "log_stopped"]


class Unfenced:
    """A mark that lets everybody pass."""

    async def place(self, connection):
        return await marks.place(connection, NAME)

    async def move(self, connection, old, new):
        await marks.rewind(connection, NAME, new)


class Late:
    """A mark whose sealer has read its page, and is held up before it writes."""

    def __init__(self, mark) -> None:
        self._mark = mark
        self.has_read, self.may_write = asyncio.Event(), asyncio.Event()

    async def place(self, connection):
        return await self._mark.place(connection)

    async def move(self, connection, old, new):
        self.has_read.set()
        await self.may_write.wait()
        await self._mark.move(connection, old, new)


@pytest.mark.parametrize("is_fenced", [True, False])
async def test_a_sealer_held_up_writes_over_the_other_one_without_the_fence(
    database_url, register, owner, is_fenced
):
    """False is the control of the test before."""
    add(register, histories(50, 20))
    mark = Late(marks.NamedMark(NAME) if is_fenced else Unfenced())
    late = Sealer(database_url, page_size=37, rest=0, mark=mark)
    with capture_logs() as told:

        async def has_written():
            events = {line["event"] for line in told}
            return bool(events & {"log_stopped", "sealer_stands_by"})

        async with running(late):
            await mark.has_read.wait()
            await sealed(database_url, 1000, Sealer(database_url, page_size=41, rest=0))
            mark.may_write.set()
            await comes_true_there(has_written)
    reasons = [line["reason"] for line in stops(told)]
    refused = "the log only grows: UPDATE of log_tiles is refused"
    assert reasons == ([] if is_fenced else [refused])


CHANGES = [
    "update log_tiles set hashes = set_byte(hashes, 0, 1 # get_byte(hashes, 0))",
    "update log_entries set entries = substring(entries for 100)",
    "delete from log_tiles",
    "delete from log_entries",
    "truncate log_tiles",
    "truncate log_entries",
    "delete from log_checkpoints",
    "update log_keys set n = n",
]


@pytest.mark.parametrize("statement", CHANGES)
@pytest.mark.parametrize("replica", [False, True], ids=["origin", "replica"])
async def test_what_is_sealed_is_not_changed_by_mistake(
    database_url, register, owner, statement, replica
):
    add(register, histories(3, 3))
    await sealed(database_url, 9)
    if replica:
        await owner.execute("set session_replication_role = replica")
    with pytest.raises(psycopg.errors.RestrictViolation):
        await owner.execute(statement)


@pytest.mark.parametrize("role", ["disposisi_desk", "disposisi_reader"])
@pytest.mark.parametrize(
    "statement",
    [
        *CHANGES,
        "insert into log_tiles values (0, 0, decode(repeat('00', 32), 'hex'))",
        "insert into log_entries values (0, 1, 'x')",
        "insert into log_heads values (gen_random_uuid(), 1, 0, 'x')",
        "insert into log_checkpoints values (1, 'x')",
        "insert into log_keys values (1, 'x')",
        "update log_state set size = 0",
    ],
)
async def test_nobody_but_the_notary_writes_the_log(owner, role, statement):
    await owner.execute(f"set role {role}".encode())
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await owner.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "select * from persons",
        "select * from officials",
        "update register set state = 'x'",
        "insert into register values (gen_random_uuid(), 1, 'x', 'x')",
        "delete from log_checkpoints",
        "delete from log_tiles",
    ],
)
async def test_the_notary_writes_nothing_but_the_log(owner, statement):
    await owner.execute("set role disposisi_notary")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await owner.execute(statement)
