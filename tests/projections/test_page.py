"""However a page is cut, the same entries are folded, and the same ones are parked."""

import struct

import psycopg
import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs
from typing_extensions import override

from application import register
from domain import events
from projections import copies, parking
from projections.cases import CasesSheet, CasesView
from projections.copies import Copy
from projections.page import Page
from tests.projections import lives
from tests.projections.projecting import projected, rows
from tests.projections.test_projector import Choosy

SIZES = (1, 2, 7, 2000)
TOO_LONG = psycopg.errors.ProgramLimitExceeded()
ODD = "BPPD-2026-00002"
FIRST_BAD = 3
"""The version of the odd history with which its row can't be written any more."""


class FaultySheet(CasesSheet):
    """Fails at writing the odd row."""

    fault: Exception

    @override
    async def write(self, connection):
        odd = [row for row in self._rows.values() if is_odd(row)]
        if any(row.version >= FIRST_BAD for row in odd):
            raise self.fault
        await super().write(connection)


def is_odd(row):
    """Whether it is the row of the odd history."""
    return row.case.registration_number == ODD


class FaultyAtWriting(CasesView):
    """What folds fails when it comes to be written."""

    def __init__(self, fault) -> None:
        self.fault = fault

    @override
    async def open(self, connection, entries):
        sheet = FaultySheet((await super().open(connection, entries))._standing)
        sheet.fault = self.fault
        return sheet


class FaultyAtOpening(CasesView):
    """What stands can't be read for some entries."""

    def __init__(self, fault) -> None:
        self.fault = fault

    @override
    async def open(self, connection, entries):
        if any(isinstance(entry.event, events.LaporReviewed) for entry in entries):
            raise self.fault
        return await super().open(connection, entries)


class UnheardAtOpening(CasesView):
    """The database refuses the question what stands."""

    @override
    async def open(self, connection, entries):
        if any(isinstance(entry.event, events.LaporReviewed) for entry in entries):
            await connection.execute("select 'reviewed'::bigint")
        return await super().open(connection, entries)


def with_unit(made, unit):
    """The same life, disposed to somebody of this unit."""
    return [
        replace(entry, event=replace(entry.event, unit=unit))
        if isinstance(entry.event, events.Disposed)
        else entry
        for entry in made
    ]


async def cut(owner, view, size, lines=None):
    """Fold the register in pages of a size, and give rows and parked; nothing stays."""
    copy = Copy.serving(view)
    lines = lines or await register.page_after(owner, 0, 10_000)
    async with owner.transaction(force_rollback=True):
        await copies.look_in(owner, [copy])
        for first in range(0, len(lines), size):
            page = Page(lines[first : first + size])
            await page.fold_into(owner, copy)
            await page.keep_parked(owner)
        return await told(owner, view)


async def told(owner, view):
    """What a view holds, and what it lacks."""
    tables = [await (await owner.execute(query)).fetchall() for query in view.rows]
    lacking = await parking.parked(owner, [Copy.serving(view)])
    return tables, [(each.position, each.version, each.error) for each in lacking]


async def recorded(desk, odd=None):
    """Record a good history by turns with an odd one."""
    good = lives.entries(lives.LIVES[2], "BPPD-2026-00001")
    odd = odd or lives.entries(lives.LIVES[4], ODD)
    await lives.record(desk, lives.interleaved([good, odd]))
    return good, odd


@pytest.mark.parametrize(
    ("view", "error", "version"),
    [
        (Choosy("LaporReviewed"), "KeyError", 2),
        (FaultyAtWriting(IndexError()), "IndexError", FIRST_BAD),
        (FaultyAtWriting(struct.error()), "error", FIRST_BAD),
        (FaultyAtWriting(TOO_LONG), "ProgramLimitExceeded", FIRST_BAD),
        (FaultyAtOpening(IndexError()), "IndexError", 2),
        (UnheardAtOpening(), "InvalidTextRepresentation", 2),
    ],
)
async def test_poison_is_parked_alike_in_pages_of_any_size(
    desk, owner, view, error, version
):
    good, odd = await recorded(desk)

    found = [await cut(owner, view, size) for size in SIZES]

    tables, lacking = found[0]
    assert found == [found[0]] * len(SIZES)
    assert sorted(row[1] for row in tables[0]) == [version - 1, len(good)]
    assert [each[1:] for each in lacking] == [
        (version, error),
        *((later, "BehindParked") for later in range(version + 1, len(odd) + 1)),
    ]


