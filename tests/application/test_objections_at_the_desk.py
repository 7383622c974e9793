"""A ruling that opens a case again is one with it, whatever else the case meets."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import psycopg
import pytest
from msgspec.structs import replace

from application import register
from application.desk import Desk
from application.desk_errors import (
    ForbiddenError,
    StaleVersionError,
    UnknownMatterError,
)
from application.entries import Entry
from application.errands import Errand
from application.page import Page
from application.recorded import Recorded
from domain import commands, events
from domain.case import Case
from domain.values import (
    ComplaintChannel,
    Filer,
    ObjectionGround,
    ObjectionRuling,
    Stage,
)
from tests.application import business
from tests.application.business import DECIDER, about, principal, visit
from tests.domain.offices import ANALYST, BIRO, BPPD, HEAD, PPID, RECEPTIONIST, SUPERIOR
from tests.domain.scenarios import MORNING
from tests.domain.words import PERSON, WORDS

pytestmark = pytest.mark.anyio
REFUSE = commands.RefuseAtCounter(legal_basis=("kip17.c",), reason="rahasia")
REFUSED_AT = 3
"""The version at which a visit stands refused."""


@pytest.fixture
async def desks(database_url: str) -> AsyncIterator[tuple[Desk, Desk]]:
    """Give the desks of two processes over one register."""
    async with (
        business.desk_on(business.line(database_url)) as first,
        business.desk_on(business.line(database_url)) as second,
    ):
        yield first, second


def direction(case: UUID) -> Errand:
    command = commands.GiveDirection(to=ANALYST, directed_by=HEAD)
    return about(case, RECEPTIONIST, "direction", command, 1)


def refusal(case: UUID) -> Errand:
    return about(case, ANALYST, "refusal", REFUSE, 2)


def filing(case: UUID) -> Errand:
    objection = uuid4()
    return Errand(
        command=commands.FileObjection(
            objection=objection,
            case=case,
            ground=ObjectionGround.REFUSED,
            facts=WORDS,
            filed_by=Filer.REQUESTER,
        ),
        action="objections",
        principal=principal(PPID),
        subject=objection,
        case=case,
        request_id="test",
    )


def ruling(objection: UUID, case: UUID, version: int = 1) -> Errand:
    return Errand(
        command=commands.DecideObjection(
            case=case,
            objection=objection,
            decision=ObjectionRuling.GRANT,
            reason="telah diumumkan",
        ),
        action="objections:decision",
        principal=principal(SUPERIOR),
        subject=objection,
        case=case,
        expected=version,
        request_id="test",
    )


def closing(case: UUID) -> Errand:
    return about(case, RECEPTIONIST, "closing", commands.Close(), REFUSED_AT)


def complaint(case: UUID) -> Errand:
    stream = uuid4()
    command = commands.Complain(
        complaint=stream,
        channel=ComplaintChannel.IN_PERSON,
        category="layanan",
        anonymous=True,
        confidential=False,
        words=WORDS,
        person=PERSON,
        case=case,
    )
    return Errand(
        command=command,
        action="complaints",
        principal=principal(RECEPTIONIST),
        subject=stream,
        case=case,
        agency=BPPD,
        request_id="test",
    )


async def refused_visit(desk: Desk) -> UUID:
    """A visitor was told no."""
    case = (await desk.handle(visit(id_card=None))).subject
    await desk.handle(direction(case))
    assert (await desk.handle(refusal(case))).version == REFUSED_AT
    return case


async def history(url: str, stream: UUID) -> list[Entry]:
    """What stands of one stream; versions and times have no gap and no step back."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        entries = await register.entries_of(connection, stream)
    assert [entry.version for entry in entries] == [*range(1, len(entries) + 1)]
    assert all(one.occurred_at <= next_.occurred_at for one, next_ in pairwise(entries))
    return entries


async def test_the_ruling_and_the_opening_stand_together(desks, database_url):
    desk, _ = desks
    case = await refused_visit(desk)
    objection = (await desk.handle(filing(case))).subject
    ruled = await desk.handle(ruling(objection, case))
    assert (ruled.version, ruled.subject) == (2, objection)
    decided = (await history(database_url, objection))[-1]
    opened = (await history(database_url, case))[-1]
    assert isinstance(opened.event, events.Reopened)
    assert (decided.version, opened.version) == (2, REFUSED_AT + 1)
    assert opened.position == decided.position + 1
    assert opened.metadata.correlation == decided.metadata.correlation
    assert opened.metadata.rule == decided.metadata.rule == "ppid-superior"


async def test_a_command_on_the_case_that_races_with_the_ruling_is_not_lost(
    desks, database_url
):
    first, second = desks
    for _ in range(5):
        case = await refused_visit(first)
        objection = (await first.handle(filing(case))).subject
        ruled, [closed, complained] = await asyncio.gather(
            first.handle(ruling(objection, case)),
            business.ends(second, closing(case), complaint(case)),
        )
        assert ruled.version == 2
        assert isinstance(complained, Recorded)
        assert isinstance(closed, Recorded | StaleVersionError)
        told = [type(entry.event) for entry in await history(database_url, case)]
        assert told.count(events.Reopened) == 1
        assert told.count(events.Complained) == 1
        assert told.count(events.Closed) == isinstance(closed, Recorded)


async def test_two_rulings_at_once_open_the_case_once(desks, database_url):
    first, second = desks
    for _ in range(5):
        case = await refused_visit(first)
        one = (await first.handle(filing(case))).subject
        other = (await first.handle(filing(case))).subject
        await asyncio.gather(
            first.handle(ruling(one, case)), second.handle(ruling(other, case))
        )
        told = [type(entry.event) for entry in await history(database_url, case)]
        assert told.count(events.Reopened) == 1


@pytest.fixture
def page() -> Page:
    """Give a page on which nothing stands yet."""
    return Page(
        MORNING, business.new_id, histories={}, lasts={}, reports={}, replies={}
    )


async def test_a_ruling_that_says_no_time_is_not_before_the_cases_last_act(page):
    case = visit(id_card=None)
    for errand in (case, direction(case.subject), refusal(case.subject)):
        DECIDER.settle(errand, page)
    objection = DECIDER.settle(filing(case.subject), page).errand.subject
    soon = MORNING + timedelta(seconds=50)
    DECIDER.settle(replace(closing(case.subject), occurred_at=soon), page)
    # A word, not a text: this page itself tells who asked, and a text would wait.
    said = ruling(objection, case.subject)
    command = replace(said.command, reason="diumumkan")
    DECIDER.settle(replace(said, command=command), page)
    reopened = page.standing(case.subject)
    assert reopened is not None
    assert isinstance(reopened.matter, Case)
    assert reopened.matter.stage is Stage.DISPOSED
    assert reopened.matter.last_at == soon


async def test_a_ruling_names_an_objection_of_that_case_and_agency(page):
    case = visit(id_card=None)
    for errand in (case, direction(case.subject), refusal(case.subject)):
        DECIDER.settle(errand, page)
    with pytest.raises(UnknownMatterError):
        DECIDER.settle(ruling(uuid4(), case.subject), page)
    with pytest.raises(UnknownMatterError):
        DECIDER.settle(ruling(case.subject, case.subject, REFUSED_AT), page)
    objection = DECIDER.settle(filing(case.subject), page).errand.subject
    stranger = principal(SUPERIOR)
    elsewhere = {BIRO: stranger.memberships[BIRO]}
    of_another = replace(stranger, memberships=elsewhere)
    with pytest.raises(ForbiddenError):
        DECIDER.settle(
            replace(ruling(objection, case.subject), principal=of_another), page
        )
