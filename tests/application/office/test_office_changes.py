"""Units are renamed and stand-ins appointed on the command line, once and for good."""

import asyncio
from datetime import UTC, date, datetime

import psycopg
import pytest

from application.discretion import StoreRefusedError
from application.office import directory, officials, stand_ins, unit_changes
from domain.office import Directory
from domain.values import Capacity

AGENCIES = ("biro-organisasi", "bppd")
MORNING = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)
DAY = date(2026, 3, 16)
LATER = date(2026, 4, 1)


def change(old="batas", new="perbatasan", on=DAY, agency="bppd", decree="Pergub 7"):
    return unit_changes.check(
        agency=agency,
        old=old,
        new=new,
        effective_on=on,
        decree=decree,
        agencies=AGENCIES,
    )


def plh(
    official="yohana",
    *,
    acting_for="kepala",
    capacity=Capacity.DAILY_ACTING,
    first=DAY,
    last=LATER,
    agency="bppd",
):
    return stand_ins.check(
        agency=agency,
        official=official,
        acting_for=acting_for,
        capacity=capacity,
        first=first,
        last=last,
        decree="SP 800/12",
        agencies=AGENCIES,
    )


def official(id_, unit=None, agency="bppd"):
    return officials.check(
        id_=id_,
        agency=agency,
        name=id_,
        roles=["handler"],
        unit=unit,
        agencies=AGENCIES,
    )


@pytest.fixture
async def conn(database_url):
    """Give the command line's connection to an office of three."""
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await directory.add(connection, official("yohana", "batas/lintas"), MORNING)
        await directory.add(connection, official("maria", "potensi"), MORNING)
        await directory.add(connection, official("kepala"), MORNING)
        yield connection


def test_a_change_that_is_written_wrongly_is_refused():
    with pytest.raises(officials.UnknownAgencyError):
        change(agency="dinas")
    with pytest.raises(officials.BadUnitError):
        change(old="Batas")
    with pytest.raises(officials.BadUnitError):
        change(new="a//b")


@pytest.mark.parametrize("decree", ["", "  ", "a" * 201, "a\nb"])
def test_a_decree_is_a_line_of_text(decree):
    with pytest.raises(unit_changes.BadDecreeError):
        change(decree=decree)


async def test_officials_are_in_the_new_unit_from_the_day_on(conn):
    assert await unit_changes.add(conn, change(), MORNING)
    known = await directory.load(conn)
    for day, unit in ((date(2026, 3, 15), "batas/lintas"), (DAY, "perbatasan/lintas")):
        on_day = Directory(
            officials=known.officials, unit_changes=known.unit_changes, day=day
        )
        found = on_day.find("yohana", "bppd")
        assert found is not None
        assert found.unit == unit


async def test_the_same_change_again_is_fine_and_said(conn):
    assert await unit_changes.add(conn, change(), MORNING)
    assert not await unit_changes.add(conn, change(), MORNING)
    with pytest.raises(unit_changes.UnitChangeExistsError):
        await unit_changes.add(conn, change(new="wilayah"), MORNING)
    assert await unit_changes.everything(conn) == [change()]


async def test_two_units_may_become_one(conn):
    await unit_changes.add(conn, change(new="wilayah"), MORNING)
    await unit_changes.add(conn, change(old="potensi", new="wilayah"), MORNING)
    assert len((await directory.load(conn)).unit_changes) == 2


@pytest.mark.parametrize("unit", ["lintas", "bata", "batas/darat"])
async def test_a_unit_in_which_nobody_is_does_not_change(conn, unit):
    with pytest.raises(unit_changes.UnknownUnitError):
        await unit_changes.add(conn, change(old=unit), MORNING)


async def test_a_unit_of_another_agency_is_unknown_here(conn):
    with pytest.raises(unit_changes.UnknownUnitError):
        await unit_changes.add(conn, change(agency="biro-organisasi"), MORNING)


async def test_a_unit_that_was_renamed_is_known_by_its_new_name_from_then_on(conn):
    await unit_changes.add(conn, change(), MORNING)
    with pytest.raises(unit_changes.UnknownUnitError):
        await unit_changes.add(conn, change(new="wilayah", on=LATER), MORNING)
    again = change(old="perbatasan", new="wilayah", on=LATER)
    assert await unit_changes.add(conn, again, MORNING)