async def test_what_the_database_refuses_is_parked_alike_in_pages_of_any_size(
    desk, owner
):
    odd = with_unit(lives.entries(lives.LIVES[4], ODD), "a\0b")
    good, _ = await recorded(desk, odd)

    found = [await cut(owner, CasesView(), size) for size in SIZES]
    lines = await register.page_after(owner, 0, 10_000)
    lines = sorted(lines, key=lambda line: (line.stream, line.version))
    by_history = [await cut(owner, CasesView(), size, lines) for size in (3, 2000)]

    tables, lacking = found[0]
    errors = ["CharacterNotInRepertoire", *["BehindParked"] * (len(odd) - 3)]
    assert [each[1:] for each in lacking] == list(
        zip(range(3, len(odd) + 1), errors, strict=True)
    )
    assert sorted(row[1] for row in tables[0]) == [2, len(good)]
    assert found == [found[0]] * len(SIZES)
    # Positions are the same; only the rows' own order was another.
    assert by_history == found[:2]


async def test_a_projector_outlives_what_cannot_be_written(database_url, desk):
    await recorded(desk)
    view = FaultyAtWriting(IndexError())

    await projected(database_url, desk, views=[view])

    assert len(await rows(desk, [view])) == 2
    lacking = await parking.parked(desk, [Copy.serving(view)])
    assert lacking[0].error == "IndexError"


@pytest.mark.parametrize("view", [FaultyAtOpening, FaultyAtWriting])
async def test_a_lost_connection_is_no_entrys_fault(desk, owner, view):
    await recorded(desk)

    with pytest.raises(psycopg.OperationalError):
        await cut(owner, view(psycopg.errors.AdminShutdown()), 2000)


async def test_of_many_that_are_parked_for_one_error_the_first_is_told(desk, owner):
    await lives.record(desk, lives.many(12))

    with capture_logs() as logs:
        _, lacking = await cut(owner, Choosy("Received"), 2000)

    assert [(each["error"], each["entries"]) for each in logs] == [
        ("KeyError", 12),
        ("BehindParked", len(lacking) - 12),
    ]
    assert {each["event"] for each in logs} == {"entry_parked"}
    assert logs[0]["position"] == lacking[0][0]


@pytest.mark.parametrize("size", [1, 3, 2000])
async def test_what_is_tried_again_in_pages_of_any_size_makes_the_same_rows(
    database_url, desk, owner, monkeypatch, size
):
    monkeypatch.setattr(parking, "PAGE_SIZE", size)
    made = lives.many(6)
    await lives.record(desk, made)
    whole = await cut(owner, Choosy("LaporReviewed"), 2000)
    await projected(database_url, desk, views=[Choosy("Received")])

    serving = [Copy.serving(Choosy("LaporReviewed"))]
    assert await parking.retry(owner, serving) == len(made)
    assert await told(owner, serving[0].view) == whole

    assert await parking.retry(owner, [Copy.serving(CasesView())]) == len(whole[1])
    assert await parking.parked(owner, serving) == []


async def test_words_of_old_may_hold_any_character(desk, owner):
    strange = 'UU "14\\2008" {a,b}'
    life = lives.entries(lives.LIVES[1], ODD)
    odd = [
        replace(entry, event=replace(entry.event, legal_basis=(strange,)))
        if isinstance(entry.event, events.RefusedAsExempt)
        else entry
        for entry in life
    ]
    await lives.record(desk, odd)
    async with owner.transaction(force_rollback=True):
        copy = Copy.serving(CasesView())
        await copies.look_in(owner, [copy])
        page = Page(await register.page_after(owner, 0, 10))
        await page.fold_into(owner, copy)
        cursor = await owner.execute("select legal_bases, withheld_on from cases")

        assert await cursor.fetchall() == [([strange], [strange])]
