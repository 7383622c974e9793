"""A backup that is restored brings nobody back, nor does a kill lose an erasure."""

import hashlib
import signal
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from msgspec.structs import replace

from application import erased_again, register
from application.desk_errors import InDoubtError, StaleVersionError
from application.documents import Documents
from application.erased_again import Reconciled, reconcile
from application.erased_ledger import ErasedLedger
from application.erasing import Erasure
from application.errands import Idempotency
from application.office import jobs
from application.recorded import Recorded
from domain.events import PersonalDataErased
from domain.values import Digest
from interfaces.clock import now
from tests import dumps, house
from tests.application.business import (
    KEY,
    desk_on,
    disposition,
    ends,
    letter,
    line,
)

DOCUMENTS = Documents(KEY)
SCAN = b"%PDF-1.7 surat permohonan Maria Bere"
SHA256: Digest = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture
def ledger(tmp_path: Path) -> ErasedLedger:
    return ErasedLedger(tmp_path / "keys" / "erased")


async def fit(connection: psycopg.AsyncConnection, ledger: ErasedLedger) -> Reconciled:
    """A start, at this moment."""
    return await reconcile(connection, ledger, now, uuid4)


async def told_erased(
    connection: psycopg.AsyncConnection, case: UUID
) -> list[tuple[str | None, str | None]]:
    """Who entered that the person of a case is erased, and by which row."""
    return [
        (entry.metadata.official, entry.metadata.rule)
        for entry in await register.entries_of(connection, case)
        if isinstance(entry.event, PersonalDataErased)
    ]


async def one_erased(url: str, ledger: ErasedLedger, backup: Path) -> UUID:
    """Two letters; a backup is made; then one of the writers is erased."""
    async with (
        desk_on(line(url), ledger=ledger) as desk,
        await psycopg.AsyncConnection.connect(url, autocommit=True) as connection,
    ):
        await DOCUMENTS.store(
            connection, "bppd", "y", content=SCAN, type_="text/plain", name="s"
        )
        one, other = letter(), letter()
        await ends(desk, one, other)
        dumps.dump(url, backup)
        (sealed,) = one.sealed
        erases = (Erasure(sealed.person, (("bppd", SHA256),)),)
        (done,) = await ends(desk, replace(disposition(one.subject), erases=erases))
        assert isinstance(done, Recorded)
    return sealed.person


async def keys(connection):
    """Every key that is left, of persons and documents."""
    return await (
        await connection.execute(
            "select person::text, erased_at from persons where wrapped_key is not null"
            " union all select encode(sha256, 'hex'), erased_at from documents"
            " where wrapped_key is not null"
        )
    ).fetchall()


async def test_a_restored_backup_is_erased_again_with_the_ledger_alone(
    server_url, database_url, owner, ledger, tmp_path
):
    backup = tmp_path / "backup"
    erased = await one_erased(database_url, ledger, backup)
    when = await (
        await owner.execute(
            "select erased_at from persons where person = %s", (erased,)
        )
    ).fetchone()
    with house.fresh(server_url) as url:
        dumps.restore(backup, url)
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as back:
            assert {name for name, _ in await keys(back)} > {str(erased), SHA256}

            ((case,),) = await (
                await back.execute(
                    "select distinct record from sealed where person = %s", (erased,)
                )
            ).fetchall()
            # The control: without the ledger nobody knows.
            elsewhere = ErasedLedger(tmp_path / "lost")
            assert await fit(back, elsewhere) == Reconciled(0, (), ())
            assert {name for name, _ in await keys(back)} > {str(erased), SHA256}

            done = await fit(back, ledger)
            assert done == Reconciled(0, (erased,), (("bppd", SHA256),))
            left = {name for name, _ in await keys(back)}
            assert left.isdisjoint({str(erased), SHA256})
            assert len(left) == 1
            again = await (
                await back.execute(
                    "select erased_at from persons where person = %s", (erased,)
                )
            ).fetchone()
            assert again == when
            assert await told_erased(back, case) == [(None, "serving")]
            assert await fit(back, ledger) == Reconciled(0, (), ())
            ((_, rule),) = await told_erased(back, case)
            # Its row says so: a start that enters something writes to the register.
            job = jobs.of("serve", jobs.load())
            assert (job.id, job.writes) == (rule, "register")


