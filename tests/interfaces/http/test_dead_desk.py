"""A worker whose desk has died is not ready, and ends, so that another takes over."""

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
