"""`disposisi report registers`: the office's books as files, without a person in them.

The operator's job is no official's, so that nothing sealed is opened: the columns that
would hold it are left out of the files, and so are those of what officials wrote.
Officials read them over HTTP.
"""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
import rich_click as click

from application import secret_files
from application.office import (
    calendars,
    directory,
    editions,
    legal_book,
    standards_book,
)
from application.office.offices import Offices
from application.register import Connection
from interfaces import clock
from interfaces.cli import books_told
from interfaces.cli.books_told import BOOKS, Book
from interfaces.cli.office import at_the_office
from interfaces.cli.office_files import faults_told
from interfaces.cli.options import DAY, json_option, settings_options
from interfaces.settings import Settings
from interfaces.trouble import OperatorError
from projections import copies, view_marks
from projections.registers.excerpt import Excerpt
from projections.registers.moment import at_one_moment
from projections.registers.onlooker import Operator
from projections.views import SERVING

MANIFEST: Final = "registers.json"

AT_ONCE: Final = 1000
"""Lines in memory at a time."""


class Wanted(msgspec.Struct, frozen=True):
    """What the operator asked for."""

    first: datetime
    last: datetime
    agency: str | None
    books: tuple[str, ...]
    into: Path
    as_json: bool


@click.command("registers")
@click.option("--from", "first", type=DAY, required=True, help="The first local day.")
@click.option("--to", "last", type=DAY, required=True, help="The last one, inclusive.")
@click.option("--agency", help="A code such as bppd; without it, all agencies.")
@click.option(
    "--register",
    "book",
    type=click.Choice(list(BOOKS)),
    help="This one alone; without it, all of them.",
)
@click.option(
    "--out",
    "into",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the files, one a register. No requester's, visitor's or"
    " complainant's name, address, contact or words stand in them, nor the reasons that"
    " officials wrote: these are for officials, over HTTP alone. Beside files of CSV,"
    " registers.json says what they rest on, and bears their SHA-256.",
)
@json_option
@settings_options
def command(
    settings: Settings,
    *,
    first: datetime,
    last: datetime,
    agency: str | None,
    book: str | None,
    into: Path,
    as_json: bool,
) -> None:
    """Write the registers of these days into files, without personal data.

    They are CSV if not JSON. Of each its name is printed, and how many lines it has.
    """
    if last < first:
        raise OperatorError(
            indonesian="hari terakhir tidak boleh sebelum hari pertama",
            english="the last day lies before the first",
        )
    books = tuple(BOOKS) if book is None else (book,)
    wanted = Wanted(first, last, agency, books, into, as_json)

    async def work(connection: Connection) -> None:
        await _write(connection, wanted)

    with faults_told():
        at_the_office(settings, work)


async def _write(connection: Connection, wanted: Wanted) -> None:
    """Every file tells of the same moment."""
    operator = await _operator(connection)
    agencies = operator.offices.agencies
    if wanted.agency is not None and wanted.agency not in agencies:
        raise OperatorError(
            indonesian=f"tidak ada perangkat daerah {wanted.agency!r}",
            english=f"there is no agency {wanted.agency!r}",
        )
    excerpt = Excerpt(
        calendars={
            one: operator.offices.calendar(one)
            for one in agencies
            if wanted.agency in {None, one}
        },
        first=wanted.first.date(),
        last=wanted.last.date(),
        limit=AT_ONCE,
    )
    wanted.into.mkdir(parents=True, exist_ok=True)
    if not wanted.as_json:
        # What it tells of is about to be overwritten.
        (wanted.into / MANIFEST).unlink(missing_ok=True)
    written: list[dict[str, Any]] = []
    await connection.rollback()
    await connection.set_autocommit(True)
    await copies.look_in(connection, SERVING)
    async with at_one_moment(connection):
        position = await _position(connection)
        rests_on = _rests_on(wanted, position, operator.now)
        for name in wanted.books:
            book = BOOKS[name]
            pages = books_told.pages(connection, operator, book, excerpt)
            file = wanted.into / f"{name}.{'json' if wanted.as_json else 'csv'}"
            with file.open("w", encoding="utf-8", newline="") as opened:
                if wanted.as_json:
                    said = {"register": name} | rests_on | _left_out(book)
                    lines = await books_told.write_json(opened, said, pages)
                else:
                    lines = await books_told.write_csv(opened, book, pages)
            click.echo(f"{file} {lines}")
            written.append(_told(file, name, lines) | _left_out(book))
    if not wanted.as_json:
        # Last, so that what it tells of is whole.
        told = msgspec.json.encode(rests_on | {"files": written})
        secret_files.write(wanted.into / MANIFEST, msgspec.json.format(told, indent=2))


async def _operator(connection: Connection) -> Operator:
    officials = await directory.load(connection)
    known = await editions.load(connection, calendars.load())
    offices = Offices(
        standards_book.load(), lambda: known, legal_book.load(), lambda: officials
    )
    return Operator(offices, clock.now())


async def _position(connection: Connection) -> int:
    marks = await view_marks.positions(connection)
    places = {marks.get(copy.schema) for copy in SERVING}
    place = places.pop() if len(places) == 1 else None
    if place is None:
        raise OperatorError(
            indonesian="tampilan belum ada: jalankan `serve` dahulu",
            english="there are no views yet: run `serve` first",
            code=1,
        )
    return place


def _rests_on(wanted: Wanted, position: int, now: datetime) -> dict[str, Any]:
    """What a file of JSON says of itself, and the manifest of files of CSV."""
    return {
        "agency": wanted.agency,
        "from": wanted.first.date(),
        "to": wanted.last.date(),
        "position": position,
        "generated_at": now,
    }


def _left_out(book: Book) -> dict[str, Any]:
    return {
        "left_out": book.withheld,
        "why": "for officials, over HTTP alone",
    }


def _told(file: Path, name: str, lines: int) -> dict[str, Any]:
    """What the manifest says of a file."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return {"register": name, "file": file.name, "rows": lines, "sha256": digest}
