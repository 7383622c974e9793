"""The doorkeeper: who is let in, for how long, and what nobody learns at the door."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from msgspec.structs import replace
from psycopg_pool import AsyncConnectionPool

from application.office import (
    accounts,
    basis,
    directory,
    keeping_accounts,
    links,
    officials,
    sessions,
    tokens,
    tries,
)
from application.office.access_tokens import Issuer
from application.office.account_errors import (
    LinkRefusedError,
    NoAccountError,
    PasswordTooCommonError,
    SessionRefusedError,
    SignInFailedError,
    SignInPausedError,
)
from application.office.doorkeeper import Doorkeeper, LetIn, Newcomer
from application.office.key_sets import KeyFile
from application.office.passwords import Passwords
from application.office.principals import Principals
from application.office.signed_tokens import SignedTokens, ours
from tests.awaiting import comes_true, comes_true_there
from tests.counted_passwords import Counted

MORNING = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)
AGENCIES = ("biro-organisasi", "bppd")
SECRET = "enam gajah menyeberang pelan"
OTHER = "tujuh lumbung padi di bukit"
ADMIN = Newcomer("admin-utama", "Pengelola Akun")
SECOND = timedelta(seconds=1)


def official(id_="yohana", agency="bppd", role="receptionist"):
    return officials.check(
        id_=id_,
        agency=agency,
        name="Yohana Lede",
        roles=[role],
        unit=None,
        agencies=AGENCIES,
    )


@pytest.fixture
async def door(database_url, owner):
    """Give a doorkeeper, the time it believes in, and an official without password."""
    seen = SimpleNamespace(now=MORNING, conn=owner)
    counted = Counted()
    keeper = Passwords(counted)
    async with AsyncConnectionPool(
        database_url, min_size=1, max_size=8, kwargs={"autocommit": True}, open=False
    ) as pool:
        seen.pool, seen.keeper, seen.counted = pool, keeper, counted
        seen.keeps = Doorkeeper(pool, keeper, AGENCIES, lambda: seen.now, uuid4)
        await directory.add(owner, official(), MORNING)
        yield seen
    keeper.close()


async def invited(door, id_="yohana"):
    async with door.conn.transaction():
        return await keeping_accounts.invite(
            door.conn, id_, AGENCIES, door.now, by=None
        )


@pytest.fixture
async def known(door):
    """Give the same, with the official's password set."""
    await door.keeps.redeem(await invited(door), SECRET, ADMIN)
    return door


WRONG = "salah sama sekali"


async def fails(door, password=WRONG, id_="yohana"):
    with pytest.raises(SignInFailedError):
        await door.keeps.sign_in(id_, password)


async def test_a_link_sets_the_first_password_which_then_lets_in(known):
    let_in = await known.keeps.sign_in("yohana", SECRET)
    assert (let_in.official, let_in.authenticated_at) == ("yohana", MORNING)
    await fails(known)


async def test_nobody_has_a_password_from_the_beginning(door):
    for said in ("", "yohana", "admin", "password", "nobody has this password"):
        await fails(door, said)
        async with door.conn.transaction():
            await tries.forget(door.conn, "yohana")


async def test_of_twenty_who_use_a_link_at_once_one_succeeds(door):
    link = await invited(door)

    async def use(n):
        return await door.keeps.redeem(link, f"{SECRET} nomor {n}", ADMIN)

    done = await asyncio.gather(*map(use, range(20)), return_exceptions=True)
    assert sum(isinstance(one, LetIn) for one in done) == 1
    assert sum(isinstance(one, LinkRefusedError) for one in done) == 19


async def test_a_link_that_only_looks_would_let_several_in(door):
    """Control: without the use of it in the same statement, all twenty pass."""
    link = await invited(door)

    async def look(_):
        async with accounts.opened(door.pool) as conn:
            return await links.look(conn, link, door.now)

    assert len(await asyncio.gather(*map(look, range(20)))) == 20


async def test_a_link_lasts_a_day_and_a_newer_one_takes_its_place(door):
    first = await invited(door)
    second = await invited(door)
    with pytest.raises(LinkRefusedError):
        await door.keeps.redeem(first, SECRET, ADMIN)
    door.now += links.LASTS
    with pytest.raises(LinkRefusedError):
        await door.keeps.redeem(second, SECRET, ADMIN)


async def test_a_refused_password_leaves_the_link_as_it_was(door):
    link = await invited(door)
    with pytest.raises(PasswordTooCommonError):
        await door.keeps.redeem(link, "yohana-lede-1987", ADMIN)
    assert (await door.keeps.redeem(link, SECRET, ADMIN)).official == "yohana"


