"""Readings are durable before anything is shown, in few commits under many readers."""

import ast
import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import pytest
from msgspec.structs import replace

import application
from application import readings
from application.desk_errors import OverloadedError
from application.people import People
from application.reading_desk import ReadingDesk
from application.reading_room import ReadBy, ReadingRoom
from application.readings import Ground, Kind
from application.requester import IDENTITY, WORDS, Identity, Words, encode, sealable
from application.sight import Leave, Sight
from domain.values import Role
from interfaces.clock import now
from tests import unsealed
from tests.application.business import PEOPLE
from tests.application.test_readings import OF_A_CASE
from tests.domain.offices import ANALYST, BPPD

OPENERS: Final = {
    "application/opening.py",  # the one place
    "application/reading_room.py",  # for people, who leave a reading
    "application/passing_on.py",  # sealed again
    "interfaces/http/report_complaints.py",  # sealed again
    "application/likeness.py",  # compared
    "application/comparing_names.py",  # compared
}
"""Modules that may open what is sealed."""
ROOT: Final = Path(application.__path__[0]).parent
ROOMS: Final = ("application", "domain", "interfaces", "projections")

MARIA: Final = Identity(name="Maria Bere", phone="0812", nik="5371995203900042")
MAY: Final = Leave(
    rule="row",
    role=Role.HANDLER,
    why=Ground.ASSIGNEE,
    action="read-requester",
    agency=BPPD,
)


@asynccontextmanager
async def working(url: str, patience: float = 2.0) -> AsyncIterator[ReadingDesk]:
    desk = ReadingDesk(url, patience)
    work = asyncio.create_task(desk.run())
    await asyncio.sleep(0)
    try:
        yield desk
    finally:
        desk.close()
        await work


def room(desk: ReadingDesk, people: People = PEOPLE) -> ReadingRoom:
    by = ReadBy(official=ANALYST, operation="ReadCase", request_id="r")
    return ReadingRoom(people, desk, by, now)


async def maria(desk_connection):
    case = uuid4()
    sealed = PEOPLE.seal_new(
        uuid4(), BPPD, case, sealable(MARIA, Words(subject="Peta"))
    )
    async with desk_connection.transaction():
        await PEOPLE.write(desk_connection.cursor(), (sealed,))
    return sealed


async def test_many_readers_share_few_commits(database_url, desk):
    person = uuid4()
    async with working(database_url) as writer:
        before = await commits(desk)
        await asyncio.gather(
            *(writer.keep([replace(OF_A_CASE, person=person)]) for _ in range(64))
        )
        assert len(await readings.of_person(desk, person)) == 64
        assert await commits(desk) - before <= 4


async def commits(connection) -> int:
    """How many transactions have written readings."""
    cursor = await connection.execute("select count(distinct xmin::text) from readings")
    found: int = (await cursor.fetchone())[0]
    return found


async def test_nothing_is_handed_out_where_the_reading_is_refused(
    database_url, desk, owner
):
    sealed = await maria(desk)
    closed = await PEOPLE.closed(desk, (sealed.record,))
    sights = {sealed.record: Sight(words=MAY, requester=MAY)}
    await owner.execute("revoke insert on readings from disposisi_desk")
    async with working(database_url) as writer:
        with pytest.raises(OverloadedError):
            await room(writer).told(Kind.CASE, sights, closed)
        await owner.execute("grant insert on readings to disposisi_desk")
        assert await room(writer).told(Kind.CASE, sights, closed)


async def test_a_writer_that_is_not_at_work_shows_nothing(desk):
    sealed = await maria(desk)
    closed = await PEOPLE.closed(desk, (sealed.record,))
    sights = {sealed.record: Sight(requester=MAY)}
    with pytest.raises(OverloadedError):
        await room(ReadingDesk("")).told(Kind.CASE, sights, closed)


async def test_nobody_waits_long_for_a_trail_that_is_locked(database_url, owner):
    async with working(database_url, patience=0.2) as writer:
        async with owner.transaction():
            await owner.execute("lock table readings in exclusive mode")
            with pytest.raises(OverloadedError):
                await writer.keep([OF_A_CASE])
        await writer.keep([OF_A_CASE])


async def test_a_lost_connection_is_made_again(database_url, owner, desk):
    person = uuid4()
    async with working(database_url) as writer:
        await writer.keep([OF_A_CASE])
        await owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'disposisi-readings'"
        )
        await writer.keep([replace(OF_A_CASE, person=person)])
    assert len(await readings.of_person(desk, person)) == 1


