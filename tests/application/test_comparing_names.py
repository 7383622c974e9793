"""Whom a text is compared with is asked with the histories, and told to nobody."""

import time
from uuid import UUID

import psycopg
import pytest
import structlog
from msgspec.structs import replace

from application import opening
from application.comparing_names import NamesToCompare
from application.desk_errors import (
    ForbiddenError,
    KeyReusedError,
    PersonalDataInTextError,
    StaleVersionError,
    UnreadableError,
)
from application.errands import Errand
from application.matters_read import MattersRead
from application.people import ClosedField
from application.recorded import Recorded
from application.requester import IDENTITY, Identity, Words, encode, sealable
from application.sealing import SealedMore
from domain import commands
from domain.errors import WrongStageError
from domain.values import DataRequestKind, Filer
from tests.application.business import (
    PEOPLE,
    about,
    desk_on,
    disposition,
    ends,
    key,
    letter,
    line,
    new_id,
    principal,
)
from tests.domain.offices import ANALYST, BPPD, CLERK, HEAD, PPID

pytestmark = pytest.mark.anyio

MARIA, RUTH = "Maria Bere", "Ruth Banu"


def letter_of(name: str) -> Errand:
    """Somebody of that name wrote a letter."""
    errand, person = letter(), new_id()
    told = sealable(Identity(name=name), Words())
    sealed = PEOPLE.seal_new(person, BPPD, errand.subject, told)
    assert isinstance(errand.command, commands.ReceiveLetter)
    command = replace(
        errand.command,
        person=person,
        identity=sealed.digests["identity"],
        words=sealed.digests["words"],
    )
    return replace(errand, command=command, sealed=(sealed,))


def naming(case: UUID, name: str, version: int = 1) -> Errand:
    """A disposition of the case, in whose instructions somebody is named."""
    said = ("Untuk dijawab", f"Hubungi saudara {name} dahulu")
    command = commands.Dispose(to=ANALYST, instructions=said)
    return replace(disposition(case, version), command=command)


@pytest.fixture
async def work(database_url):
    async with desk_on(line(database_url)) as desk:
        yield desk


async def received(work, *names: str):
    """Cases of people of these names."""
    letters = [letter_of(name) for name in names]
    assert all(isinstance(one, Recorded) for one in await ends(work, *letters))
    return [one.subject for one in letters]


def version_of(url, case):
    with psycopg.connect(url) as connection:
        [(version,)] = connection.execute(
            "select max(originator_version) from register where originator_id = %s",
            [case],
        ).fetchall()
    return version


async def test_each_act_is_compared_with_whom_it_concerns_alone(work, database_url):
    marias, ruths = await received(work, MARIA, RUTH)

    refused, recorded = await ends(work, naming(marias, MARIA), naming(ruths, MARIA))

    assert isinstance(refused, PersonalDataInTextError)
    assert (refused.nth, vars(refused)) == (0, {"nth": 0})
    assert isinstance(recorded, Recorded)
    assert version_of(database_url, marias) == 1
    assert version_of(database_url, ruths) == 2


@pytest.mark.parametrize("name", [MARIA, RUTH])
async def test_who_could_not_do_it_anyway_learns_nothing_of_a_name(work, name):
    [case] = await received(work, MARIA)
    wish = naming(case, name)
    reopening = commands.Reopen(reason=f"permintaan {name}")

    refusals = await ends(
        work,
        replace(disposition(case, by=CLERK), command=wish.command),
        replace(wish, expected=7),
        about(case, HEAD, "reopening", reopening, 1),
    )

    told = [type(refusal) for refusal in refusals]
    assert told == [ForbiddenError, StaleVersionError, WrongStageError]


async def test_what_was_acknowledged_is_told_again_though_he_is_known_since(
    work, database_url
):
    [case] = await received(work, "Yohana")
    errand = replace(naming(case, MARIA), idempotency=key("sekali"))
    [first] = await ends(work, errand)
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        told = {IDENTITY: encode(Identity(name=MARIA))}
        more = await PEOPLE.seal_more(connection, case, told)
        assert more is not None
        await PEOPLE.write(connection.cursor(), [more])

    reused = replace(errand, idempotency=key("sekali", b"other"))
    again, other, anew = await ends(work, errand, reused, naming(case, MARIA, 2))

    assert isinstance(first, Recorded)
    assert isinstance(again, Recorded)
    assert (again.body, again.replayed) == (first.body, True)
    assert isinstance(other, KeyReusedError)
    assert isinstance(anew, PersonalDataInTextError)


async def more_of(database_url: str, case: UUID, name: str) -> SealedMore:
    """Who asks tells more of himself, as it is sealed beside a command."""
    async with await psycopg.AsyncConnection.connect(database_url) as connection:
        told = {IDENTITY: encode(Identity(name=name))}
        more = await PEOPLE.seal_more(connection, case, told)
    assert more is not None
    return more


async def test_what_the_same_batch_tells_of_him_is_read_before_a_text_is_compared(
    work, database_url
):
    case, other = await received(work, "Yohana", "Yohana")
    more = await more_of(database_url, case, MARIA)
    telling = replace(disposition(case), sealed=(more,))

    told, refused, recorded = await ends(
        work, telling, naming(case, MARIA, 2), naming(other, MARIA)
    )

    assert isinstance(told, Recorded)
    assert isinstance(refused, PersonalDataInTextError)
    assert isinstance(recorded, Recorded)
    assert version_of(database_url, case) == 2