async def test_the_first_administrator_looks_after_every_agency(database_url, door):
    async with door.conn.transaction():
        link = await links.issue(door.conn, None, door.now)
    assert (await door.keeps.redeem(link, SECRET, ADMIN)).official == ADMIN.official
    assert await accounts.agencies_of(door.conn, ADMIN.official) == set(AGENCIES)
    assert await door.keeps.sign_in(ADMIN.official, SECRET)
    async with door.conn.transaction():
        again = await links.issue(door.conn, None, door.now)
    with pytest.raises(LinkRefusedError):
        await door.keeps.redeem(again, SECRET, Newcomer("lain", "Orang Lain"))
    assert not await accounts.agencies_of(door.conn, "lain")


async def test_after_wrong_tries_pauses_grow_to_a_quarter_of_an_hour(known):
    waits = []
    for _ in range(12):
        await fails(known)
        until = await tries.paused_until(known.conn, "yohana")
        waits.append(int((until - known.now).total_seconds()))
        known.now = max(until, known.now)
    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    # Never for good: after the longest pause the right one lets in.
    assert await known.keeps.sign_in("yohana", SECRET)


async def test_in_a_pause_not_even_the_right_password_is_looked_at(known):
    for _ in range(5):
        await fails(known)
    compared = known.counted.compared
    for _ in range(3):
        with pytest.raises(SignInPausedError) as refusal:
            await known.keeps.sign_in("yohana", SECRET)
        assert refusal.value.wait == tries.FIRST
    assert known.counted.compared == compared
    known.now += tries.FIRST
    await known.keeps.sign_in("yohana", SECRET)
    # What lets in begins anew: the next wrong try pauses nothing.
    await fails(known)
    await known.keeps.sign_in("yohana", SECRET)


async def test_many_tries_at_once_are_counted_before_they_are_looked_at(known):
    tried = [known.keeps.sign_in("yohana", f"salah {n} sekali") for n in range(20)]
    compared = known.counted.compared
    answers = await asyncio.gather(*tried, return_exceptions=True)
    assert sum(isinstance(one, SignInPausedError) for one in answers) == 15
    assert known.counted.compared - compared == 5


async def test_a_pause_outlives_the_program(known, database_url):
    for _ in range(5):
        await fails(known)
    again = Doorkeeper(known.pool, known.keeper, AGENCIES, lambda: known.now, uuid4)
    with pytest.raises(SignInPausedError):
        await again.sign_in("yohana", SECRET)


async def test_a_link_or_an_administrator_ends_a_pause(known):
    for _ in range(5):
        await fails(known)
    async with known.conn.transaction():
        await keeping_accounts.unlock(
            known.conn, "yohana", AGENCIES, known.now, by=None
        )
    await known.keeps.sign_in("yohana", SECRET)
    for _ in range(5):
        await fails(known)
    await known.keeps.redeem(await invited(known), OTHER, ADMIN)
    await known.keeps.sign_in("yohana", OTHER)


async def test_no_stranger_keeps_who_is_in_already_from_proving_himself_again(known):
    begun = await known.keeps.begin_session("yohana", SECRET)
    for _ in range(5):
        await fails(known)
    with pytest.raises(SignInPausedError):
        await known.keeps.sign_in("yohana", SECRET)
    assert await known.keeps.step_up(begun.secret, SECRET)
    await known.keeps.change_password("yohana", SECRET, OTHER)
    # Which lets nobody else in sooner.
    with pytest.raises(SignInPausedError):
        await known.keeps.sign_in("yohana", OTHER)


async def test_who_guesses_with_a_stolen_session_or_token_has_to_wait_too(known):
    begun = await known.keeps.begin_session("yohana", SECRET)
    for _ in range(3):
        with pytest.raises(SignInFailedError):
            await known.keeps.step_up(begun.secret, WRONG)
    for _ in range(2):
        with pytest.raises(SignInFailedError):
            await known.keeps.change_password("yohana", WRONG, OTHER)
    for guessing in (
        known.keeps.step_up(begun.secret, SECRET),
        known.keeps.change_password("yohana", SECRET, OTHER),
    ):
        with pytest.raises(SignInPausedError) as refusal:
            await guessing
        assert refusal.value.wait == tries.FIRST
    (told,) = await accounts.everybody(known.conn, AGENCIES, known.now)
    assert told.paused_until == known.now + tries.FIRST
    async with known.conn.transaction():
        await keeping_accounts.unlock(
            known.conn, "yohana", AGENCIES, known.now, by=None
        )
    assert await known.keeps.step_up(begun.secret, SECRET)


