"""Who read the file: what was shown to whom, of which cases and persons, and why.

It holds nothing that the fields say; who may read it is told by the authority table.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta
from psycopg.rows import dict_row

from application import named_sql
from application.readings import Ground, Kind, Purpose, Reading
from application.register import Connection
from domain.values import AgencyCode, Digest, OfficialId, Role
from projections.registers.excerpt import Excerpt, Found, cut
from projections.registers.onlooker import Onlooker

_NEWEST = named_sql.load(__file__)["newest"]


class ReadingLine(msgspec.Struct, frozen=True, kw_only=True):
    """One reading; its time is the agency's."""

    at: datetime
    official: Annotated[
        OfficialId | None, Meta(description="Null: the operator of the program.")
    ]
    name: str | None
    role: Role | None
    acting_for: Annotated[
        OfficialId | None, Meta(description="In whose post, where not in his own.")
    ]
    rule: Annotated[str, Meta(description="The row of the authority table.")]
    why: Annotated[Ground, Meta(description="What he has to do with the matter.")]
    purpose: Annotated[Purpose | None, Meta(description="What he said of it, if so.")]
    action: str
    operation: Annotated[str, Meta(description="The route, by its operation id.")]
    kind: Kind
    subject: Annotated[UUID | None, Meta(description="Null: a document.")]
    document: Digest | None
    person: Annotated[
        UUID | None, Meta(description="Whose data; null where that is not known.")
    ]
    fields: Annotated[tuple[str, ...], Meta(description="What was opened, by name.")]
    agency: AgencyCode
    request_id: str


class ReadingPage(msgspec.Struct, frozen=True):
    """Readings, the newest first."""

    items: tuple[ReadingLine, ...]
    next: str | None
    """Opaque; where the trail goes on, while there is more."""


class ReadingsWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which readings; whatever is None does not matter."""

    case: UUID | None = None
    """A case, or a complaint, an objection or a visit."""
    person: UUID | None = None
    official: OfficialId | None = None


class _Found(Found, frozen=True):
    reading: Reading


async def readings(
    connection: Connection, onlooker: Onlooker, excerpt: Excerpt, wanted: ReadingsWanted
) -> ReadingPage:
    """A page of them."""
    of = excerpt.within() | msgspec.structs.asdict(wanted)
    async with connection.cursor(binary=True, row_factory=dict_row) as cursor:
        await cursor.execute(_NEWEST, of, prepare=False)
        found = [
            _Found(row["at"], row.pop("position"), msgspec.convert(row, Reading))
            for row in await cursor.fetchall()
        ]
    shown, following = cut(found, excerpt.limit)
    lines = tuple(_line(one.reading, onlooker) for one in shown)
    return ReadingPage(lines, following)


def _line(found: Reading, onlooker: Onlooker) -> ReadingLine:
    official = found.official
    return ReadingLine(
        at=onlooker.offices.calendar(found.agency).local(found.at),
        official=official,
        name=None if official is None else onlooker.name_of(official, found.agency),
        role=found.role,
        acting_for=found.acting_for,
        rule=found.rule,
        why=found.why,
        purpose=found.purpose,
        action=found.action,
        operation=found.operation,
        kind=found.kind,
        subject=found.subject,
        document=found.document,
        person=found.person,
        fields=found.fields,
        agency=found.agency,
        request_id=found.request_id,
    )
