"""The register takes lines in order, keeps them as they are, and tells conflicts."""

import asyncio
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec
import psycopg
import pytest
from psycopg import errors, sql

from application import register, upcasting
from application.discretion import StoreRefusedError, discreet
from application.entries import Metadata, NewEntry
from domain import events
from domain.values import Role

AT = datetime(2026, 3, 16, 0, 30, 0, 123456, tzinfo=UTC)
BY_THE_HEAD = Metadata(
    official="kepala-bppd", role=Role.AGENCY_HEAD, agency="bppd", note="segera — “ya”"
)


def disposed(stream, version):
    return NewEntry(
        stream=stream,
        version=version,
        event=events.Disposed(to="ina", by="kepala-bppd"),
        event_id=uuid4(),
        occurred_at=AT,
        recorded_at=AT + timedelta(hours=8),
        metadata=BY_THE_HEAD,
    )


@contextmanager
def refused(constraint):
    """Expect the append to be refused by this constraint."""
    with pytest.raises(StoreRefusedError) as caught:
        yield
    assert caught.value.constraint == constraint


async def connected(url):
    return await psycopg.AsyncConnection.connect(url, autocommit=True)


async def test_an_entry_is_read_back_as_it_was_recorded(desk):
    entry = disposed(uuid4(), 1)

    [position] = await register.append(desk.cursor(), [entry])

    [found] = await register.entries_of(desk, entry.stream)
    assert found.position == position
    assert msgspec.structs.asdict(found) == msgspec.structs.asdict(entry) | {
        "position": position
    }
    assert found.occurred_at.tzinfo is UTC


async def test_positions_follow_the_order_of_the_entries(desk):
    streams = [uuid4() for _ in range(40)]
    batch = [disposed(s, version) for version in (1, 2, 3) for s in streams]

    positions = await register.append(desk.cursor(), batch)

    assert positions == sorted(positions)
    page = await register.page_after(desk, 0, 1000)
    assert [line.event_id for line in page] == [entry.event_id for entry in batch]
    assert [line.position for line in page] == positions
    assert await register.head(desk) == positions[-1]


async def test_an_empty_batch_records_nothing(desk):
    assert await register.append(desk.cursor(), []) == []
    assert await register.head(desk) == 0


async def test_histories_of_several_streams_come_with_one_query(desk):
    one, other, silent = uuid4(), uuid4(), uuid4()
    batch = [disposed(one, 1), disposed(other, 1), disposed(one, 2)]
    await register.append(desk.cursor(), batch)

    histories = await register.histories(desk.cursor(), [one, silent, other])

    assert {s: [step.version for step in h] for s, h in histories.items()} == {
        one: [1, 2],
        other: [1],
    }
    assert histories[one][0].event() == batch[0].event
    assert histories[one][0].occurred_at == AT


async def test_a_batch_fits_one_pipeline(desk):
    one = uuid4()
    async with desk.pipeline():
        cursor, reader = desk.cursor(), desk.cursor()
        async with desk.transaction():
            await register.send_append(cursor, [disposed(one, 1)])
            await register.ask_histories(reader, [one])
            assert len(await register.positions(cursor)) == 1
            assert len((await register.histories_asked(reader))[one]) == 1


async def test_pages_and_histories_can_be_read_piece_by_piece(desk):
    one = uuid4()
    batch = [disposed(one, version) for version in range(1, 6)]
    positions = await register.append(desk.cursor(), batch)

    entries = await register.entries_of(desk, one, after=1, limit=2)
    page = await register.page_after(desk, positions[2], 10)

    assert [entry.version for entry in entries] == [2, 3]
    assert [line.version for line in page] == [4, 5]


async def test_a_version_is_recorded_once_and_the_whole_batch_refused(desk):
    one, other = uuid4(), uuid4()
    await register.append(desk.cursor(), [disposed(one, 1)])

    with refused(register.VERSION_TAKEN):
        await register.append(desk.cursor(), [disposed(other, 1), disposed(one, 1)])

    assert list(await register.histories(desk.cursor(), [one, other])) == [one]


async def test_a_conflict_in_a_pipeline_is_told_as_well(desk):
    one = uuid4()
    await register.append(desk.cursor(), [disposed(one, 1)])

    with refused(register.VERSION_TAKEN), discreet():
        async with desk.pipeline(), desk.transaction():
            await register.send_append(desk.cursor(), [disposed(one, 1)])


