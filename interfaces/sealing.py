"""Runs the sealer in this process, and the notary that signs what it has sealed."""

import asyncio
import signal

from application.notary import schedule
from application.notary.notary import Notary
from application.notary.sealer import Sealer
from interfaces.data_folder import DataFolder
from interfaces.projecting import Diary
from interfaces.settings import Settings


def run(settings: Settings) -> None:
    """Seal and sign until SIGTERM; a page begun is finished."""
    asyncio.run(_seal(settings))


async def _seal(settings: Settings) -> None:
    assert settings.database_url, "the caller opens the database"
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    diary = Diary(far="sealer_far_behind", near="sealer_caught_up")
    sealer = Sealer(settings.database_url, told=diary.tell)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(sealer.run(stop))
        every = float(settings.checkpoint_seconds)
        tasks.create_task(schedule.keep(notary(settings), stop, every))


def notary(settings: Settings) -> Notary:
    """The installation's notary; its log is named for our public address, if any.

    The name is given once, with the first key.
    """
    assert settings.database_url, "the caller opens the database"
    public, data = settings.public_url, DataFolder(settings.data_path)
    origin = None if public is None else f"{public.partition('://')[2]}/v1/log"
    return Notary(settings.database_url, data.notary, data.log, origin)
