"""Cases by a number as people type it: the whole or its beginning, capitals or not."""

from uuid import UUID

import msgspec

from application import named_sql
from application.register import Connection
from projections.case_list import FEW, beginning_with
from projections.registers.excerpt import Excerpt

_NUMBERED = named_sql.load(__file__)["numbered"]


class Numbered(msgspec.Struct, frozen=True):
    """Only the cases that bear such a number; all where none is said."""

    number: str | None = None

    async def within(
        self, connection: Connection, excerpt: Excerpt
    ) -> dict[str, object]:
        """What a statement asks for: the few cases that fit, or else the pattern."""
        said = (self.number or "").strip()
        if not said:
            return {"cases": None, "number": None}
        pattern = beginning_with(said)
        of = {"agencies": list(excerpt.calendars), "number": pattern, "few": FEW}
        cursor = await connection.execute(_NUMBERED, of, prepare=False)
        cases: list[UUID] = [case for (case,) in await cursor.fetchall()]
        return {"cases": cases if len(cases) < FEW else None, "number": pattern}


ALL = Numbered()
