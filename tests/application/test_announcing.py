"""A calendar announced late moves what is open, once, and nothing that was decided."""

import asyncio
from datetime import date
from functools import partial
from uuid import uuid4

import msgspec
import psycopg
import pytest

from application import announcing, register
from application.announcing import Announcer
from application.entries import Metadata, Step
from application.office import editions, legal_book, standards_book
from application.office.offices import Offices
from application.upcasting import UnreadableEventError
from domain import deadlines, events
from domain.calendar import Holiday, HolidayKind
from domain.histories import evolve
from domain.trace import trace
from domain.values import Clock, ComplaintChannel, DayKind
from tests.application.past_in_the_register import entry, last, record
from tests.domain.offices import BIRO, BPPD, CLERK, DIRECTORY, HOLIDAYS, OFFICES
from tests.domain.past import answered_orally, closed, delivered, disposed
from tests.domain.receipts import lettered, visited
from tests.domain.scenarios import MORNING, Happened, wita
from tests.domain.words import PERSON, WORDS, objection

FREE = date(2026, 2, 19)
"""A Thursday that the decree of the test frees, within every term below."""
ON_THE_DAY_AFTER = wita("2026-02-11 09:00")


def freed(day=FREE, name="diumumkan", base=HOLIDAYS, agency=None):
    """Give the edition with one more free day, of one agency or of all."""
    holiday = Holiday(day, "Hari berkabung", HolidayKind.LOCAL, "SK 1")
    own = {**base.agency_days.get(agency, {}), day: holiday}
    return msgspec.structs.replace(
        base,
        edition=name,
        holidays=base.holidays if agency else {**base.holidays, day: holiday},
        agency_days={**base.agency_days, agency: own} if agency else base.agency_days,
    )


@pytest.fixture
async def owner(database_url):
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as connection:
        await editions.enter_built_in(connection, HOLIDAYS)
        yield connection


async def announcer(
    connection, at=ON_THE_DAY_AFTER, *, page_size=500, told=lambda _far, _of: None
):
    known = await editions.load(connection, HOLIDAYS)
    offices = Offices(
        standards_book.load(), lambda: known, legal_book.load(), lambda: DIRECTORY
    )
    return Announcer(
        connection, offices, lambda: at, uuid4, page_size=page_size, told=told
    )


async def announced(
    connection,
    table,
    at=ON_THE_DAY_AFTER,
    *,
    page_size=500,
    told=lambda _far, _of: None,
):
    """Announce as the command does; answers what it came to."""
    known = await editions.load(connection, HOLIDAYS)
    if table.edition not in known.kept:
        await announcing.enter(connection, table, known.in_force.edition)
    return await (await announcer(connection, at, page_size=page_size, told=told)).run(
        table.edition
    )


async def moved(connection, case) -> events.DeadlineRecomputed:
    """Give the last entry's event, which says how the case moved."""
    event = (await last(connection, case)).event
    assert isinstance(event, events.DeadlineRecomputed)
    return event


def receipt(*, at=MORNING) -> events.Received:
    """Give a letter's receipt."""
    event = lettered(at=at).event
    assert isinstance(event, events.Received)
    return event


def dates(dues):
    return {due.clock: due.due_on for due in dues}


async def test_an_open_case_moves_and_says_from_where_to_where(owner):
    case = await record(owner, lettered())

    done = await announced(owner, freed())

    told, event = await last(owner, case), await moved(owner, case)
    assert event.edition == "diumumkan"
    assert dates(event.before) == {
        Clock.STANDARD: date(2026, 2, 17),
        Clock.STATUTE: date(2026, 2, 26),
    }
    # The promise is counted in calendar days: only its other reading moves.
    assert dates(event.due) == {
        Clock.STANDARD: date(2026, 2, 17),
        Clock.STATUTE: date(2026, 2, 27),
    }
    assert {due.calendar_edition for due in event.due} == {"diumumkan"}
    assert told.metadata == Metadata(agency=BPPD)
    assert (told.version, told.recorded_at) == (2, ON_THE_DAY_AFTER)
    # What was done before and is entered later is not barred by it.
    assert told.occurred_at == MORNING
    assert (done.streams, done.moved, done.finished) == (1, 1, True)


async def test_what_was_answered_keeps_its_verdict(owner):
    case = await record(
        owner, *visited(), disposed(), answered_orally(at=wita("2026-02-10 10:00"))
    )

    done = await announced(owner, freed())

    assert isinstance((await last(owner, case)).event, events.Delivered)
    assert (done.streams, done.moved) == (1, 0)


def answered_with_a_window() -> tuple[Happened, ...]:
    """A letter that was answered, with the requester's time to object."""
    posted = delivered(at=None)
    assert isinstance(posted.event, events.Delivered)
    window = msgspec.structs.replace(posted.event, due=(objection(MORNING),))
    return (lettered(), disposed(), msgspec.structs.replace(posted, event=window))