async def test_of_two_who_decide_on_one_version_one_is_refused(desk, owner):
    one = uuid4()

    async def record(connection):
        await register.append(connection.cursor(), [disposed(one, 1)])

    ends = await asyncio.gather(record(desk), record(owner), return_exceptions=True)

    assert {type(end) for end in ends} == {type(None), StoreRefusedError}


async def test_after_a_commit_in_doubt_the_event_is_found_by_its_id(desk):
    entry = disposed(uuid4(), 1)
    [position] = await register.append(desk.cursor(), [entry])

    again = msgspec.structs.replace(entry, version=2)
    with refused(register.EVENT_STANDS):
        await register.append(desk.cursor(), [again])

    [line] = await register.find_events(desk, [entry.event_id, uuid4()])
    assert (line.position, line.version) == (position, 1)


async def test_what_was_rolled_back_leaves_a_hole_and_no_line(desk):
    one = uuid4()
    async with desk.transaction(force_rollback=True):
        await register.append(desk.cursor(), [disposed(one, 1)])

    [position] = await register.append(desk.cursor(), [disposed(one, 1)])

    assert position == 2
    assert len(await register.page_after(desk, 0, 10)) == 1


async def test_state_and_metadata_are_kept_to_the_byte(desk):
    entry = disposed(uuid4(), 1)
    await register.append(desk.cursor(), [entry])

    [line] = await register.lines_of(desk, entry.stream)

    assert line.state == msgspec.json.encode(entry.event)
    assert line.metadata.encode() == msgspec.json.encode(entry.metadata)
    assert line.tag == "disposed"


async def test_a_line_with_an_unknown_tag_is_read_but_not_decoded(owner):
    await owner.execute(
        "select register_append(array[gen_random_uuid()], array[1], array['exploded'],"
        " array['{}'::bytea], null, null, null, null)"
    )

    [line] = await register.page_after(owner, 0, 10)

    assert line.metadata == "{}"
    with pytest.raises(upcasting.UnknownTagError):
        line.entry()


async def test_every_commit_wakes_those_who_listen(desk, owner):
    await owner.execute(f"listen {register.CHANNEL}")

    positions = await register.append(
        desk.cursor(), [disposed(uuid4(), 1), disposed(uuid4(), 1)]
    )

    [notice] = [n async for n in owner.notifies(timeout=5, stop_after=1)]
    assert notice.payload == str(positions[-1])


CHANGES = (
    "update register set topic = 'closed'",
    "update register set topic = 'closed' where false",
    "delete from register",
    "truncate register",
    """insert into register select r.* from register r
           on conflict (notification_id) do update set topic = 'closed'""",
    "merge into register r using (select 1) as o on true when matched then delete",
)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("replica", [False, True], ids=["origin", "replica"])
async def test_even_its_owner_cannot_change_a_line(owner, change, replica):
    await register.append(owner.cursor(), [disposed(uuid4(), 1)])
    if replica:
        await owner.execute("set session_replication_role = replica")

    with pytest.raises(errors.RestrictViolation):
        await owner.execute(sql.SQL(change))

    assert [line.tag for line in await register.page_after(owner, 0, 10)] == [
        "disposed"
    ]


@pytest.mark.parametrize(
    "act",
    [
        *CHANGES,
        """insert into register (originator_id, originator_version, topic, state)
           values (gen_random_uuid(), 1, 'closed', '{}')""",
        "select nextval('register_notification_id_seq')",
        "alter table register disable trigger all",
        "create table more (n integer)",
        "drop function register_append",
    ],
)
async def test_the_desks_role_has_no_way_but_the_append(desk, act):
    with pytest.raises(errors.InsufficientPrivilege):
        await desk.execute(sql.SQL(act))


async def test_a_stranger_may_not_even_append(owner):
    async with owner.transaction(force_rollback=True):
        await owner.execute("create role disposisi_test_stranger")
        await owner.execute("set local role disposisi_test_stranger")
        with pytest.raises(StoreRefusedError) as caught:
            await register.append(owner.cursor(), [disposed(uuid4(), 1)])
    assert caught.value.sqlstate == errors.InsufficientPrivilege.sqlstate
