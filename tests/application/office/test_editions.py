"""Editions are kept for ever, and a worker knows a new one without a restart."""

import asyncio
import contextlib
from datetime import date

import msgspec
import pytest
from psycopg import errors, sql
from psycopg_pool import AsyncConnectionPool
from structlog.testing import capture_logs

from application import announcing
from application.office import calendars, editions, legal_book, standards_book
from application.office.almanac import LISTENER, Almanac
from application.office.offices import Offices
from domain.calendar import Holiday, HolidayKind
from tests.awaiting import comes_true
from tests.domain import standards
from tests.domain.offices import DIRECTORY

BUILT_IN = calendars.load()
FREE = Holiday(date(2026, 6, 3), "Pemilihan", HolidayKind.NATIONAL, "Keppres 1/2026")
NEWER = msgspec.structs.replace(
    BUILT_IN, edition="newer", holidays={**BUILT_IN.holidays, FREE.date: FREE}
)


async def test_the_programs_own_is_in_force_until_one_is_announced(owner):
    assert (await editions.load(owner, BUILT_IN)).in_force == BUILT_IN
    await editions.enter_built_in(owner, BUILT_IN)
    await editions.enter_built_in(owner, BUILT_IN)
    await announcing.enter(owner, NEWER, BUILT_IN.edition)

    known = await editions.load(owner, BUILT_IN)

    assert known.in_force == NEWER
    assert known.named(BUILT_IN.edition) == BUILT_IN
    assert known.bases == {NEWER.edition: BUILT_IN.edition}


async def test_an_edition_never_changes_its_meaning(owner):
    await editions.enter_built_in(owner, BUILT_IN)
    with pytest.raises(editions.EditionChangedError):
        await editions.enter_built_in(
            owner, msgspec.structs.replace(NEWER, edition=BUILT_IN.edition)
        )
    assert (await editions.load(owner, NEWER)).named(BUILT_IN.edition) == BUILT_IN


@pytest.mark.parametrize(
    "change",
    [
        "update calendar_editions set body = '{}'",
        "delete from calendar_editions",
        "truncate calendar_editions cascade",
    ],
)
async def test_even_its_owner_cannot_change_an_edition(owner, change):
    await editions.enter_built_in(owner, BUILT_IN)
    with pytest.raises(errors.RestrictViolation):
        await owner.execute(sql.SQL(change))


async def test_a_later_release_moves_no_deadline_by_itself(owner):
    await editions.enter_built_in(owner, BUILT_IN)
    await editions.enter_built_in(owner, NEWER)

    known = await editions.load(owner, NEWER)

    assert known.in_force == BUILT_IN
    assert known.named(NEWER.edition) == NEWER


def test_an_edition_that_nobody_keeps_is_told_of_once():
    known = editions.Editions.alone(BUILT_IN)
    offices = Offices(
        standards_book.load(), lambda: known, legal_book.load(), lambda: DIRECTORY
    )
    with capture_logs() as told:
        for _ in range(2):
            for agency in offices.agencies:
                assert offices.calendar_in(agency, "lost").edition == BUILT_IN.edition
        offices.calendar_in(offices.agencies[0], BUILT_IN.edition)
    assert told == [
        {
            "event": "calendar_edition_unknown",
            "log_level": "error",
            "edition": "lost",
            "counted_in": BUILT_IN.edition,
        }
    ]


@pytest.fixture
async def almanac(database_url, owner):
    """Give a worker's almanac that listens."""
    await editions.enter_built_in(owner, BUILT_IN)
    async with AsyncConnectionPool(
        database_url, min_size=1, kwargs={"autocommit": True}, open=False
    ) as pool:
        kept = Almanac(pool, database_url, BUILT_IN)
        before = kept.editions
        task = asyncio.create_task(kept.listen())
        await comes_true(lambda: kept.editions is not before)
        yield kept
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def offices_by(almanac):
    return Offices(
        standards_book.load(),
        lambda: almanac.editions,
        legal_book.load(),
        lambda: DIRECTORY,
    )


async def test_a_holiday_is_known_without_a_restart(almanac, owner):
    offices = offices_by(almanac)
    office = offices.under(standards.BPPD.ref)
    assert offices.calendar("bppd").is_working(FREE.date)

    await announcing.enter(owner, NEWER, BUILT_IN.edition)
    await comes_true(lambda: almanac.editions.in_force == NEWER)

    assert offices.edition == NEWER.edition
    assert not offices.calendar("bppd").is_working(FREE.date)
    assert offices.calendar_in("bppd", BUILT_IN.edition).is_working(FREE.date)
    assert offices.under(standards.BPPD.ref).calendar is offices.calendar("bppd")
    assert office.calendar.edition == BUILT_IN.edition


async def test_an_almanac_cut_off_comes_back_and_knows_what_it_missed(almanac, owner):
    await owner.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        " where datname = current_database() and application_name = %s",
        (LISTENER,),
    )
    await announcing.enter(owner, NEWER, BUILT_IN.edition)
    await comes_true(lambda: almanac.editions.in_force == NEWER)


async def test_an_unknown_edition_is_counted_in_the_one_in_force(almanac):
    offices = offices_by(almanac)
    assert offices.calendar_in("bppd", "tak-dikenal").edition == BUILT_IN.edition