async def test_the_time_to_object_moves_until_the_case_is_closed(owner):
    answered = await record(owner, *answered_with_a_window())
    over = await record(owner, *answered_with_a_window(), closed())

    done = await announced(owner, freed())

    assert set(dates((await moved(owner, answered)).due)) == {Clock.OBJECTION}
    assert isinstance((await last(owner, over)).event, events.Closed)
    assert (done.streams, done.moved) == (2, 1)


async def traced(connection, case):
    """Give the statute's trace, counted in the edition that its term names."""
    matter = None
    for each in await register.entries_of(connection, case):
        matter = evolve(matter, each.event, each.by())
    assert matter is not None
    [statute] = [one for one in matter.clocks if one.due.clock is Clock.STATUTE]
    known = await editions.load(connection, HOLIDAYS)
    offices = Offices(
        standards_book.load(), lambda: known, legal_book.load(), lambda: DIRECTORY
    )
    days = trace(statute, offices.calendar_in(BPPD, statute.due.calendar_edition))
    assert days[-1].date == statute.due.due_on
    return {day.date: day for day in days}


async def test_the_trace_of_an_answered_case_counts_in_its_own_edition(owner):
    answered = await record(
        owner, *visited(), disposed(), answered_orally(at=wita("2026-02-10 10:00"))
    )
    moved_on = await record(owner, lettered())

    await announced(owner, freed())

    assert (await traced(owner, answered))[FREE].counted
    day = (await traced(owner, moved_on))[FREE]
    assert (day.counted, day.name, day.decree) == (False, "Hari berkabung", "SK 1")


async def test_what_was_missed_stays_missed(owner):
    case = await record(owner, lettered())

    done = await announced(owner, freed(), at=wita("2026-02-27 00:00"))

    assert (await last(owner, case)).version == 1
    assert done.moved == 0


async def test_a_day_outside_every_term_moves_nothing(owner):
    case = await record(owner, lettered())

    done = await announced(owner, freed(date(2026, 6, 3)))

    assert (await last(owner, case)).version == 1
    assert done.moved == 0


async def test_a_day_of_one_agency_moves_only_that_agencys_cases(owner):
    ours = await record(owner, lettered(agency=BPPD))
    theirs = await record(owner, lettered(agency=BIRO))

    await announced(owner, freed(agency=BPPD))

    assert isinstance((await last(owner, ours)).event, events.DeadlineRecomputed)
    assert (await last(owner, theirs)).version == 1


async def test_a_paused_case_keeps_its_pause(owner):
    calendar = OFFICES[BPPD].calendar
    paused = events.ClockPaused(
        ground="menunggu pemohon",
        first=date(2026, 2, 12),
        starts_at=calendar.start_of(date(2026, 2, 12)),
        clocks=(Clock.STATUTE,),
        until=date(2026, 2, 13),
        ends_at=calendar.end_of(date(2026, 2, 13)),
    )
    case = await record(owner, lettered(), Happened(paused, by=CLERK))

    await announced(owner, freed())

    [statute] = [
        due for due in (await moved(owner, case)).due if due.clock is Clock.STATUTE
    ]
    # Ten working days from 2026-02-10, two of them paused, one now free.
    assert statute.due_on == date(2026, 3, 3)


async def test_an_extended_case_keeps_its_extension(owner):
    statute = receipt().due[1]
    extended = msgspec.structs.replace(
        statute,
        extension=3,
        due_on=date(2026, 3, 3),
        due_at=OFFICES[BPPD].calendar.end_of(date(2026, 3, 3)),
    )
    told = events.DeadlineExtended(
        working_days=3, reason="banyak", notice_sent_at=MORNING, due=(extended,)
    )
    case = await record(owner, lettered(), Happened(told, by=CLERK))

    await announced(owner, freed())

    after = (await moved(owner, case)).due[-1]
    assert (after.due_on, after.extension) == (date(2026, 3, 4), 3)


async def test_a_provisional_date_becomes_final_when_its_year_is_known(owner):
    december = wita("2027-12-27 09:00")
    case = await record(owner, lettered(at=december))
    assert receipt(at=december).due[1].provisional
    new_year = Holiday(
        date(2028, 1, 1), "Tahun Baru Masehi", HolidayKind.NATIONAL, "SKB 2028"
    )
    known = msgspec.structs.replace(
        HOLIDAYS,
        edition="id-2028",
        last=date(2028, 12, 31),
        holidays={**HOLIDAYS.holidays, new_year.date: new_year},
    )

    await announced(owner, known, at=december)

    event = await moved(owner, case)
    assert [due.provisional for due in event.before if due.clock is Clock.STATUTE] == [
        True
    ]
    assert not any(due.provisional for due in event.due)


async def test_complaints_move_with_their_working_days(owner):
    working = deadlines.term(
        Clock.LAPOR_FOLLOW_UP, MORNING, 8, DayKind.WORKING, OFFICES[BPPD].calendar
    )
    opened = events.ComplaintOpened(
        agency=BPPD,
        channel=ComplaintChannel.SP4N_LAPOR,
        category="pelayanan",
        anonymous=False,
        confidential=False,
        words=WORDS,
        person=PERSON,
        due=(working,),
    )
    complaint = uuid4()
    await register.append(owner.cursor(), [entry(complaint, 1, opened, CLERK)])

    await announced(owner, freed())

    [due] = (await moved(owner, complaint)).due
    assert due.due_on == date(2026, 2, 25)