async def kept_from(known, at_the_door):
    """What becomes of somebody at the door while a link sets another password.

    It is set, and not committed yet, when he has proved himself by the old one.
    """
    hashed = await known.keeper.kept(OTHER)
    async with known.conn.transaction():
        await accounts.keep(known.conn, "yohana", hashed, known.now)
        await sessions.end_all(known.conn, "yohana", known.now)
        task = asyncio.create_task(at_the_door)

        async def waits_or_is_through():
            return task.done() or await somebody_waits(known)

        await comes_true_there(waits_or_is_through)
    return (await asyncio.gather(task, return_exceptions=True))[0]


async def somebody_waits(known):
    async with known.pool.connection() as beside:
        cursor = await beside.execute(
            "select from pg_stat_activity where wait_event_type = 'Lock'"
            " and datname = current_database()"
        )
        return await cursor.fetchone() is not None


async def test_who_knew_the_old_password_can_not_overwrite_one_that_was_just_set(known):
    changing = known.keeps.change_password("yohana", SECRET, "sepuluh kerbau di sawah")
    assert isinstance(await kept_from(known, changing), SignInFailedError)
    assert await known.keeps.sign_in("yohana", OTHER)


async def test_no_session_begun_with_the_old_password_outlives_the_new_one(known):
    beginning = known.keeps.begin_session("yohana", SECRET)
    assert isinstance(await kept_from(known, beginning), SignInFailedError)
    assert not await known.keeps.sessions_of("yohana")


async def test_no_session_that_is_stepped_up_meanwhile_outlives_it_either(known):
    begun = await known.keeps.begin_session("yohana", SECRET)
    stepping = known.keeps.step_up(begun.secret, SECRET)
    assert isinstance(await kept_from(known, stepping), SignInFailedError)
    assert not await known.keeps.sessions_of("yohana")


async def test_an_outdated_hash_is_replaced_by_what_then_proves_him(known):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(SECRET)
    await accounts.keep(known.conn, "yohana", weak, known.now)
    await known.keeps.change_password("yohana", SECRET, OTHER)
    assert await known.keeps.sign_in("yohana", OTHER)


async def test_everybody_is_listed_page_by_page(door):
    for name in ("ani", "budi"):
        for agency in AGENCIES:
            await directory.add(door.conn, official(name, agency), MORNING)
    for at_once in (1, 2, 100):
        told = await accounts.everybody(door.conn, AGENCIES, MORNING, at_once)
        assert [(one.official, one.agency) for one in told] == [
            *(("ani", agency) for agency in AGENCIES),
            *(("budi", agency) for agency in AGENCIES),
            ("yohana", "bppd"),
        ]


async def test_a_pause_is_written_down_of_officials_alone(known):
    for name in ("yohana", "siapa-pun", "bukan id\0"):
        for _ in range(5):
            await fails(known, id_=name)
    cursor = await known.conn.execute(
        "select official, by, agencies from account_events where what = 'paused'"
    )
    assert await cursor.fetchall() == [("yohana", None, ["bppd"])]


async def test_who_signs_in_sweeps_away_what_ended_long_ago(known):
    begun = await known.keeps.begin_session("yohana", SECRET)
    idle_until = known.now + sessions.IDLE
    await invited(known)
    known.now += timedelta(days=1)
    await known.keeps.sign_in("yohana", SECRET)
    cursor = await known.conn.execute("select session, ended_at from sessions")
    assert await cursor.fetchall() == [(begun.session.session, idle_until)]
    cursor = await known.conn.execute("select count(*) from sign_in_links")
    assert await cursor.fetchone() == (2,)
    known.now += sessions.KEPT_FOR
    later = await known.keeps.begin_session("yohana", SECRET)
    cursor = await known.conn.execute("select session, ended_at from sessions")
    assert await cursor.fetchall() == [(later.session.session, None)]
    cursor = await known.conn.execute("select count(*) from sign_in_links")
    assert await cursor.fetchone() == (0,)