async def test_what_was_waiting_is_written_when_it_closes(database_url, desk):
    person = uuid4()
    async with working(database_url) as writer:
        waits = asyncio.create_task(writer.keep([replace(OF_A_CASE, person=person)]))
        await asyncio.sleep(0)
    await waits
    assert len(await readings.of_person(desk, person)) == 1


async def test_only_what_the_sight_allows_is_opened_and_named(database_url, desk):
    sealed = await maria(desk)
    closed = await PEOPLE.closed(desk, (sealed.record,))
    async with working(database_url) as writer:
        told = await room(writer).fields(
            Kind.CASE, {sealed.record: Sight(requester=MAY)}, closed
        )
    shown = encode(replace(MARIA, nik="************0042"))
    assert told == {sealed.record: {IDENTITY: shown}}
    [one] = await readings.of_person(desk, sealed.person)
    assert one.fields == ("name", "phone", "nik_last_4")
    assert (one.subject, one.rule, one.why) == (sealed.record, "row", Ground.ASSIGNEE)


async def test_all_of_a_nik_leaves_a_reading_of_its_own(database_url, desk):
    sealed = await maria(desk)
    closed = await PEOPLE.closed_of(desk, (sealed.record,), IDENTITY)
    nik = replace(MAY, rule="nik", action="read-nik")
    sight = Sight(requester=MAY, nik=nik)
    async with working(database_url) as writer:
        told = await room(writer).fields(Kind.CASE, {sealed.record: sight}, closed)
    assert told[sealed.record][IDENTITY] == encode(MARIA)
    assert {
        (one.rule, one.fields) for one in await readings.of_person(desk, sealed.person)
    } == {("row", ("name", "phone")), ("nik", ("nik",))}


async def test_what_a_book_does_not_show_is_neither_opened_nor_named(
    database_url, desk
):
    sealed = await maria(desk)
    closed = await PEOPLE.closed(desk, (sealed.record,))
    seen = Sight(words=MAY, requester=MAY, nik=MAY, parts=frozenset({"name"}))
    async with working(database_url) as writer:
        told = await room(writer).fields(Kind.CASE, {sealed.record: seen}, closed)
    assert told[sealed.record][IDENTITY] == encode(Identity(name=MARIA.name))
    [one] = await readings.of_person(desk, sealed.person)
    assert one.fields == ("name",)


async def test_of_whom_nothing_is_shown_no_reading_is_left(database_url, desk):
    sealed = await maria(desk)
    closed = await PEOPLE.closed(desk, (sealed.record,))
    async with working(database_url) as writer:
        assert await room(writer).told(Kind.CASE, {}, closed) == {}
        words_alone = await PEOPLE.closed_of(desk, (sealed.record,), WORDS)
        nothing = {sealed.record: Sight(requester=MAY)}
        assert await room(writer).told(Kind.CASE, nothing, words_alone) == {}
    assert await readings.of_person(desk, sealed.person) == []
    assert await unsealed.told(PEOPLE, desk, sealed.record)


def opens(tree: ast.AST) -> bool:
    """Whether a module opens what is sealed, by any of the ways there are."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="unseal"):
                return True
            case ast.ImportFrom(module="application", names=names):
                if any(one.name == "opening" for one in names):
                    return True
            case ast.ImportFrom(module="application.opening"):
                return True
            case ast.Import(names=names):
                if any(one.name == "application.opening" for one in names):
                    return True
            case _:
                pass
    return False


def test_few_modules_open_what_is_sealed():
    openers = {
        str(file.relative_to(ROOT))
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        if opens(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert openers <= OPENERS
    assert "application/reading_room.py" in openers


@pytest.mark.parametrize(
    "text",
    [
        "from application import keys, opening",
        "from application.opening import opened",
        "import application.opening",
        "def f(people): return people.unseal()",
        "f = counter.documents.unseal",
    ],
)
def test_a_module_that_would_open_is_found(text):
    assert opens(ast.parse(text))
    assert not opens(ast.parse("from application import keys\nopening = 1"))


async def test_a_reading_that_can_not_be_written_at_all_stops_nobody_else(
    database_url, owner
):
    """Nor does the desk end over it: the next one is kept."""
    sound = replace(OF_A_CASE, request_id="sound")
    async with working(database_url) as readings_desk:
        with pytest.raises(OverloadedError):
            await readings_desk.keep([replace(OF_A_CASE, request_id="\ud800")])
        assert readings_desk.works
        await readings_desk.keep([sound])
    cursor = await owner.execute("select request_id from readings")
    assert await cursor.fetchall() == [("sound",)]
