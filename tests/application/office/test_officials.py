"""The directory and its tokens: who is in office, and for how long a token serves."""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from application.discretion import StoreRefusedError
from application.office import directory, officials, tokens
from application.office.directory import Added
from domain.values import Role

AGENCIES = ("biro-organisasi", "bppd")
MORNING = datetime(2026, 3, 16, 0, 30, tzinfo=UTC)


def yohana(
    id_="yohana",
    agency="bppd",
    name="Yohana Lede",
    roles=("receptionist", "letter_clerk"),
    unit=None,
):
    return officials.check(
        id_=id_, agency=agency, name=name, roles=roles, unit=unit, agencies=AGENCIES
    )


@pytest.fixture
async def conn(database_url):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        yield connection


@pytest.mark.parametrize("given", ["", "Yohana", "a b", "é", "a" * 65, "a\n", "../x"])
def test_an_id_that_is_no_slug_is_refused(given):
    with pytest.raises(officials.BadSlugError):
        yohana(id_=given)


@pytest.mark.parametrize("given", ["", "a/", "/a", "a//b", "A", "a/b c", "a\n"])
def test_a_unit_that_is_no_path_of_slugs_is_refused(given):
    with pytest.raises(officials.BadUnitError):
        yohana(unit=given)


@pytest.mark.parametrize("given", ["", "  ", "a" * 201, "a\0b", "a\nb", "\ud800"])
def test_a_name_that_can_not_be_written_is_refused(given):
    with pytest.raises(officials.BadNameError):
        yohana(name=given)


def test_an_agency_without_a_standard_is_refused():
    with pytest.raises(officials.UnknownAgencyError) as refusal:
        yohana(agency="dinas")
    assert refusal.value.given == "dinas"


def test_a_role_that_the_office_does_not_have_is_refused():
    with pytest.raises(officials.UnknownRoleError):
        yohana(roles=["receptionist", "porter"])
    with pytest.raises(officials.NoRoleError):
        yohana(roles=[])


def test_a_unit_may_have_as_many_steps_as_the_agency_has():
    assert yohana(unit="kelembagaan/analisis-jabatan/2").unit is not None


async def test_an_official_is_found_as_entered(conn):
    assert await directory.add(conn, yohana(), MORNING) is Added.NEW
    found = (await directory.load(conn)).find("yohana", "bppd")
    assert found == yohana()
    assert found is not None
    assert found.roles == (Role.RECEPTIONIST, Role.LETTER_CLERK)


async def test_the_same_entry_again_is_fine_and_said(conn):
    await directory.add(conn, yohana(), MORNING)
    again = yohana(roles=["letter_clerk", "receptionist", "receptionist"])
    assert await directory.add(conn, again, MORNING) is Added.UNCHANGED
    assert len(await directory.everybody(conn)) == 1


@pytest.mark.parametrize(
    ("fact", "other"),
    [("name", "Y. Lede"), ("roles", ["handler"]), ("unit", "umum")],
)
async def test_the_same_id_with_other_data_is_refused(conn, fact, other):
    await directory.add(conn, yohana(), MORNING)
    with pytest.raises(officials.OfficialExistsError) as refusal:
        await directory.add(conn, yohana(**{fact: other}), MORNING)
    assert refusal.value.differing == (fact,)
    assert (await directory.load(conn)).find("yohana", "bppd") == yohana()


async def test_two_clerks_who_enter_the_same_official_at_once_agree(conn, database_url):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as other:
        results = await asyncio.gather(
            directory.add(conn, yohana(), MORNING),
            directory.add(other, yohana(), MORNING),
        )
    assert sorted(results) == [Added.NEW, Added.UNCHANGED]


async def test_an_official_serves_two_agencies_under_one_id(conn):
    await directory.add(conn, yohana(), MORNING)
    await directory.add(
        conn, yohana(agency="biro-organisasi", roles=["ppid_superior"]), MORNING
    )
    token = await tokens.issue(conn, "yohana", MORNING)
    bearer = await tokens.bearer_of(conn, tokens.digest(token), MORNING)
    assert bearer is not None
    assert bearer.principal.official == "yohana"
    assert bearer.principal.memberships.keys() == set(AGENCIES)
    assert bearer.principal.memberships["bppd"] == yohana()


async def test_a_disabled_official_is_known_but_not_in_office(conn):
    await directory.add(conn, yohana(), MORNING)
    token = await tokens.issue(conn, "yohana", MORNING)
    await directory.disable(conn, "yohana", MORNING)
    await directory.disable(conn, "yohana", MORNING)
    found = await directory.load(conn)
    assert found.find("yohana", "bppd") is None
    assert found.officials["yohana", "bppd"].name == "Yohana Lede"
    assert await tokens.bearer_of(conn, tokens.digest(token), MORNING) is None
    with pytest.raises(officials.UnknownOfficialError):
        await tokens.issue(conn, "yohana", MORNING)