async def test_an_unknown_name_costs_the_same_work_and_gets_the_same_answers(known):
    """Which work, not which time: the comparison is made, the pauses are the same."""
    await directory.add(known.conn, official("tanpa-sandi"), MORNING)
    told = {}
    for name in ("yohana", "tanpa-sandi", "siapa-pun", "bukan id\0", "😀"):
        before, answers = known.counted.compared, []
        for _ in range(7):
            try:
                await known.keeps.sign_in(name, "salah sama sekali")
            except (SignInFailedError, SignInPausedError) as refusal:
                answers.append((refusal.code, vars(refusal)))
        told[name] = (answers, known.counted.compared - before)
    assert len(told) == 5
    assert all(each == told["yohana"] for each in told.values())
    assert told["yohana"][1] == 5


async def test_made_up_names_are_forgotten_after_a_day(known):
    await fails(known, id_="siapa-pun")
    known.now += tries.FORGOTTEN + SECOND
    await known.keeps.sign_in("yohana", SECRET)
    cursor = await known.conn.execute("select count(*) from sign_in_tries")
    assert await cursor.fetchone() == (0,)


async def test_a_password_that_was_hashed_with_less_is_hashed_anew(known):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(SECRET)
    await accounts.keep(known.conn, "yohana", weak, known.now)
    await known.keeps.sign_in("yohana", SECRET)
    kept = await accounts.kept(known.conn, "yohana")
    assert kept is not None
    assert kept.password is not None
    assert kept.password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    await known.keeps.sign_in("yohana", SECRET)


async def test_a_session_ends_after_half_an_hour_without_use(known):
    begun = await known.keeps.begin_session("yohana", SECRET)
    for _ in range(4):
        known.now += sessions.IDLE - SECOND
        await known.keeps.session(begun.secret)
    known.now += sessions.IDLE
    with pytest.raises(SessionRefusedError):
        await known.keeps.session(begun.secret)


async def test_a_session_ends_after_ten_hours_however_it_is_used(known):
    begun = await known.keeps.begin_session("yohana", SECRET)
    while known.now < MORNING + sessions.ABSOLUTE - SECOND:
        await known.keeps.session(begun.secret)
        known.now += timedelta(minutes=20)
    known.now = MORNING + sessions.ABSOLUTE
    with pytest.raises(SessionRefusedError):
        await known.keeps.session(begun.secret)
    with pytest.raises(SessionRefusedError):
        await known.keeps.step_up(begun.secret, SECRET)


async def test_stepping_up_changes_the_secret_and_not_the_end(known):
    begun = await known.keeps.begin_session("yohana", SECRET)
    known.now += timedelta(minutes=20)
    fresh = await known.keeps.step_up(begun.secret, SECRET)
    assert fresh.secret != begun.secret
    assert fresh.session.session == begun.session.session
    assert fresh.session.began_at == MORNING
    assert fresh.session.authenticated_at == known.now
    with pytest.raises(SessionRefusedError):
        await known.keeps.session(begun.secret)
    with pytest.raises(SignInFailedError):
        await known.keeps.step_up(fresh.secret, "salah sama sekali")
    assert (await known.keeps.session(fresh.secret)).authenticated_at == known.now


async def test_a_new_password_ends_the_other_sessions(known):
    here = await known.keeps.begin_session("yohana", SECRET)
    there = await known.keeps.begin_session("yohana", SECRET)
    await known.keeps.change_password("yohana", SECRET, OTHER, spared=here.secret)
    assert await known.keeps.session(here.secret)
    with pytest.raises(SessionRefusedError):
        await known.keeps.session(there.secret)
    await fails(known, SECRET)
    await known.keeps.sign_in("yohana", OTHER)


async def test_whoever_is_disabled_loses_sessions_links_tokens_and_password(known):
    begun = await known.keeps.begin_session("yohana", SECRET)
    link = await invited(known)
    token = await tokens.issue(known.conn, "yohana", known.now)
    await directory.disable(known.conn, "yohana", known.now)
    refused = (
        (known.keeps.session(begun.secret), SessionRefusedError),
        (known.keeps.step_up(begun.secret, SECRET), SessionRefusedError),
        (known.keeps.redeem(link, OTHER, ADMIN), LinkRefusedError),
        (known.keeps.sign_in("yohana", SECRET), SignInFailedError),
    )
    for asked, error in refused:
        with pytest.raises(error):
            await asked
    # Who comes back gets nothing of it back.
    await directory.add(known.conn, official(), known.now)
    with pytest.raises(SessionRefusedError):
        await known.keeps.session(begun.secret)
    with pytest.raises(LinkRefusedError):
        await known.keeps.redeem(link, OTHER, ADMIN)
    await fails(known, SECRET)
    at = known.now
    assert await tokens.bearer_of(known.conn, tokens.digest(token), at) is None


