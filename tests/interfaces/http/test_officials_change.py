"""Officials come, go and get new tokens while the counter is open."""

import asyncio
import time
from collections.abc import Callable

import httpx
import psycopg
import pytest

from application.office import directory, officials, tokens
from interfaces.clock import now
from tests.interfaces.http import forms, life
from tests.open_counter import OpenCounter
from tests.staff import AGENCIES, BIRO

SOON = 3.0
"""Seconds until every worker has heard of it."""


def eventually(asked: Callable[[], httpx.Response], status: int) -> None:
    until = time.monotonic() + SOON
    while (answer := asked()).status_code != status and time.monotonic() < until:
        time.sleep(0.02)
    assert answer.status_code == status, answer.text


def office(counter: OpenCounter, work):
    """Do something on the office's own tables, as the command line does."""

    async def done():
        url = counter.database_url
        async with await psycopg.AsyncConnection.connect(url) as connection:
            return await work(connection)

    return asyncio.run(done())


@pytest.fixture
def temp(counter: OpenCounter) -> tuple[str, str]:
    """A handler who has just been added, with a first token."""
    id_ = f"magang-{time.monotonic_ns()}"
    official = officials.check(
        id_=id_,
        agency=BIRO,
        name="Pejabat magang",
        roles=["handler"],
        unit="batas/lintas",
        agencies=AGENCIES,
    )

    async def add(connection):
        await directory.add(connection, official, now())
        return await tokens.issue(connection, id_, now())

    return id_, office(counter, add)


def test_whoever_was_just_added_may_call_and_be_named_at_once(
    counter: OpenCounter, temp: tuple[str, str]
):
    id_, token = temp
    assert counter.bearing(token).get("/v1/agencies").status_code == 200
    case = life.letter(counter)
    case.step("kepala", "disposition", forms.disposition(id_))
    draft = counter.bearing(token).post(f"{case.path}/draft", forms.draft(), 2)
    assert draft.status_code == 200


def test_a_disabled_official_is_shut_out_and_unknown(
    counter: OpenCounter, temp: tuple[str, str]
):
    id_, token = temp
    assert counter.bearing(token).get("/v1/agencies").status_code == 200
    office(counter, lambda connection: directory.disable(connection, id_, now()))
    eventually(lambda: counter.bearing(token).get("/v1/agencies"), 401)
    case = life.letter(counter)
    told = case.refused("kepala", "disposition", forms.disposition(id_))
    assert told == (422, "unknown-official")


def test_revoked_tokens_serve_no_more_and_a_new_one_does(
    counter: OpenCounter, temp: tuple[str, str]
):
    id_, old = temp
    assert counter.bearing(old).get("/v1/agencies").status_code == 200
    office(counter, lambda connection: tokens.revoke_all(connection, id_, now()))
    eventually(lambda: counter.bearing(old).get("/v1/agencies"), 401)
    new = office(counter, lambda connection: tokens.issue(connection, id_, now()))
    assert counter.bearing(new).get("/v1/agencies").status_code == 200