async def test_a_term_that_does_not_say_its_length_is_counted_back(owner):
    old = tuple(msgspec.structs.replace(due, length=0) for due in receipt().due)
    event = msgspec.structs.replace(receipt(), due=old)
    case = await record(owner, Happened(event, by=CLERK, at=MORNING))

    await announced(owner, freed())

    assert dates((await moved(owner, case)).due)[Clock.STATUTE] == date(2026, 2, 27)


async def test_a_second_run_changes_nothing(owner):
    case = await record(owner, lettered())

    first = await announced(owner, freed())
    second = await announced(owner, freed())

    assert (await last(owner, case)).version == 2
    assert first == second


async def test_what_opens_after_the_announcement_is_not_looked_at(owner):
    await record(owner, lettered())
    known = await editions.load(owner, HOLIDAYS)
    await announcing.enter(owner, freed(), known.in_force.edition)
    later = await record(owner, lettered())

    done = await announced(owner, freed())

    assert done.streams == 1
    assert (await last(owner, later)).version == 1


class BrokenOffError(Exception):
    pass


async def test_broken_off_anywhere_a_second_run_goes_on_there(owner):
    cases = [await record(owner, lettered()) for _ in range(7)]

    def break_off(far, _of):
        if far.streams == 4:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        await announced(owner, freed(), page_size=2, told=break_off)
    versions = [(await last(owner, case)).version for case in cases]
    assert versions == [2, 2, 2, 2, 1, 1, 1]

    heard = []
    done = await announced(
        owner,
        freed(),
        page_size=2,
        told=lambda far, of: heard.append((far.streams, of)),
    )

    assert heard[0] == (4, 7)
    assert [(await last(owner, case)).version for case in cases] == [2] * 7
    assert (done.streams, done.moved, done.finished) == (7, 7, True)


async def test_a_history_somebody_writes_in_meanwhile_is_looked_at_again(
    owner, database_url
):
    cases = [await record(owner, lettered()) for _ in range(3)]
    raced = asyncio.Event()
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True
    ) as somebody:
        histories = register.histories

        async def overtaken(cursor, streams):
            found = await histories(cursor, streams)
            if not raced.is_set():
                raced.set()
                step = entry(cases[1], 2, disposed().event, CLERK)
                await register.append(somebody.cursor(), [step])
            return found

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(register, "histories", overtaken)
            done = await announced(owner, freed())

    assert [(await last(owner, case)).version for case in cases] == [2, 3, 2]
    assert (done.streams, done.moved) == (3, 3)


async def test_a_history_that_cannot_be_read_is_counted_and_left(owner):
    case = await record(owner, lettered())
    await owner.execute(
        "select register_append(array[%s::uuid], array[2], array['exploded'],"
        " array['{}'::bytea], null, null, null, null)",
        (case,),
    )
    sound = await record(owner, lettered())

    done = await announced(owner, freed())

    assert (done.streams, done.moved, done.unreadable) == (2, 1, 1)
    assert (await last(owner, sound)).version == 2


async def test_what_could_not_be_read_is_looked_at_again_by_the_next_run(owner):
    case = await record(owner, lettered())
    sound = await record(owner, lettered())

    read = Step.event
    failed: list[Step] = []

    def unreadable_once(step):
        if not failed:
            failed.append(step)
            raise UnreadableEventError(step.tag, "$.channel")
        return read(step)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Step, "event", unreadable_once)
        done = await announced(owner, freed())
        assert (done.moved, done.unreadable, done.finished) == (1, 1, True)

    done = await announced(owner, freed())

    assert [(await last(owner, one)).version for one in (case, sound)] == [2, 2]
    assert (done.streams, done.moved, done.unreadable) == (2, 2, 0)
    assert done.finished
    assert await announced(owner, freed()) == done


async def test_two_announcers_never_work_at_once(owner, database_url):
    connect = partial(psycopg.AsyncConnection.connect, database_url, autocommit=True)
    async with await connect() as first, await connect() as second:
        await announcing.be_the_only_one(first)
        with pytest.raises(announcing.AnotherAnnouncerError):
            await announcing.be_the_only_one(second)


async def test_an_edition_followed_by_another_is_not_told_any_more(owner):
    known = await editions.load(owner, HOLIDAYS)
    await announcing.enter(owner, freed(), known.in_force.edition)
    later = freed(date(2026, 2, 20), "lagi", base=freed())
    await announced(owner, later)

    with pytest.raises(announcing.SupersededError):
        await announced(owner, freed())


async def test_a_case_moved_twice_is_counted_from_its_rule_each_time(owner):
    case = await record(owner, lettered())
    await announced(owner, freed())
    await announced(owner, freed(date(2026, 2, 20), "lagi", base=freed()))
    taken_back = msgspec.structs.replace(HOLIDAYS, edition="dicabut")
    await announced(owner, taken_back)

    assert (await last(owner, case)).version == 4
    assert dates((await moved(owner, case)).due) == dates(receipt().due)
