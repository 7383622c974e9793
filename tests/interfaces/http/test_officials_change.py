"""Officials come, go and get new tokens while the counter is open."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

import httpx
import psycopg
import pytest

from application.office import (
    directory,
    officials,
    stand_ins,
    tokens,
    unit_changes,
)
from domain.stand_ins import StandIn
from domain.units import UnitChange
from domain.values import Capacity
from interfaces.clock import now
from tests.awaiting import comes_true_outside
from tests.interfaces.http import forms, life
from tests.open_counter import OpenCounter
from tests.staff import AGENCIES, BIRO, BPPD

SOON = 3.0
"""Seconds until every worker has heard of it."""


def eventually(asked: Callable[[], httpx.Response], status: int) -> None:
    comes_true_outside(lambda: asked().status_code == status, SOON)


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


def test_only_the_plt_of_a_vacant_post_signs_for_it(counter: OpenCounter):
    left = f"kasubid-lama-{time.monotonic_ns()}"
    official = officials.check(
        id_=left,
        agency=BPPD,
        name="Pejabat lama",
        roles=["subdivision_head"],
        unit="batas/lintas",
        agencies=AGENCIES,
    )
    plt = StandIn(
        agency=BPPD,
        official="bppd-kabid",
        acting_for=left,
        capacity=Capacity.ACTING,
        first=now().date() - timedelta(days=2),
        last=None,
        decree="SP 800/12/2026",
    )

    async def vacate(connection: psycopg.AsyncConnection) -> None:
        await directory.add(connection, official, now())
        await directory.disable(connection, left, now())
        await stand_ins.add(connection, plt, now())

    office(counter, vacate)
    case = life.disposed(counter, BPPD)
    case.step("analis", "draft", forms.draft(), "draft")
    signature = {"draft": 1, "capacity": "acting", "for": left}
    refused = case.refused("sekretaris", "approval", signature)
    assert refused == (409, "not-the-stand-in")
    assert case.step("kabid", "approval", signature).stage == "in_review"


def test_a_draft_in_review_climbs_on_after_its_unit_was_renamed(counter: OpenCounter):
    name = f"unit-{time.monotonic_ns()}"
    places = {"handler": f"{name}/bawah", "subdivision_head": f"baru-{name}"}

    async def enter(connection: psycopg.AsyncConnection) -> dict[str, str]:
        issued = {}
        for role, unit in places.items():
            one = officials.check(
                id_=f"{role.replace('_', '-')}-{name}",
                agency=BPPD,
                name="Pejabat",
                roles=[role],
                unit=unit,
                agencies=AGENCIES,
            )
            await directory.add(connection, one, now())
            issued[role] = await tokens.issue(connection, one.id, now())
        return issued

    issued = office(counter, enter)
    case = life.letter(counter, BPPD)
    case.step("kepala", "disposition", forms.disposition(f"handler-{name}"))
    drafted = counter.bearing(issued["handler"]).post(
        f"{case.path}/draft", forms.draft(), case.version
    )
    assert drafted.status_code == 200, drafted.text
    version = drafted.json()["version"]
    above = counter.bearing(issued["subdivision_head"])
    own = {"draft": 1, "capacity": "own"}
    before = above.post(f"{case.path}/approval", own, version)
    assert (before.status_code, before.json()["code"]) == (409, "not-the-next-tier")
    change = UnitChange(
        agency=BPPD,
        old=name,
        new=f"baru-{name}",
        effective_on=now().date() - timedelta(days=2),
        decree="Pergub 7/2026",
    )
    office(counter, lambda connection: unit_changes.add(connection, change, now()))
    eventually(lambda: above.post(f"{case.path}/approval", own, version), 200)
