"""Fills an empty register with so many cases and whole histories."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import cycle, islice

import msgspec

from application.decider import Decider
from application.office import (
    authority,
    calendars,
    directory,
    editions,
    legal_book,
    standards_book,
)
from application.office.offices import Offices
from application.people import People
from interfaces.demo.bulk import books, lives, stencil
from interfaces.demo.bulk.books import Connection
from interfaces.demo.bulk.life import Life
from interfaces.demo.bulk.paper import Office
from interfaces.demo.bulk.stamping import Page, Stamping
from interfaces.demo.year.dice import Dice

FEWEST_LIVES, MOST_LIVES, COPIES = 1_500, 4_000, 5
"""So many lives are decided at least and at most; between them each has some copies."""


class Counts(msgspec.Struct, frozen=True):
    """What came in."""

    cases: int = 0
    events: int = 0
    persons: int = 0
    lives: int = 0
    """How many of the histories are told apart by more than ids and hours."""

    def with_page(self, page: Page) -> "Counts":
        """And a page more."""
        return msgspec.structs.replace(
            self,
            cases=self.cases + len(page.registrations),
            events=self.events + len(page.lines),
            persons=self.persons + len(page.persons),
        )


async def fill(
    connection: Connection,
    people: People,
    *,
    cases: int,
    until: datetime,
    seed: int,
    told: Callable[[int], None] = lambda _: None,
) -> Counts:
    """Enter so many cases that came in before `until`; `told` hears how many stand.

    The connection is the owner's; the demo's cast has to be employed. Raises
    `books.NotEmptyError`. What was entered when it is broken off stays there.
    """
    await people.must_fit(connection)
    await connection.commit()
    async with books.held(connection):
        office = await _office(connection)
        await connection.commit()
        stencils = await asyncio.to_thread(_stencils, office, seed, cases, until)
        pages = Stamping(stencils, people, Dice.of(seed, 0)).pages()
        counts = Counts(lives=len(stencils))
        # While one page is copied, the next is stamped.
        page = await asyncio.to_thread(next, pages, None)
        while page is not None:
            _, following = await asyncio.gather(
                books.enter(connection, page), asyncio.to_thread(next, pages, None)
            )
            counts = counts.with_page(page)
            told(counts.cases)
            page = following
    return counts


async def _office(connection: Connection) -> Office:
    """Both agencies as the desk of this database would know them."""
    known = await editions.load(connection, calendars.load())
    staff = await directory.load(connection)
    offices = Offices(
        standards_book.load(), lambda: known, legal_book.load(), lambda: staff
    )
    return Office(Decider(offices, authority.load()), staff)


def _stencils(
    office: Office, seed: int, cases: int, until: datetime
) -> list[tuple[stencil.Stencil, int]]:
    wanted = min(cases, MOST_LIVES, max(FEWEST_LIVES, cases // COPIES))
    drawn = list(lives.draw(office, seed, wanted, until))
    many = _shared_out(drawn, cases)
    return [
        (stencil.cut(life, until), copies)
        for life, copies in zip(drawn, many, strict=True)
        if copies
    ]


def _shared_out(drawn: Sequence[Life], cases: int) -> list[int]:
    """How many copies each life has, so that there are exactly so many cases."""
    opened = sum(life.cases for life in drawn)
    many = [cases // opened] * len(drawn)
    rest = cases % opened
    of_one_case = [n for n, life in enumerate(drawn) if life.cases == 1]
    assert of_one_case or not rest, "the rest is shared out among lives of one case"
    for n in islice(cycle(of_one_case), rest):
        many[n] += 1
    return many