async def test_every_worker_hears_at_once_that_somebody_was_disabled(
    known, database_url
):
    token = await tokens.issue(known.conn, "yohana", known.now)
    unsigned = SignedTokens((), lambda: known.now)
    workers = [
        Principals(known.pool, database_url, lambda: known.now, unsigned)
        for _ in range(3)
    ]
    listening = [asyncio.create_task(one.listen()) for one in workers]
    await comes_true(lambda: all(one.hears for one in workers))
    assert all([await one.resolve(token) for one in workers])
    await directory.disable(known.conn, "yohana", known.now)
    await comes_true(lambda: not any(one.recall(token) for one in workers))
    assert not any([await one.resolve(token) for one in workers])
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)


@pytest.fixture
async def believing(known, database_url, tmp_path):
    """Give the same, with a worker that hears, and our own issuer of tokens."""
    keys = KeyFile(tmp_path / "issuer", lambda: known.now)
    known.issuer = Issuer("http://127.0.0.1:8000", keys)
    signed = SignedTokens([ours(known.issuer)], lambda: known.now)
    known.worker = Principals(known.pool, database_url, lambda: known.now, signed)
    task = asyncio.create_task(known.worker.listen())
    await comes_true(lambda: known.worker.hears)
    yield known
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def signed_token(known, password=SECRET):
    id_, proved, stands_on = await known.keeps.sign_in("yohana", password)
    return known.issuer.issue(id_, known.now, proved, basis=stands_on)


def taken_in(known, session):
    proved = session.authenticated_at
    return known.issuer.issue("yohana", known.now, proved, basis=session.basis)


async def by_a_link(known):
    await known.keeps.redeem(await invited(known), OTHER, ADMIN)


async def by_himself(known):
    await known.keeps.change_password("yohana", SECRET, OTHER)


@pytest.mark.parametrize("later", [SECOND * 61, SECOND / 2])
@pytest.mark.parametrize("setting", [by_a_link, by_himself])
async def test_no_token_signed_before_the_password_was_set_serves_on(
    believing, setting, later
):
    """Not even one of the same second, which is all that a token tells of its time."""
    seen, unseen = await signed_token(believing), await signed_token(believing)
    operators = await tokens.issue(believing.conn, "yohana", believing.now)
    assert await believing.worker.resolve(seen)
    # Control: what gave a wrong password changed nothing.
    await fails(believing)
    assert believing.worker.recall(seen)
    believing.now += later
    await setting(believing)
    await comes_true(lambda: believing.worker.recall(seen) is None)
    assert await believing.worker.resolve(seen) is None
    assert await believing.worker.resolve(unseen) is None
    assert await believing.worker.resolve(await signed_token(believing, OTHER))
    # The operator gave it, not a password; he takes it back.
    assert await believing.worker.resolve(operators)


async def test_a_password_that_is_only_hashed_anew_ends_no_token(believing):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(SECRET)
    await accounts.keep(believing.conn, "yohana", weak, believing.now)
    token = await signed_token(believing)
    await accounts.rehash(believing.conn, "yohana", weak)
    believing.now += timedelta(seconds=61)
    await believing.keeps.sign_in("yohana", SECRET)
    kept = await accounts.kept(believing.conn, "yohana")
    assert kept is not None
    assert kept.password != weak
    assert await believing.worker.resolve(token)


async def signing_out(known, session):
    assert await known.keeps.end_session("yohana", session.session)


async def beginning_another(known, _):
    await known.keeps.begin_session("yohana", SECRET, known.cookie)


async def changing_the_password(known, _):
    await known.keeps.change_password("yohana", SECRET, OTHER)


async def being_disabled_and_coming_back(known, _):
    await directory.disable(known.conn, "yohana", known.now)
    await directory.add(known.conn, official(), known.now)


ENDINGS = (
    signing_out,
    beginning_another,
    changing_the_password,
    being_disabled_and_coming_back,
)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_a_token_ends_with_the_session_in_which_it_was_taken(believing, ending):
    begun = await believing.keeps.begin_session("yohana", SECRET)
    believing.cookie = begun.secret
    seen, unseen = (taken_in(believing, begun.session) for _ in range(2))
    assert await believing.worker.resolve(seen)
    believing.now += SECOND
    await ending(believing, begun.session)
    await comes_true(lambda: believing.worker.recall(seen) is None)
    assert await believing.worker.resolve(seen) is None
    assert await believing.worker.resolve(unseen) is None


