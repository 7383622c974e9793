"""The office's books as files hold them: page by page, without what is withheld."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any, Final, TextIO

import msgspec

from application.register import Connection
from interfaces import csv_text
from projections.registers import (
    agenda,
    complaints,
    guests,
    objections,
    request_line,
    requests,
    told,
)
from projections.registers.excerpt import Excerpt
from projections.registers.leaves import ReadLeaf, leaves
from projections.registers.onlooker import Operator
from projections.registers.request_line import RequestLine


class Book(msgspec.Struct, frozen=True):
    """One of the books: its lines, what is left out of them, and how it is read."""

    line: type[msgspec.Struct]
    withheld: tuple[str, ...]
    """What persons told, which is sealed, and what officials wrote of it."""
    leaf: ReadLeaf

    @property
    def columns(self) -> tuple[str, ...]:
        """What the file has."""
        left_out = {*self.withheld, "not_shown"}
        return tuple(one for one in csv_text.header(self.line) if one not in left_out)

    def cells(self, line: msgspec.Struct) -> dict[str, Any]:
        """A line by its columns."""
        said = dict(
            zip(csv_text.header(self.line), msgspec.structs.astuple(line), strict=True)
        )
        return {name: said[name] for name in self.columns}


BOOKS: Final = {
    "requests": Book(
        RequestLine, (*told.SEALED, *request_line.BY_WORDS), requests.requests
    ),
    "objections": Book(
        objections.ObjectionLine,
        (*told.SEALED, *objections.BY_WORDS),
        objections.objections,
    ),
    "complaints": Book(
        complaints.ComplaintLine, complaints.SEALED, complaints.complaints
    ),
    "guests": Book(guests.GuestLine, guests.SEALED, guests.guests),
    "agenda": Book(agenda.AgendaLine, agenda.SEALED, agenda.agenda),
}


async def pages(
    connection: Connection, operator: Operator, book: Book, excerpt: Excerpt
) -> AsyncIterator[list[dict[str, Any]]]:
    """The lines of an excerpt by their columns, `excerpt.limit` of them at a time.

    The connection is in a transaction that sees one moment, for all pages.
    """
    read = partial(book.leaf, connection, operator)
    async for leaf in leaves(read, excerpt):
        yield [book.cells(line) for line in leaf.items]


async def write_json(
    file: TextIO,
    said: dict[str, Any],
    pages: AsyncIterator[list[dict[str, Any]]],
) -> int:
    """Write one object: what is said of the book, and its lines as `items`.

    Answers how many lines there were.
    """
    head = msgspec.json.encode(said).decode().removesuffix("}")
    file.write(f'{head},"items":[')
    lines = 0
    async for page in pages:
        for line in page:
            file.write(",\n" if lines else "\n")
            file.write(msgspec.json.encode(line).decode())
            lines += 1
    file.write("\n]}\n")
    return lines


async def write_csv(
    file: TextIO, book: Book, pages: AsyncIterator[list[dict[str, Any]]]
) -> int:
    """Write a header and the lines, as csv_text does; answers how many lines."""
    file.write(csv_text.text([book.columns]))
    lines = 0
    async for page in pages:
        file.write(csv_text.text([list(line.values()) for line in page]))
        lines += len(page)
    return lines
