"""A book leaf by leaf, as exports turn its pages."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias

import msgspec

from application.register import Connection
from projections.registers.excerpt import Excerpt, Place
from projections.registers.onlooker import Onlooker


class Leaf(Protocol):
    """A page of a book."""

    @property
    def items(self) -> Sequence[msgspec.Struct]: ...

    @property
    def next(self) -> str | None: ...


ReadLeaf: TypeAlias = Callable[[Connection, Onlooker, Excerpt], Awaitable[Leaf]]
"""Reads a page of a book, as far as it is the onlooker's to know."""


async def leaves(
    read: Callable[[Excerpt], Awaitable[Leaf]], excerpt: Excerpt
) -> AsyncIterator[Leaf]:
    """All that fits from there on, `limit` lines at a time."""
    while True:
        leaf = await read(excerpt)
        yield leaf
        if leaf.next is None:
            return
        after = Place.read(leaf.next)
        excerpt = msgspec.structs.replace(excerpt, after=after)
