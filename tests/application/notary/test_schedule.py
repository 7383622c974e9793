"""Checkpoints are made at their times, and what prevents one is told, not hidden."""

import asyncio
from uuid import UUID

import psycopg
from structlog.testing import capture_logs

from application.notary import pulse, schedule
from application.notary.notary import Notary
from tests.application.notary.sealing_done import add, sealed
from tests.awaiting import comes_true, comes_true_there


async def test_a_log_that_grows_is_signed_again_and_operators_see_how_far(
    database_url, tmp_path, owner
):
    notary = Notary(database_url, tmp_path / "notary", tmp_path / "log")
    stop = asyncio.Event()
    keeping = asyncio.create_task(schedule.keep(notary, stop, every=0.05))

    async def signed(size):
        return (await pulse.pulse(owner)).signed_size == size

    await comes_true_there(lambda: signed(0))
    with psycopg.connect(database_url, autocommit=True) as register:
        add(register, [(UUID(int=1), 1), (UUID(int=1), 2)])
    waiting = await pulse.pulse(owner)
    assert (waiting.size, waiting.lines) == (0, 2)
    assert waiting.seconds > 0
    await sealed(database_url, 2)
    await comes_true_there(lambda: signed(2))
    found = await pulse.pulse(owner)
    assert (found.size, found.lines, found.seconds) == (2, 0, 0)
    assert found.stopped_at is None
    stop.set()
    await keeping


async def test_what_prevents_a_checkpoint_is_told_until_it_is_mended(
    database_url, tmp_path, owner
):
    async def signs() -> bool:
        return (await pulse.pulse(owner)).unsigned_since is None

    async def refuses() -> bool:
        return not await signs()

    key = tmp_path / "notary"
    notary = Notary(database_url, key, tmp_path / "log")
    await notary.checkpoint()
    kept = key.read_text()
    key.write_text("broken\n")
    stop = asyncio.Event()
    with capture_logs() as told:
        keeping = asyncio.create_task(schedule.keep(notary, stop, every=0.05))
        await comes_true(lambda: len(told) > 1)
        await comes_true_there(refuses)
        key.write_text(kept)
        await comes_true_there(signs)
        stop.set()
        await keeping
    assert {line["event"] for line in told} == {"checkpoint_refused"}
    assert {line["log_level"] for line in told} == {"critical"}
    assert "broken" not in str(told)