async def test_control_a_token_that_names_no_session_outlives_it(believing):
    begun = await believing.keeps.begin_session("yohana", SECRET)
    unbound = replace(begun.session.basis, session=None)
    token = believing.issuer.issue(
        "yohana", believing.now, believing.now, basis=unbound
    )
    assert await believing.keeps.end_session("yohana", begun.session.session)
    assert await believing.worker.resolve(token)


async def test_the_end_of_one_session_leaves_other_tokens_in_memory(believing):
    one = await believing.keeps.begin_session("yohana", SECRET)
    other = await believing.keeps.begin_session("yohana", SECRET)
    ended, stays = (taken_in(believing, each.session) for each in (one, other))
    operators = await tokens.issue(believing.conn, "yohana", believing.now)
    for token in (ended, stays, operators):
        assert await believing.worker.resolve(token)
    await believing.keeps.end_session("yohana", one.session.session)
    await comes_true(lambda: believing.worker.recall(ended) is None)
    assert believing.worker.recall(stays)
    assert believing.worker.recall(operators)


async def test_a_token_of_a_session_that_ends_meanwhile_is_not_remembered(
    believing, monkeypatch
):
    begun = await believing.keeps.begin_session("yohana", SECRET)
    token = taken_in(believing, begun.session)
    looked_up, ended, stands = asyncio.Event(), asyncio.Event(), basis.stands

    async def slowly(conn, official, on):
        found = await stands(conn, official, on)
        looked_up.set()
        await ended.wait()
        return found

    monkeypatch.setattr(basis, "stands", slowly)
    # Another one, in memory: when it is gone, the worker has heard.
    known = asyncio.create_task(believing.worker.resolve(token))
    await looked_up.wait()
    monkeypatch.setattr(basis, "stands", stands)
    witness = taken_in(believing, begun.session)
    assert await believing.worker.resolve(witness)
    await believing.keeps.end_session("yohana", begun.session.session)
    await comes_true(lambda: believing.worker.recall(witness) is None)
    ended.set()
    await known
    assert believing.worker.recall(token) is None
    assert await believing.worker.resolve(token) is None


async def test_the_spared_session_gives_new_tokens_and_its_former_ones_end(believing):
    begun = await believing.keeps.begin_session("yohana", SECRET)
    before = taken_in(believing, begun.session)
    believing.now += SECOND / 2
    await believing.keeps.change_password("yohana", SECRET, OTHER, begun.secret)
    now = await believing.keeps.session(begun.secret)
    assert await believing.worker.resolve(before) is None
    assert await believing.worker.resolve(taken_in(believing, now))


async def test_a_link_is_made_only_by_who_keeps_all_agencies_of_an_official(door):
    await directory.add(door.conn, official(agency="biro-organisasi"), MORNING)
    for within in (("bppd",), ("biro-organisasi",), ()):
        with pytest.raises(NoAccountError):
            await keeping_accounts.invite(
                door.conn, "yohana", within, MORNING, by="admin"
            )


async def test_no_secret_stands_in_any_table(known):
    """The whole database as text, as whoever steals a dump would search it."""
    link = await invited(known)
    begun = await known.keeps.begin_session("yohana", SECRET)
    token = await tokens.issue(known.conn, "yohana", known.now)
    await fails(known, "kata sandi yang salah ketik")
    await fails(known, "apa saja", id_="sandi-di-kolom-nama")
    secrets = (
        *(SECRET, link, begun.secret, token, "kata sandi yang salah ketik"),
        *("sandi-di-kolom-nama", sessions.synchronizer(begun.secret)),
    )
    dump = await everything(known.conn)
    assert "$argon2id$" in dump
    for secret in secrets:
        for word in (secret, secret.removeprefix("dsl_").removeprefix("dsp_")):
            assert word not in dump
            assert word.encode().hex() not in dump


async def test_the_search_would_find_a_secret_that_stood_there(known):
    """Control of the search above."""
    await known.conn.execute(
        "update accounts set password = %s where official = 'yohana'", [SECRET]
    )
    assert SECRET in await everything(known.conn)


async def everything(conn):
    cursor = await conn.execute(
        "select relname from pg_class where relkind = 'r'"
        " and relnamespace = 'public'::regnamespace"
    )
    texts = []
    for (table,) in await cursor.fetchall():
        rows = await conn.execute(f'select t::text from "{table}" t')  # noqa: S608
        texts += [row for (row,) in await rows.fetchall()]
    return "\n".join(texts)
