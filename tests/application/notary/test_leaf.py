"""An entry of the log holds fast to every byte of its line."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from application import register
from application.notary import leaf, stored
from application.notary.stored import StoredLine

LINE = StoredLine(
    position=7,
    stream=UUID(int=1).bytes,
    version=2,
    tag=b"disposed",
    payload=b'{"type":"disposed"}',
    event_id=UUID(int=3).bytes,
    occurred_at=leaf.instant(datetime(2026, 2, 10, 1, 5, tzinfo=UTC)),
    recorded_at=leaf.instant(datetime(2026, 2, 10, 1, 6, tzinfo=UTC)),
    metadata=b'{"official":"a"}',
)
BEFORE = sha256(b"before").digest()

ADD = """
select register_append(
    array[%s], array[1::bigint], array['closed'], array['{"type":"closed"}'::bytea],
    array[%s], array['2026-02-10 09:05:00.000001+08'::timestamptz],
    array['1999-12-31 23:59:59.999999+00'::timestamptz],
    array['{"note":  "x", "a":1, "a":2}']
)
"""


def test_an_entry_is_laid_out_to_the_byte():
    entry = leaf.encode(LINE, BEFORE)
    context = LINE.event_id + LINE.occurred_at + LINE.recorded_at + LINE.metadata
    assert entry == (
        b"dsp\x01"
        + (7).to_bytes(8, "big")
        + UUID(int=1).bytes
        + (2).to_bytes(8, "big")
        + b"\x08disposed"
        + sha256(LINE.payload).digest()
        + sha256(context).digest()
        + BEFORE
    )


def test_an_entry_is_taken_apart_again():
    told = leaf.decode(leaf.encode(LINE, BEFORE))
    assert (told.position, told.stream, told.version) == (7, UUID(int=1), 2)
    assert (told.tag, told.previous) == ("disposed", BEFORE)


@pytest.mark.parametrize(
    "change",
    [
        {"position": 8},
        {"stream": UUID(int=2).bytes},
        {"version": 3},
        {"tag": b"disposer"},
        {"payload": b'{"type":"disposed" }'},
        {"event_id": UUID(int=4).bytes},
        {"occurred_at": LINE.recorded_at},
        {"recorded_at": LINE.occurred_at},
        {"metadata": b'{"official": "a"}'},
    ],
)
def test_any_change_of_a_line_changes_its_entry(change):
    changed = leaf.encode(replace(LINE, **change), BEFORE)
    assert changed != leaf.encode(LINE, BEFORE)


@pytest.mark.parametrize(
    "change", [{"tag": b"x" * 256}, {"version": -1}, {"position": -1}]
)
def test_a_line_that_fits_no_entry_is_refused(change):
    with pytest.raises(leaf.LeafError):
        leaf.encode(replace(LINE, **change), BEFORE)


@given(cut=st.integers(0, 140))
def test_part_of_an_entry_is_no_entry(cut):
    entry = leaf.encode(LINE, BEFORE)
    with pytest.raises(leaf.LeafError):
        leaf.decode(entry[:cut])
    with pytest.raises(leaf.LeafError):
        leaf.decode(entry + bytes(1 + cut))
    with pytest.raises(leaf.LeafError):
        leaf.decode(b"\0" + entry[1:])


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_is_taken_apart_again(entries):
    assert leaf.unbundle(leaf.bundle(entries)) == entries


def test_a_bundle_that_ends_too_early_is_refused():
    with pytest.raises(leaf.LeafError):
        leaf.unbundle(leaf.bundle([b"abc"])[:-1])


async def test_a_line_is_read_byte_for_byte(owner):
    stream, event = uuid4(), uuid4()
    await owner.execute(ADD, (stream, event))
    (line,) = await stored.page_after(owner, 0, 10)
    assert [line] == await stored.lines_of(owner, stream)
    assert await stored.lines_of(owner, stream, 0) == []
    (known,) = await register.lines_of(owner, stream)
    assert (line.position, line.stream) == (known.position, stream.bytes)
    assert (line.version, line.event_id) == (1, event.bytes)
    assert line.tag == b"closed"
    assert line.payload == b'{"type":"closed"}'
    assert line.metadata == b'{"note":  "x", "a":1, "a":2}'
    assert line.occurred_at == leaf.instant(known.occurred_at)
    assert line.recorded_at == leaf.instant(known.recorded_at)
    assert int.from_bytes(line.recorded_at, "big", signed=True) == -1


async def test_the_database_hashes_what_it_stores_as_we_do(owner):
    for _ in range(3):
        await owner.execute(ADD, (uuid4(), uuid4()))
    lines = await stored.page_after(owner, 0, 10)
    digested = await stored.digested_after(owner, 0, 10)
    assert len(lines) == len(digested) == 3
    for line, hashed in zip(lines, digested, strict=True):
        assert leaf.assemble(hashed, BEFORE) == leaf.encode(line, BEFORE)


async def test_the_database_puts_together_what_is_to_be_hashed(owner):
    for _ in range(3):
        await owner.execute(ADD, (uuid4(), uuid4()))
    lines = await stored.page_after(owner, 0, 10)
    unhashed = await stored.unhashed_after(owner, 0, 10)
    assert len(lines) == len(unhashed) == 3
    for line, told in zip(lines, unhashed, strict=True):
        assert told.payload is not None
        assert told.context is not None
        digests = sha256(told.payload).digest() + sha256(told.context).digest()
        assert told.beginning + digests + BEFORE == leaf.encode(line, BEFORE)