async def test_a_unit_does_not_come_back_to_the_name_it_left(conn):
    await unit_changes.add(conn, change(), MORNING)
    back = change(old="perbatasan", new="batas", on=LATER)
    with pytest.raises(unit_changes.CircularUnitChangeError):
        await unit_changes.add(conn, back, MORNING)
    with pytest.raises(unit_changes.CircularUnitChangeError):
        await unit_changes.add(conn, change(old="potensi", new="potensi/a"), MORNING)


async def test_a_unit_does_not_join_one_that_bears_another_name_by_then(conn):
    await unit_changes.add(conn, change(), MORNING)
    with pytest.raises(unit_changes.UnitGoneError) as refusal:
        await unit_changes.add(conn, change(old="potensi", new="batas"), MORNING)
    assert refusal.value.by_then == "perbatasan"


async def test_two_changes_entered_at_once_make_no_circle(conn, database_url):
    await directory.add(conn, official("ina", "perbatasan"), MORNING)
    there, back = change(), change(old="perbatasan", new="batas")
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as other:
        results = await asyncio.gather(
            unit_changes.add(conn, there, MORNING),
            unit_changes.add(other, back, MORNING),
            return_exceptions=True,
        )
    assert results.count(True) == 1
    assert len(await unit_changes.everything(conn)) == 1


def test_an_appointment_that_is_written_wrongly_is_refused():
    with pytest.raises(officials.UnknownAgencyError):
        plh(agency="dinas")
    with pytest.raises(stand_ins.OwnStandInError):
        plh(acting_for="yohana")
    with pytest.raises(stand_ins.BadTermError):
        plh(first=LATER, last=DAY)


@pytest.mark.parametrize("capacity", [Capacity.DAILY_ACTING, Capacity.INTERIM])
def test_only_an_acting_official_s_end_may_be_open(capacity):
    with pytest.raises(stand_ins.OpenTermError):
        plh(capacity=capacity, last=None)
    assert plh(capacity=Capacity.ACTING, last=None).last is None


async def test_an_appointment_stands_as_entered(conn):
    assert await stand_ins.add(conn, plh(), MORNING)
    assert not await stand_ins.add(conn, plh(), MORNING)
    assert (await directory.load(conn)).appointed_for("kepala", "bppd") == (plh(),)


async def test_an_open_appointment_is_ended_by_another_line(conn):
    plt = plh(capacity=Capacity.ACTING, last=None)
    ended = plh(capacity=Capacity.ACTING, last=LATER)
    await stand_ins.add(conn, plt, MORNING)
    await stand_ins.add(conn, ended, MORNING)
    assert await stand_ins.everything(conn) == [ended]
    rows = await conn.execute("select last from stand_ins order by position")
    assert await rows.fetchall() == [(None,), (LATER,)]


async def test_only_an_official_in_office_is_appointed(conn):
    with pytest.raises(officials.UnknownOfficialError):
        await stand_ins.add(conn, plh(official="nobody"), MORNING)
    with pytest.raises(officials.UnknownOfficialError):
        await stand_ins.add(conn, plh(acting_for="nobody"), MORNING)
    await directory.disable(conn, "yohana", MORNING)
    with pytest.raises(officials.UnknownOfficialError):
        await stand_ins.add(conn, plh(), MORNING)


async def test_somebody_may_act_for_an_official_who_has_left(conn):
    await directory.disable(conn, "kepala", MORNING)
    plt = plh(capacity=Capacity.ACTING, last=None)
    assert await stand_ins.add(conn, plt, MORNING)


@pytest.mark.parametrize("table", ["unit_changes", "stand_ins"])
@pytest.mark.parametrize(
    "wish", ["update {} set decree = 'x'", "delete from {}", "truncate {}"]
)
async def test_what_was_entered_is_never_changed(conn, table, wish):
    with pytest.raises(psycopg.errors.RestrictViolation):
        await conn.execute(wish.format(table))


async def test_the_running_program_reads_changes_and_enters_none(conn):
    await unit_changes.add(conn, change(), MORNING)
    await conn.execute("set role disposisi_desk")
    assert await unit_changes.everything(conn) == [change()]
    assert await stand_ins.everything(conn) == []
    with pytest.raises((StoreRefusedError, psycopg.errors.InsufficientPrivilege)):
        await stand_ins.add(conn, plh(), MORNING)
