"""What officials bring to a desk, without HTTP: errands, and desks that are at work."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypedDict
from uuid import UUID, uuid4

from typing_extensions import Unpack

from application.decider import Decider
from application.desk import Desk
from application.desk_connection import DeskConnection
from application.erased_ledger import ErasedLedger
from application.errands import Errand, Idempotency
from application.keys import KeyEncryptionKey
from application.office import authority, standards_book
from application.office.editions import Editions
from application.office.offices import Offices
from application.office.principals import Principal
from application.people import People
from application.reading_desk import ReadingDesk
from application.reading_room import ReadBy, ReadingRoom
from application.recorded import Recorded
from domain import commands, events
from domain.outcome import ItemOutcome
from domain.values import (
    AgencyCode,
    Channel,
    Digest,
    DraftKind,
    OfficialId,
    Outcome,
    Requirement,
    Role,
)
from interfaces.clock import now
from tests.domain.offices import (
    ANALYST,
    BPPD,
    CLERK,
    DIRECTORY,
    HEAD,
    HOLIDAYS,
    LEGAL_BASES,
    RECEPTIONIST,
)

KEY = KeyEncryptionKey(b"k" * 32)
PEOPLE = People(KEY)
ROOM = ReadingRoom(
    PEOPLE,
    ReadingDesk(""),
    ReadBy(official=CLERK, operation="ReadCase", request_id="test"),
    now,
)
"""Where nothing is opened, for its desk does not work."""
EDITIONS = Editions.alone(HOLIDAYS)
DECIDER = Decider(
    Offices(standards_book.load(), lambda: EDITIONS, LEGAL_BASES, lambda: DIRECTORY),
    authority.load(),
)


class Besides(TypedDict, total=False):
    """What an errand may say besides its command."""

    idempotency: Idempotency
    said_role: Role
    documents_known_in: frozenset[AgencyCode]


def principal(official: OfficialId) -> Principal:
    """The official with a token, in every agency where he is in office."""
    held = {
        agency: one
        for (id_, agency), one in DIRECTORY.officials.items()
        if id_ == official
    }
    return Principal(official=official, memberships=held)


def key(word: str, body: bytes = b"body") -> Idempotency:
    """A key of the letter clerk's."""
    return Idempotency(
        official=CLERK,
        method="POST",
        path="/v1/cases",
        key=word,
        body_sha256=hashlib.sha256(body).digest(),
    )


def letter(agency: AgencyCode = BPPD, **besides: Unpack[Besides]) -> Errand:
    """A letter came in, with a phone number."""
    case, person = uuid4(), uuid4()
    sealed = PEOPLE.seal_new(person, agency, case, {"identity": b"{}", "words": b"{}"})
    command = commands.ReceiveLetter(
        person=person,
        identity=sealed.digests["identity"],
        words=sealed.digests["words"],
        items=1,
        has=frozenset({Requirement.PHONE}),
        letter=events.LetterReceipt(addressee=Role.AGENCY_HEAD),
    )
    return Errand(
        command=command,
        action="cases:letter",
        principal=principal(CLERK),
        subject=case,
        agency=agency,
        channel=Channel.LETTER,
        sealed=(sealed,),
        request_id="test",
        **besides,
    )


def visit(id_card: str | None = "ktp") -> Errand:
    """A visitor asks at the counter and leaves an identity card."""
    case, person = uuid4(), uuid4()
    sealed = PEOPLE.seal_new(person, BPPD, case, {"identity": b"{}", "words": b"{}"})
    command = commands.ReceiveAtCounter(
        person=person,
        identity=sealed.digests["identity"],
        words=sealed.digests["words"],
        items=1,
        has=frozenset({Requirement.IDENTITY_SHOWN}),
        id_card=id_card,
    )
    return Errand(
        command=command,
        action="cases:face_to_face",
        principal=principal(RECEPTIONIST),
        subject=case,
        agency=BPPD,
        channel=Channel.FACE_TO_FACE,
        sealed=(sealed,),
        request_id="test",
    )


def about(
    case: UUID,
    by: OfficialId,
    action: str,
    command: commands.AnyCommand,
    version: int,
    **besides: Unpack[Besides],
) -> Errand:
    """A command about a case that was looked at in a version."""
    return Errand(
        command=command,
        action=action,
        principal=principal(by),
        subject=case,
        case=case,
        expected=version,
        request_id="test",
        **besides,
    )


def disposition(
    case: UUID,
    version: int = 1,
    *,
    to: OfficialId = ANALYST,
    by: OfficialId = HEAD,
    **besides: Unpack[Besides],
) -> Errand:
    """The head assigns the case."""
    return about(case, by, "disposition", commands.Dispose(to=to), version, **besides)


def draft(
    case: UUID,
    version: int,
    by: OfficialId,
    document: Digest | None = None,
    **besides: Unpack[Besides],
) -> Errand:
    """An answer is written that grants the one item asked for."""
    command = commands.Draft(
        kind=DraftKind.ANSWER,
        items=(ItemOutcome(n=1, outcome=Outcome.GRANTED),),
        document=document,
    )
    return about(case, by, "draft", command, version, **besides)


def new_id() -> UUID:
    """An id nobody drew before."""
    return uuid4()


@asynccontextmanager
async def at_work(desk: Desk) -> AsyncIterator[Desk]:
    """Let a desk work for the block; what waits at its end is finished."""
    work = asyncio.create_task(desk.run())
    try:
        yield desk
    finally:
        desk.close()
        await asyncio.wait({work})


def line(url: str) -> DeskConnection:
    """A desk's own connection."""
    return DeskConnection(url, PEOPLE, new_id)


@asynccontextmanager
async def desk_on(
    connection: DeskConnection,
    clock: Callable[[], datetime] = now,
    decider: Decider = DECIDER,
    ledger: ErasedLedger | None = None,
) -> AsyncIterator[Desk]:
    """A desk at work for the block."""
    async with at_work(Desk(connection, decider, clock, ledger=ledger)) as desk:
        yield desk
    await connection.close()


async def ends(desk: Desk, *errands: Errand) -> list[Recorded | BaseException]:
    """Bring errands at once, and answer what became of each."""
    return await asyncio.gather(
        *(desk.handle(errand) for errand in errands), return_exceptions=True
    )
