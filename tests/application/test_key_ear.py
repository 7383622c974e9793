"""A worker hears of a new key, and forgets the old one when nobody needs it."""

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from application import keys, rotating
from application.key_ear import KeyEar
from application.key_generations import must_fit
from application.keys import KeyFiles
from tests.awaiting import comes_true


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "kek"


async def test_a_worker_takes_the_new_key_and_forgets_the_old_one_later(
    database_url, owner, path: Path
):
    kek = keys.load(path)
    await must_fit(owner, kek)
    ear = asyncio.create_task(KeyEar(database_url, kek, kept=0.2).listen())
    try:
        await rotating.rotate(owner, KeyFiles(path), keys.load(path))
        await comes_true(lambda: kek.current == 2)
        await comes_true(lambda: kek.generations == (2,))
    finally:
        ear.cancel()


async def test_a_key_whose_file_is_gone_is_held_on_to(database_url, owner, path: Path):
    """What it holds goes on to work; it looks again and again."""
    kek = keys.load(path)
    await must_fit(owner, kek)
    await owner.execute("insert into kek_generations values (2, 'of another house')")
    with capture_logs() as told:
        ear = asyncio.create_task(KeyEar(database_url, kek, retry=0.01).listen())
        try:
            await comes_true(lambda: ear.done() or len(told) > 1)
        finally:
            ear.cancel()
    assert {one["event"] for one in told} == {"key_file_missing"}
    assert (kek.current, kek.generations) == (1, (1,))