async def test_whoever_comes_in_the_same_batch_is_compared_with_what_is_his(work):
    came = letter_of(RUTH)
    [sealed] = came.sealed
    about_him = commands.ReceiveDataRequest(
        person=sealed.person,
        kind=DataRequestKind.ACCESS,
        asked_by=Filer.REQUESTER,
        how=f"lewat {RUTH} sendiri",
    )
    wish = Errand(
        command=about_him,
        action="data-requests",
        principal=principal(PPID),
        subject=new_id(),
        agency=BPPD,
        request_id="test",
    )

    recorded, refused, next_one = await ends(work, came, wish, letter_of(MARIA))

    assert isinstance(recorded, Recorded)
    assert isinstance(refused, PersonalDataInTextError)
    assert isinstance(next_one, Recorded)


@pytest.mark.parametrize("told", [b"{", b'{"name":3}', b'{"name":"\xff"}', None])
async def test_where_nobody_can_tell_it_is_refused_and_the_rest_of_the_batch_goes_on(
    work, database_url, told
):
    opaque, [case] = letter(), await received(work, RUTH)
    fields = {"identity": told or b"{}", "words": b"{}"}
    sealed = PEOPLE.seal_new(new_id(), BPPD, opaque.subject, fields)
    opaque = replace(opaque, sealed=(sealed,))
    [came] = await ends(work, opaque)
    assert isinstance(came, Recorded)
    if told is None:
        with psycopg.connect(database_url) as connection:
            moved = "update sealed set ciphertext = 'none' where record = %s"
            connection.execute(moved, [opaque.subject])
    batch = [naming(opaque.subject, MARIA), naming(case, MARIA)]

    with structlog.testing.capture_logs() as logs:
        refused, recorded = await ends(work, *batch)

    assert isinstance(refused, UnreadableError)
    assert isinstance(recorded, Recorded)
    [line_of_log] = logs
    assert line_of_log == {
        "event": "identity_unreadable",
        "log_level": "error",
        "record": str(opaque.subject),
        "request_id": "test",
    }
    silent = await ends(work, disposition(opaque.subject))
    assert [type(one) for one in silent] == [Recorded]


async def test_whom_a_great_breach_concerns_are_compared_in_no_time():
    """Five thousand at most; while they are compared nobody else is served."""
    case, concerned = new_id(), []
    for n in range(5_000):
        told = sealable(Identity(name=f"Maria Bere{n}", phone=f"0813{n:08d}"), Words())
        one = PEOPLE.seal_new(new_id(), BPPD, case, told)
        concerned.append(
            ClosedField(
                one.person,
                case,
                IDENTITY,
                one.fields[IDENTITY],
                one.wrapped_key,
                restricted=False,
            )
        )
    names = NamesToCompare(PEOPLE, concerned)
    text = "berkas 12 tertinggal di ruang rapat lantai dua, Maria " * 20
    errand = replace(naming(case, "siapa saja"), note=text)

    began = time.process_time()
    names.must_not_stand_in(errand, None)
    compared = time.process_time() - began
    began = time.process_time()
    for closed in concerned:
        opening.field(PEOPLE, closed)
    opened = time.process_time() - began

    assert compared < 10 * opened  # it was more than twenty times as long


async def test_who_is_erased_is_compared_with_nothing(work, database_url):
    [case] = await received(work, MARIA)
    assert await names_stand_in(work, naming(case, MARIA))
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "update persons set wrapped_key = null, erased_at = now()"
            " where person = (select person from sealed where record = %s limit 1)",
            [case],
        )
    assert not await names_stand_in(work, naming(case, MARIA))


async def names_stand_in(work, errand):
    [outcome] = await ends(work, errand)
    return isinstance(outcome, PersonalDataInTextError)


async def read(url, errands):
    """What is read of a batch's matters, and in how many questions."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        made = []

        def cursor():
            made.append(connection.cursor(binary=True))
            return made[-1]

        matters = MattersRead(PEOPLE, errands)
        await matters.send(cursor)
        return *await matters.told(), len(made)


async def test_a_hundred_at_once_are_one_question(work, database_url):
    cases = await received(work, *[MARIA] * 100)
    errands = [naming(case, MARIA) for case in cases]

    histories, names, questions = await read(database_url, errands)

    assert questions == 1
    assert [len(histories[case]) for case in cases] == [1] * 100
    for errand in errands:
        with pytest.raises(PersonalDataInTextError):
            names.must_not_stand_in(errand, None)


async def test_where_nobody_wrote_anything_nobody_is_asked_for(work, database_url):
    [case, other] = await received(work, MARIA, RUTH)
    stock = commands.Dispose(to=ANALYST, instructions=("Untuk dijawab",))
    errands = [disposition(case), replace(disposition(case), command=stock), letter()]

    histories, nobody, _ = await read(database_url, errands)
    _, somebody, _ = await read(database_url, [*errands, naming(other, MARIA)])

    assert histories.keys() == {case}
    assert nobody is None
    somebody.must_not_stand_in(naming(case, MARIA), None)  # his was not asked for
    with pytest.raises(PersonalDataInTextError):
        somebody.must_not_stand_in(naming(other, RUTH), None)


async def test_after_a_question_that_failed_the_next_is_answered(work, database_url):
    [case] = await received(work, MARIA)
    with psycopg.connect(database_url) as connection:
        connection.execute("alter table sealed rename to away")
    [failed] = await ends(work, naming(case, RUTH))
    with psycopg.connect(database_url) as connection:
        connection.execute("alter table away rename to sealed")

    assert isinstance(failed, psycopg.errors.UndefinedTable)
    assert await names_stand_in(work, naming(case, MARIA))
    [recorded] = await ends(work, naming(case, RUTH))
    assert isinstance(recorded, Recorded)
