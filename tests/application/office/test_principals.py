"""Principals: quick from memory, and never behind what the directory says."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace
from psycopg import AsyncConnection, InterfaceError
from psycopg_pool import AsyncConnectionPool
from typing_extensions import override

from application.office import (
    directory,
    officials,
    principals,
    stand_ins,
    tokens,
    unit_changes,
)
from application.office.access_tokens import LASTS, Issuer
from application.office.basis import Basis
from application.office.key_sets import KeyFile
from application.office.principals import LISTENER, Principals
from application.office.signed_tokens import SignedTokens, Verified, ours
from domain.stand_ins import StandIn
from domain.units import UnitChange
from domain.values import Capacity
from tests.awaiting import comes_true

MORNING = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)


def official(id_="yohana"):
    return officials.check(
        id_=id_,
        agency="bppd",
        name="Yohana Lede",
        roles=["receptionist"],
        unit=None,
        agencies=("bppd",),
    )


class Counted(SignedTokens):
    """Says how many tokens were checked."""

    checked = 0

    @override
    async def verify(self, token: str) -> Verified | None:
        self.checked += 1
        return await super().verify(token)


@pytest.fixture
async def office(database_url, owner, tmp_path):
    """Give a worker's principals, not yet listening, and the time it believes in."""
    time = SimpleNamespace(now=MORNING)
    async with AsyncConnectionPool(
        database_url, min_size=1, kwargs={"autocommit": True}, open=False
    ) as pool:
        keys = KeyFile(tmp_path / "issuer", lambda: time.now)
        time.issuer = Issuer("http://127.0.0.1:8000", keys)
        time.signed = Counted([ours(time.issuer)], lambda: time.now)
        time.principals = Principals(pool, database_url, lambda: time.now, time.signed)
        await directory.add(owner, official(), MORNING)
        yield time


@pytest.fixture
async def listening(office):
    """Give the same, listening."""
    task = asyncio.create_task(office.principals.listen())
    await comes_true(lambda: office.principals.hears)
    yield office
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_a_token_is_found_in_the_database_once_and_then_remembered(
    listening, owner
):
    principals = listening.principals
    token = await tokens.issue(owner, "yohana", MORNING)
    assert principals.recall(token) is None
    found = await principals.resolve(token)
    assert found.official == "yohana"
    assert found.memberships == {"bppd": official()}
    assert principals.recall(token) == found


async def test_a_token_refused_once_serves_as_soon_as_it_is_issued(
    listening, owner, monkeypatch
):
    token = "dsp_" + "A" * 43
    assert await listening.principals.resolve(token) is None
    monkeypatch.setattr("secrets.token_urlsafe", lambda _: "A" * 43)
    assert await tokens.issue(owner, "yohana", MORNING) == token
    assert await listening.principals.resolve(token) is not None


async def test_a_remembered_token_expires_all_the_same(listening, owner):
    token = await tokens.issue(owner, "yohana", MORNING)
    await listening.principals.resolve(token)
    listening.now = MORNING + timedelta(days=30)
    assert listening.principals.recall(token) is None
    assert await listening.principals.resolve(token) is None


async def test_a_disabled_official_is_forgotten_at_once(listening, owner):
    principals = listening.principals
    token = await tokens.issue(owner, "yohana", MORNING)
    await principals.resolve(token)
    await directory.disable(owner, "yohana", MORNING)
    await comes_true(lambda: principals.recall(token) is None)
    assert await principals.resolve(token) is None
    await comes_true(lambda: principals.directory.find("yohana", "bppd") is None)


async def test_revoked_tokens_are_forgotten_at_once(listening, owner):
    token = await tokens.issue(owner, "yohana", MORNING)
    await listening.principals.resolve(token)
    await tokens.revoke_all(owner, "yohana", MORNING)
    await comes_true(lambda: listening.principals.recall(token) is None)
    assert await listening.principals.resolve(token) is None


async def test_a_new_official_is_heard_of(listening, owner):
    await directory.add(owner, official("maria"), MORNING)
    await comes_true(lambda: listening.principals.directory.find("maria", "bppd"))


async def test_a_unit_s_new_name_and_a_stand_in_are_heard_of(listening, owner):
    maria = replace(official("maria"), unit="batas")
    await directory.add(owner, maria, MORNING)
    change = UnitChange(
        agency="bppd",
        old="batas",
        new="perbatasan",
        effective_on=MORNING.date(),
        decree="Pergub 7/2026",
    )
    await unit_changes.add(owner, change, MORNING)
    await comes_true(lambda: listening.principals.directory.unit_changes == (change,))
    plt = StandIn(
        agency="bppd",
        official="maria",
        acting_for="yohana",
        capacity=Capacity.ACTING,
        first=MORNING.date(),
        last=None,
        decree="SP 800/12/2026",
    )
    await stand_ins.add(owner, plt, MORNING)
    await comes_true(lambda: listening.principals.directory.stand_ins == (plt,))


async def test_an_official_not_yet_heard_of_is_found_on_demand(office, owner):
    await directory.add(owner, official("maria"), MORNING)
    assert office.principals.directory.find("maria", "bppd") is None
    assert (await office.principals.refresh()).find("maria", "bppd") is not None


