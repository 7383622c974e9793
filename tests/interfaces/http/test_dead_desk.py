"""A worker that lost a lasting task is not ready, and ends: another takes over."""

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

from application.desk_errors import OverloadedError
from interfaces import wiring
from interfaces.http import server
from interfaces.http.app import application
from interfaces.settings import Settings
from tests.application import business
from tests.conftest import Connection
from tests.projections.projecting import projected

pytestmark = pytest.mark.anyio

SOON = 10.0


async def test_without_its_desk_a_worker_is_not_ready_and_ends(
    database_url: str, desk: Connection, tmp_path: Path
):
    await projected(database_url, desk)
    settings = Settings(database_url=database_url, data=str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as door:
        async with wiring.counter(settings) as counter:
            app = application(counter)
            transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # the same protocol
            async with httpx.AsyncClient(
                transport=transport, base_url="http://counter"
            ) as anybody:
                assert (await anybody.get("/health/ready")).status_code == 200
                serving = asyncio.create_task(server.answer(door, app, counter.work))
                await asyncio.sleep(0)

                counter.work.cancel()

                await asyncio.wait_for(serving, SOON)
                ready = await anybody.get("/health/ready")
                assert (ready.status_code, ready.json()) == (503, {"status": "desk"})
            assert not counter.desk.works
            with pytest.raises(OverloadedError):
                await counter.desk.handle(business.letter())


@pytest.mark.parametrize("lost", ["directory", "calendar", "views", "keys", "readings"])
async def test_whatever_else_dies_the_desk_closes_and_the_worker_ends(
    database_url: str, desk: Connection, tmp_path: Path, lost: str
):
    await projected(database_url, desk)
    settings = Settings(database_url=database_url, data=str(tmp_path))
    async with wiring.counter(settings) as counter:
        (task,) = (one for one in asyncio.all_tasks() if one.get_name() == lost)
        task.cancel()
        await asyncio.wait_for(asyncio.wait({counter.work}), SOON)
        assert not counter.desk.works


async def test_a_worker_that_keeps_no_readings_is_not_ready(
    database_url: str, desk: Connection, tmp_path: Path
):
    await projected(database_url, desk)
    settings = Settings(database_url=database_url, data=str(tmp_path))
    async with wiring.counter(settings) as counter:
        transport = httpx.ASGITransport(app=application(counter))  # type: ignore[arg-type]  # the same protocol
        async with httpx.AsyncClient(
            transport=transport, base_url="http://counter"
        ) as anybody:
            assert (await anybody.get("/health/ready")).status_code == 200
            counter.reading_desk.close()
            ready = await anybody.get("/health/ready")
            assert (ready.status_code, ready.json()) == (503, {"status": "readings"})