async def test_one_who_leaves_one_agency_keeps_the_other(conn):
    await directory.add(conn, yohana(), MORNING)
    await directory.add(conn, yohana(agency="biro-organisasi"), MORNING)
    token = await tokens.issue(conn, "yohana", MORNING)
    [left] = await directory.disable(conn, "yohana", MORNING, "bppd")
    assert (left.agency, left.disabled) == ("bppd", True)
    bearer = await tokens.bearer_of(conn, tokens.digest(token), MORNING)
    assert bearer is not None
    assert bearer.principal.memberships.keys() == {"biro-organisasi"}


async def test_one_who_comes_back_may_have_other_roles_and_needs_a_new_token(conn):
    await directory.add(conn, yohana(), MORNING)
    old = await tokens.issue(conn, "yohana", MORNING)
    await directory.disable(conn, "yohana", MORNING)
    back = yohana(roles=["division_head"], unit="umum")
    assert await directory.add(conn, back, MORNING) is Added.ENABLED_AGAIN
    assert (await directory.load(conn)).find("yohana", "bppd") == back
    assert await tokens.bearer_of(conn, tokens.digest(old), MORNING) is None


async def test_nobody_unknown_is_disabled_or_gets_a_token(conn):
    with pytest.raises(officials.UnknownOfficialError):
        await directory.disable(conn, "nobody", MORNING)
    with pytest.raises(officials.UnknownOfficialError):
        await tokens.issue(conn, "nobody", MORNING)


async def test_a_token_is_stored_as_its_hash_alone(conn):
    await directory.add(conn, yohana(), MORNING)
    token = await tokens.issue(conn, "yohana", MORNING)
    assert token.startswith("dsp_")
    assert len(token) == len("dsp_") + 43
    [row] = await (await conn.execute("select t::text from tokens t")).fetchone()
    assert token not in row
    assert token.removeprefix("dsp_").encode().hex() not in row


async def test_a_token_serves_for_a_month_and_no_longer(conn):
    await directory.add(conn, yohana(), MORNING)
    digest = tokens.digest(await tokens.issue(conn, "yohana", MORNING))
    end = MORNING + timedelta(days=30)
    last = end - timedelta(microseconds=1)
    assert await tokens.bearer_of(conn, digest, last) is not None
    assert await tokens.bearer_of(conn, digest, end) is None


async def test_a_token_serves_for_a_day_at_the_least(conn):
    await directory.add(conn, yohana(), MORNING)
    token = await tokens.issue(conn, "yohana", MORNING, timedelta(minutes=1))
    bearer = await tokens.bearer_of(conn, tokens.digest(token), MORNING)
    assert bearer is not None
    assert bearer.expires_at == MORNING + timedelta(hours=24)


async def test_revoked_tokens_serve_nobody_and_a_new_one_does(conn):
    await directory.add(conn, yohana(), MORNING)
    old = [await tokens.issue(conn, "yohana", MORNING) for _ in range(2)]
    assert await tokens.revoke_all(conn, "yohana", MORNING) == 2
    new = await tokens.issue(conn, "yohana", MORNING)
    for token in old:
        assert await tokens.bearer_of(conn, tokens.digest(token), MORNING) is None
    assert await tokens.bearer_of(conn, tokens.digest(new), MORNING) is not None


@pytest.mark.parametrize("token", ["", "dsp_", "dsp_" + "A" * 43, "\ud800", "x" * 9999])
async def test_a_token_that_was_never_issued_serves_nobody(conn, token):
    await directory.add(conn, yohana(), MORNING)
    assert await tokens.bearer_of(conn, tokens.digest(token), MORNING) is None


async def test_the_running_program_reads_officials_and_changes_none(conn):
    await directory.add(conn, yohana(), MORNING)
    token = await tokens.issue(conn, "yohana", MORNING)
    await conn.execute("set role disposisi_desk")
    assert await directory.everybody(conn) == [yohana()]
    assert await tokens.bearer_of(conn, tokens.digest(token), MORNING) is not None
    with pytest.raises(StoreRefusedError) as refusal:
        await directory.add(conn, yohana(id_="intruder"), MORNING)
    assert refusal.value.sqlstate == "42501"
    with pytest.raises(StoreRefusedError):
        await tokens.issue(conn, "yohana", MORNING)
