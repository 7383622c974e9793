"""Whom a batch's texts are compared with: fetched in the desk's own read.

A text that can never be erased must not name those whom its matter concerns. They stay
sealed until an act is at hand that could be recorded but for its text; then they are
opened inside the program, and all that comes of it is yes or no.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg import AsyncCursor

from application import arrays, named_sql, opening, plain_texts, requester
from application.arrays import Array
from application.desk_errors import PersonalDataInTextError
from application.errands import Errand
from application.people import ClosedField
from application.sealing import Sealing
from domain.breach import Breach
from domain.commands import (
    AnyCommand,
    CloseBreach,
    NotifyBreach,
    ReceiveDataRequest,
    RecordBreach,
)
from domain.histories import Matter
from domain.values import PersonId

_SQL = named_sql.load(__file__)
_OF_RECORDS = _SQL["of_records"]
_OF_PERSONS = _SQL["of_persons"]

_OF_A_BREACH: Final = (NotifyBreach, CloseBreach)
"""What is about those whom a breach concerns, as its history tells."""


class NamesToCompare:
    """Those whom the matters of a batch concern, closed until a text is compared."""

    def __init__(self, sealing: Sealing, closed: Iterable[ClosedField]) -> None:
        self._sealing = sealing
        self._of_record: defaultdict[UUID, list[ClosedField]] = defaultdict(list)
        for one in closed:
            self._of_record[one.record].append(one)

    def must_not_stand_in(self, errand: Errand, matter: Matter | None) -> None:
        """Raise `PersonalDataInTextError` where a text names whom the act concerns."""
        if not self._of_record or not errand.free_texts:
            return
        for closed in self._concerned(errand, matter):
            who = requester.identity(opening.field(self._sealing, closed))
            for nth, text in enumerate(errand.free_texts):
                if plain_texts.names(text, who):
                    raise PersonalDataInTextError(nth)

    def _concerned(
        self, errand: Errand, matter: Matter | None
    ) -> Iterator[ClosedField]:
        """Whose matters the act needs, and whom it is about otherwise."""
        for record in errand.streams:
            yield from self._of_record.get(record, ())
        if persons := _persons(errand.command, matter):
            for each in self._of_record.values():
                yield from (one for one in each if one.person in persons)


class NamesAsked:
    """What a batch asks of the people store; nothing where nobody wrote anything."""

    def __init__(self, sealing: Sealing, errands: Sequence[Errand]) -> None:
        written = [one for one in errands if one.free_texts]
        self._sealing = sealing
        self._records = {record for one in written for record in one.streams}
        self._persons = {who for one in written for who in _persons(one.command)}
        self._breaches = [
            one.subject for one in written if isinstance(one.command, _OF_A_BREACH)
        ]
        self._sent: list[AsyncCursor[Any]] = []

    def __bool__(self) -> bool:
        return bool(self._records or self._persons)

    async def send(self, cursor: Callable[[], AsyncCursor[Any]]) -> None:
        """Ask in the caller's transaction; `told` fetches the answer."""
        if self._records:
            records = arrays.uuids(list(self._records))
            await self._ask(cursor(), _OF_RECORDS, {"records": records})
        if self._persons or self._breaches:
            about = {
                "persons": arrays.uuids(list(self._persons)),
                "breaches": arrays.uuids(self._breaches),
            }
            await self._ask(cursor(), _OF_PERSONS, about)

    async def told(self) -> NamesToCompare:
        """Fetch whom the batch's texts are compared with."""
        rows = [row for sent in self._sent for row in await sent.fetchall()]
        closed = (ClosedField(*row) for row in rows)
        return NamesToCompare(self._sealing, closed)

    async def _ask(
        self,
        cursor: AsyncCursor[Any],
        statement: LiteralString,
        about: Mapping[str, Array],
    ) -> None:
        await cursor.execute(statement, about, prepare=True)
        self._sent.append(cursor)


def _persons(command: AnyCommand, matter: Matter | None = None) -> frozenset[PersonId]:
    """Whom an act is about otherwise than by the matters that it needs."""
    match command:
        case ReceiveDataRequest(person=person):
            return frozenset({person})
        case RecordBreach(persons=persons):
            return frozenset(persons)
        case NotifyBreach() | CloseBreach() if isinstance(matter, Breach):
            return frozenset(matter.recorded.persons)
        case _:
            return frozenset()
