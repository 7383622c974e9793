"""Whom a text is compared with is asked with the histories, and told to nobody."""

from uuid import UUID

import psycopg
import pytest
from msgspec.structs import replace

from application.desk_errors import (
    ForbiddenError,
    KeyReusedError,
    PersonalDataInTextError,
    StaleVersionError,
)
from application.errands import Errand
from application.matters_read import MattersRead
from application.recorded import Recorded
from application.requester import IDENTITY, Identity, Words, encode, sealable
from domain import commands
from domain.errors import WrongStageError
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
)
from tests.domain.offices import ANALYST, BPPD, CLERK, HEAD

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
