"""The desk on a real database: races with another desk, bugs, and lost connections."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from application import requester
from application.desk_errors import StaleVersionError
from application.errands import Errand, Idempotency
from application.recorded import Recorded
from application.requester import IDENTITY, WORDS, Identity, Words
from domain import commands
from domain.errors import UnknownOfficialError
from domain.events import LetterReceipt
from domain.values import Channel, Requirement, Secrecy, Urgency
from interfaces import wiring
from interfaces.http.counter import Counter
from interfaces.settings import Settings
from tests.load import paperwork

pytestmark = pytest.mark.anyio


class Office:
    """Two web workers' counters over one database, and who works there."""

    def __init__(self, first: Counter, second: Counter, tokens: dict[str, str]) -> None:
        self.first, self.second = first, second
        self._tokens = tokens

    async def letter(self, counter: Counter, key: str | None = None) -> Errand:
        case, person = uuid4(), uuid4()
        sealed = counter.people.seal_new(
            person,
            paperwork.AGENCY,
            case,
            {
                IDENTITY: requester.encode(Identity(name="Yohana")),
                WORDS: requester.encode(Words(subject="Data", items=("satu",))),
            },
        )
        return await self._errand(
            counter,
            paperwork.CLERK,
            commands.ReceiveLetter(
                person=person,
                identity=sealed.digests[IDENTITY],
                words=sealed.digests[WORDS],
                items=1,
                has=frozenset(Requirement),
                letter=LetterReceipt(number="1"),
            ),
            action="cases:letter",
            subject=case,
            agency=paperwork.AGENCY,
            channel=Channel.LETTER,
            sealed=(sealed,),
            idempotency=None if key is None else _key(key),
        )

    async def disposition(
        self, counter: Counter, case: UUID, to: str = paperwork.HANDLER
    ) -> Errand:
        return await self._errand(
            counter,
            paperwork.HEAD,
            commands.Dispose(
                to=to,
                others=(),
                instructions=(),
                urgency=Urgency.ORDINARY,
                secrecy=Secrecy.ORDINARY,
                respond_by=None,
            ),
            action="disposition",
            subject=case,
            case=case,
            expected=1,
        )

    async def _errand(
        self,
        counter: Counter,
        who: str,
        command: commands.AnyCommand,
        **more: Any,  # noqa: ANN401 - fields of an errand
    ) -> Errand:
        principal = await counter.principals.resolve(self._tokens[who])
        assert principal is not None
        return Errand(
            command=command, principal=principal, request_id="test-desk", **more
        )


def _key(key: str) -> Idempotency:
    return Idempotency(
        official=paperwork.CLERK,
        method="POST",
        path="/v1/cases",
        key=key,
        body_sha256=hashlib.sha256(b"body").digest(),
    )


@pytest.fixture
async def office(database_url: str, tmp_path) -> AsyncIterator[Office]:
    tokens = dict(await paperwork.employ(database_url))
    settings = Settings(database_url=database_url, data=str(tmp_path))
    async with (
        wiring.counter(settings) as first,
        wiring.counter(settings) as second,
    ):
        yield Office(first, second, tokens)


async def test_of_two_workers_that_dispose_on_one_version_only_one_does(
    office: Office,
):
    for _ in range(5):
        received = await office.first.desk.handle(await office.letter(office.first))
        errands = [
            (counter, await office.disposition(counter, received.subject))
            for counter in (office.first, office.second)
        ]
        outcomes = await asyncio.gather(
            *(counter.desk.handle(errand) for counter, errand in errands),
            return_exceptions=True,
        )
        assert sorted(type(outcome).__name__ for outcome in outcomes) == [
            "Recorded",
            StaleVersionError.__name__,
        ]


async def test_a_key_that_two_workers_get_at_once_is_carried_out_once(office: Office):
    for n in range(5):
        errands = [
            (counter, await office.letter(counter, key=f"key-{n}"))
            for counter in (office.first, office.second)
        ]
        first, second = await asyncio.gather(
            *(counter.desk.handle(errand) for counter, errand in errands)
        )
        assert first.body == second.body
        assert {first.replayed, second.replayed} == {True, False}


async def test_numbers_of_two_workers_are_gapless(office: Office, database_url: str):
    errands = [
        (counter, await office.letter(counter))
        for counter in (office.first, office.second) * 30
    ]
    await asyncio.gather(*(counter.desk.handle(errand) for counter, errand in errands))
    with psycopg.connect(database_url) as connection:
        rows = connection.execute(
            "select registration_number from registrations order by 1"
        ).fetchall()
    assert [int(number[-5:]) for (number,) in rows] == list(range(1, 61))


async def test_one_refused_in_a_batch_leaves_the_others(office: Office):
    desk = office.first.desk
    received = await asyncio.gather(
        *[desk.handle(await office.letter(office.first)) for _ in range(3)]
    )
    unknown = await office.disposition(office.first, received[1].subject, to="nobody")
    outcomes = await asyncio.gather(
        desk.handle(await office.disposition(office.first, received[0].subject)),
        desk.handle(unknown),
        desk.handle(await office.disposition(office.first, received[2].subject)),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [
        Recorded,
        UnknownOfficialError,
        Recorded,
    ]


async def test_a_bug_in_one_errand_is_answered_to_that_one_alone(office: Office):
    desk = office.first.desk
    broken = await office.disposition(office.first, uuid4())
    broken = Errand(
        command="no command",  # type: ignore[arg-type]  # a bug
        action="disposition",
        principal=broken.principal,
        subject=(await desk.handle(await office.letter(office.first))).subject,
        request_id="test-desk",
        agency=paperwork.AGENCY,
    )
    outcomes = await asyncio.gather(
        desk.handle(await office.letter(office.first)),
        desk.handle(broken),
        desk.handle(await office.letter(office.first)),
        return_exceptions=True,
    )
    assert isinstance(outcomes[1], AssertionError)
    assert isinstance(outcomes[0], Recorded)
    assert isinstance(outcomes[2], Recorded)


async def test_a_batch_whose_connection_was_cut_is_recorded_once(
    office: Office, database_url: str
):
    received = await office.first.desk.handle(await office.letter(office.first))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name like 'desk-%'"
        )
    disposed = await office.first.desk.handle(
        await office.disposition(office.first, received.subject)
    )
    assert disposed.version == 2