async def test_who_is_killed_before_the_ledger_has_its_line_is_made_up_for(
    database_url, owner, ledger, tmp_path
):
    file = tmp_path / "keys" / "erased"
    killed = subprocess.run(  # noqa: ASYNC221 - nothing else runs here
        [
            sys.executable,
            "-m",
            "tests.application.killed_at_ledger",
            database_url,
            file,
        ],
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert killed.returncode == -signal.SIGKILL
    (row,) = await (
        await owner.execute("select person from persons where wrapped_key is null")
    ).fetchall()
    assert ledger.lines() == []

    assert await fit(owner, ledger) == Reconciled(1, (), ())
    assert [one.name for one in ledger.lines()] == [str(row[0])]
    assert await fit(owner, ledger) == Reconciled(0, (), ())


async def test_an_erasure_that_the_ledger_could_not_take_is_not_told_as_done(
    database_url, owner, tmp_path
):
    (tmp_path / "erased").mkdir()
    broken = ErasedLedger(tmp_path / "erased")
    async with desk_on(line(database_url), ledger=broken) as desk:
        one, other = letter(), letter()
        await ends(desk, one, other)
        (sealed,) = one.sealed
        told = await ends(
            desk,
            replace(disposition(one.subject), erases=(Erasure(sealed.person),)),
            disposition(other.subject),
        )
    assert isinstance(told[0], InDoubtError)
    assert isinstance(told[1], Recorded)
    left = {name for name, _ in await keys(owner)}
    assert str(sealed.person) not in left


async def test_a_repeated_erasure_is_told_as_done_when_the_ledger_has_it(
    database_url, owner, tmp_path
):
    """Also by a worker who knows nothing of the first time."""
    place = tmp_path / "erased"
    place.mkdir()
    ledger = ErasedLedger(place)
    one = letter()
    (sealed,) = one.sealed
    key = Idempotency("yohana", "POST", "/erasure", "k", b"body")
    erases = (Erasure(sealed.person, (("bppd", SHA256),)),)
    await DOCUMENTS.store(
        owner, "bppd", "y", content=SCAN, type_="text/plain", name="s"
    )
    async with desk_on(line(database_url), ledger=ledger) as desk:
        await ends(desk, one)
        errand = replace(disposition(one.subject), erases=erases, idempotency=key)
        told = await ends(desk, errand)
        again = await ends(desk, errand)
    assert [type(one) for one in told + again] == [InDoubtError, InDoubtError]
    place.rmdir()
    # The documents of the erased are not found any more when it is asked again.
    later = replace(errand, erases=(Erasure(sealed.person),))
    async with desk_on(line(database_url), ledger=ledger) as desk:
        (done,) = await ends(desk, later)
    assert isinstance(done, Recorded)
    assert done.replayed
    assert {one.name for one in ledger.lines()} == {
        str(sealed.person),
        f"bppd/{SHA256}",
    }


async def test_a_refusal_is_told_where_the_ledger_can_not_be_written(
    database_url, tmp_path
):
    (tmp_path / "erased").mkdir()
    broken = ErasedLedger(tmp_path / "erased")
    async with desk_on(line(database_url), ledger=broken) as desk:
        one, other = letter(), letter()
        await ends(desk, one, other)
        persons = [errand.sealed[0].person for errand in (one, other)]
        told = await ends(
            desk,
            replace(disposition(one.subject), erases=(Erasure(persons[0]),)),
            replace(disposition(other.subject, 7), erases=(Erasure(persons[1]),)),
        )
    assert [type(one) for one in told] == [InDoubtError, StaleVersionError]


async def test_bytes_that_came_again_after_the_erasure_stay(
    database_url, owner, ledger, tmp_path
):
    await one_erased(database_url, ledger, tmp_path / "backup")
    await DOCUMENTS.store(
        owner, "bppd", "y", content=SCAN, type_="text/plain", name="s"
    )
    assert await fit(owner, ledger) == Reconciled(0, (), ())
    assert SHA256 in {name for name, _ in await keys(owner)}


async def test_what_was_written_too_late_of_the_erased_is_swept_away(
    database_url, owner, ledger, tmp_path
):
    person = await one_erased(database_url, ledger, tmp_path / "backup")
    await owner.execute(
        "insert into sealed values (%s, %s, 'x', 'x')", (person, person)
    )
    await owner.execute(
        "insert into likenesses values (%s, 'a', 'nik', 'x')", (person,)
    )
    await fit(owner, ledger)
    for table in ("sealed", "likenesses"):
        found = await owner.execute(
            f"select from {table} where person = %s",
            (person,),
        )
        assert await found.fetchall() == []


async def test_whose_history_can_be_told_no_more_is_not_erased_by_half(
    server_url, database_url, ledger, tmp_path, monkeypatch
):
    backup = tmp_path / "backup"
    erased = await one_erased(database_url, ledger, backup)

    async def fails(*_: object) -> None:
        raise ConnectionError

    with house.fresh(server_url) as url:
        dumps.restore(backup, url)
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as back:
            ((case,),) = await (
                await back.execute(
                    "select distinct record from sealed where person = %s", (erased,)
                )
            ).fetchall()
            with monkeypatch.context() as broken:
                broken.setattr(erased_again, "erase", fails)
                with pytest.raises(ConnectionError):
                    await fit(back, ledger)
            assert await told_erased(back, case) == []
            await fit(back, ledger)
            assert len(await told_erased(back, case)) == 1
