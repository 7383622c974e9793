"""What an entry of the audit trail says, read from the register, as people read it.

Also the case that it is about, which stands beside it in other tables.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from application import named_sql
from application.entries import Line
from application.register import Connection
from domain.office import Office
from domain.values import AgencyCode
from projections.history import Told, told
from projections.trail_row import HistoryKind

_SQL = named_sql.load(__file__)
_CASES = _SQL["cases"]
_NUMBERS = _SQL["numbers"]
_LINES = _SQL["lines"]


class Subject(msgspec.Struct, frozen=True):
    """The history in which an entry stands."""

    kind: HistoryKind
    id: UUID


class TrailItem(Told, frozen=True, kw_only=True):
    """One entry of the trail."""

    agency: AgencyCode
    """Whose matter it is."""
    subject: Subject
    case: UUID | None
    """The case that it is about; None for visits, and complaints about no case."""
    registration_number: str | None


class Found(msgspec.Struct, frozen=True):
    """Where an entry stands that is to be told."""

    position: int
    stream: UUID
    kind: HistoryKind
    agency: AgencyCode


async def items(
    connection: Connection,
    shown: Sequence[Found],
    office: Callable[[AgencyCode], Office],
) -> tuple[TrailItem, ...]:
    """Tell these entries, in their order."""
    lines = await _lines(connection, [one.position for one in shown])
    cases = await _cases(connection, shown)
    numbers = await _pairs(connection, _NUMBERS, cases=list({*cases.values()} - {None}))
    said = []
    for one in shown:
        entry = lines[one.position].entry()
        acted_in = entry.metadata.agency or one.agency
        entered = msgspec.structs.asdict(told(entry, acted_in, office(one.agency)))
        case = cases.get(one.stream)
        said.append(
            TrailItem(
                **entered,
                agency=one.agency,
                subject=Subject(HistoryKind(one.kind), one.stream),
                case=case,
                registration_number=None if case is None else numbers.get(case),
            )
        )
    return tuple(said)


async def _lines(connection: Connection, positions: list[int]) -> Mapping[int, Line]:
    async with connection.cursor(binary=True) as cursor:
        await cursor.execute(_LINES, {"positions": positions}, prepare=True)
        return {row[0]: Line(*row) for row in await cursor.fetchall()}


async def _cases(
    connection: Connection, shown: Sequence[Found]
) -> dict[UUID, UUID | None]:
    """The case of each history that is a case's, or about one."""
    own = {one.stream: one.stream for one in shown if one.kind == HistoryKind.CASE}
    beside = [
        one.stream
        for one in shown
        if one.kind in {HistoryKind.COMPLAINT, HistoryKind.OBJECTION}
    ]
    return own | await _pairs(connection, _CASES, streams=beside)


async def _pairs(
    connection: Connection, statement: LiteralString, **of: Sequence[Any]
) -> dict[Any, Any]:
    if not any(of.values()):
        return {}
    cursor = await connection.execute(statement, of, prepare=True)
    return dict(await cursor.fetchall())
