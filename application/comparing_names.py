"""Looks up whose matters some are, for comparing texts: all that wait in one question.

A command with a text of its own is compared with those whom it concerns. Under load one
question for each would cost more than the command; those that come while one is asked
are asked together next, as at the desk.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection
from typing import Any, TypeAlias
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from application import plain_texts
from application.people import People
from application.requester import Identity

_Found: TypeAlias = dict[UUID, list[Identity]]


class NamesToCompare:
    """One worker's look-ups; what is opened stays in the program, read by nobody."""

    def __init__(self, pool: AsyncConnectionPool[Any], people: People) -> None:
        self._pool = pool
        self._people = people
        self._turn = asyncio.Lock()
        self._gathered: set[UUID] = set()
        self._next: asyncio.Task[_Found] | None = None
        """What is asked as soon as the question under way is answered."""

    async def of(self, records: Collection[UUID]) -> list[Identity]:
        """Who asked or complained in these matters; raises what the question raises."""
        if self._next is None:
            self._gathered = set()
            self._next = asyncio.create_task(self._ask(self._gathered))
        self._gathered.update(records)
        # Whoever hangs up leaves the question to the others.
        found = await asyncio.shield(self._next)
        return [who for record in records for who in found.get(record, ())]

    async def _ask(self, records: set[UUID]) -> _Found:
        async with self._turn:
            self._next = None
            found: _Found = defaultdict(list)
            async with self._pool.connection() as connection:
                for record, who in await plain_texts.concerned(
                    self._people, connection, records
                ):
                    found[record].append(who)
            return found