async def test_nothing_is_remembered_while_nothing_is_heard(office, owner):
    principals = office.principals
    token = await tokens.issue(owner, "yohana", MORNING)
    assert await principals.resolve(token) is not None
    assert principals.recall(token) is None
    assert (await principals.current()).find("yohana", "bppd") is not None
    await directory.disable(owner, "yohana", MORNING)
    assert await principals.resolve(token) is None
    assert (await principals.current()).find("yohana", "bppd") is None


async def end_listeners(owner):
    await owner.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and application_name = %s",
        (LISTENER,),
    )


async def test_memory_is_not_trusted_after_the_listener_was_cut_off(listening, owner):
    principals = listening.principals
    token = await tokens.issue(owner, "yohana", MORNING)
    await principals.resolve(token)
    await end_listeners(owner)
    await comes_true(lambda: not principals.hears)
    assert principals.recall(token) is None
    assert await principals.resolve(token) is not None
    assert principals.recall(token) is None


async def test_a_listener_cut_off_comes_back_and_knows_what_it_missed(listening, owner):
    principals = listening.principals
    await end_listeners(owner)
    await comes_true(lambda: not principals.hears)
    await directory.add(owner, official("maria"), MORNING)
    await comes_true(lambda: principals.hears)
    assert principals.directory.find("maria", "bppd") is not None


async def test_many_changes_in_a_row_end_in_the_last_one(listening, owner):
    for n in range(30):
        await directory.add(owner, official(f"petugas-{n}"), MORNING)
    await comes_true(lambda: listening.principals.directory.find("petugas-29", "bppd"))
    assert len(listening.principals.directory.officials) == 31


async def test_a_lookup_that_a_change_overtook_is_not_remembered(
    listening, owner, monkeypatch
):
    principals = listening.principals
    token = await tokens.issue(owner, "yohana", MORNING)
    looked_up, overtaken = asyncio.Event(), asyncio.Event()
    bearer_of = tokens.bearer_of

    async def slowly(conn, digest, at):
        found = await bearer_of(conn, digest, at)
        looked_up.set()
        await overtaken.wait()
        return found

    monkeypatch.setattr(tokens, "bearer_of", slowly)
    slow = asyncio.create_task(principals.resolve(token))
    await looked_up.wait()
    await directory.disable(owner, "yohana", MORNING)
    await comes_true(lambda: principals.directory.find("yohana", "bppd") is None)
    overtaken.set()
    assert await slow is not None
    assert principals.recall(token) is None


async def test_a_signed_token_is_checked_once_and_then_remembered(listening):
    token = listening.issuer.issue(
        "yohana", MORNING, MORNING, {"read-case"}, basis=Basis()
    )
    assert listening.principals.recall(token) is None
    found = await listening.principals.resolve(token)
    assert found.official == "yohana"
    assert found.scopes == frozenset({"read-case"})
    assert found.authenticated_at == MORNING
    for _ in range(5):
        assert listening.principals.recall(token) == found
        assert await listening.principals.resolve(token) == found
    assert listening.signed.checked == 1
    listening.now += LASTS + timedelta(seconds=31)
    assert listening.principals.recall(token) is None
    assert await listening.principals.resolve(token) is None


async def test_a_signed_token_is_not_remembered_while_nobody_hears(office):
    token = office.issuer.issue("yohana", MORNING, MORNING, basis=Basis())
    for _ in range(3):
        assert await office.principals.resolve(token)
        assert office.principals.recall(token) is None
    assert office.signed.checked == 3


async def test_a_change_of_the_directory_forgets_whom_a_token_named(listening, owner):
    token = listening.issuer.issue("yohana", MORNING, MORNING, basis=Basis())
    assert await listening.principals.resolve(token)
    await directory.disable(owner, "yohana", MORNING)
    await comes_true(lambda: listening.principals.recall(token) is None)
    assert await listening.principals.resolve(token) is None


async def test_nobody_unknown_is_let_in_by_a_good_token(listening):
    token = listening.issuer.issue("nobody", MORNING, MORNING, basis=Basis())
    assert await listening.principals.resolve(token) is None
    assert listening.principals.recall(token) is None


async def test_memory_of_signed_tokens_is_bounded(listening, monkeypatch):
    monkeypatch.setattr(principals, "SIGNED_TOKENS_KEPT", 3)
    issued = [
        listening.issuer.issue("yohana", MORNING, MORNING, basis=Basis())
        for _ in range(5)
    ]
    for token in issued:
        assert await listening.principals.resolve(token)
    kept = [listening.principals.recall(token) is not None for token in issued]
    assert kept == [False, False, True, True, True]


async def test_a_connection_that_was_closed_under_the_listener_is_made_again(
    office, monkeypatch
):
    lost = asyncio.Event()
    connect = AsyncConnection.connect

    async def fail_once(conninfo, autocommit, application_name):
        if lost.is_set():
            return await connect(
                conninfo, autocommit=autocommit, application_name=application_name
            )
        lost.set()
        raise InterfaceError

    monkeypatch.setattr(AsyncConnection, "connect", fail_once)
    task = asyncio.create_task(office.principals.listen())
    try:
        await comes_true(lambda: office.principals.hears)
    finally:
        task.cancel()
        await asyncio.wait({task})
    assert lost.is_set()
