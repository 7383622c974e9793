"""The trail of readings: who was shown what of whose data, when, and why.

UU 27/2022 articles 31 and 32: all processing is recorded, reading too, and the person
may see the trail. A reading is recorded before the data go out; see reading_room.py.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from psycopg import AsyncConnection, AsyncCursor
from psycopg.rows import dict_row

from application import arrays, named_sql
from application.discretion import discreet
from domain.values import AgencyCode, Digest, OfficialId, Role

_SQL = named_sql.load(__file__)
_ADD = _SQL["add"]
_OF_PERSON = _SQL["of_person"]


class Ground(StrEnum):
    """What the reader has to do with what he opened."""

    ASSIGNEE = "assignee"
    """The matter is his to answer."""
    TIER = "tier"
    """His unit answers it."""
    RECEIVING = "receiving"
    """He receives, completes or sends."""
    LEADING = "leading"
    """He leads the agency, or is its PPID."""
    AGENCY = "agency"
    """It is a matter of his agency's, and nothing nearer."""
    COMPLAINT = "complaint"
    """He handles the complaint."""
    OBJECTION = "objection"
    """He has part in the objection."""
    INSPECTION = "inspection"
    DATA_PROTECTION = "data-protection"
    REGISTER = "register"
    """It stood in a book that he opened."""
    SEARCH = "search"
    """He looked for somebody who had been there before."""
    SUBJECT_REQUEST = "subject-request"
    """The person asked for it."""


class Purpose(StrEnum):
    """What a reader may say of why he reads, besides his ground."""

    HANDLING = "handling"
    CONTACT = "contact"
    CORRECTION = "correction"
    COMPLAINT = "complaint"
    OBJECTION = "objection"
    INSPECTION = "inspection"
    SUBJECT_REQUEST = "subject-request"
    BREACH = "breach"
    REPORTING = "reporting"


class Kind(StrEnum):
    """Of what a reading is."""

    CASE = "case"
    COMPLAINT = "complaint"
    OBJECTION = "objection"
    VISIT = "visit"
    DOCUMENT = "document"
    PERSON = "person"
    DATA_REQUEST = "data_request"
    """A data subject's own, with his wish."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One opening of what is sealed of one person, or of one document."""

    at: datetime
    official: OfficialId | None
    """None is the operator of the program."""
    role: Role | None
    rule: str
    """Id of the row in the authority table that allowed it."""
    acting_for: OfficialId | None = None
    """In whose post, where not in his own."""
    why: Ground
    purpose: Purpose | None = None
    action: str
    """The word of the authority table."""
    operation: str
    """The route, by its operation id, or the command of the program."""
    agency: AgencyCode
    """Whose matter it is."""
    kind: Kind
    subject: UUID | None = None
    """A case, complaint, objection, visit, person or request; None of a document."""
    document: Digest | None = None
    person: UUID | None = None
    """Whose data they are; None where that is not known, as of a document."""
    fields: tuple[str, ...]
    """Names of what was opened; never what it says."""
    request_id: str


async def add(cursor: AsyncCursor[Any], readings: Sequence[Reading]) -> None:
    """Write readings, in one statement; they count once that is committed."""
    with discreet():
        await cursor.execute(
            _ADD,
            {
                "at": arrays.instants([one.at for one in readings]),
                "official": arrays.texts_or_null([one.official for one in readings]),
                "role": arrays.texts_or_null([one.role for one in readings]),
                "rule": arrays.texts([one.rule for one in readings]),
                "acting_for": arrays.texts_or_null(
                    [one.acting_for for one in readings]
                ),
                "why": arrays.texts([one.why for one in readings]),
                "purpose": arrays.texts_or_null([one.purpose for one in readings]),
                "action": arrays.texts([one.action for one in readings]),
                "operation": arrays.texts([one.operation for one in readings]),
                "agency": arrays.texts([one.agency for one in readings]),
                "kind": arrays.texts([one.kind for one in readings]),
                "subject": arrays.uuids_or_null([one.subject for one in readings]),
                "document": arrays.texts_or_null([one.document for one in readings]),
                "person": arrays.uuids_or_null([one.person for one in readings]),
                # Arrays of arrays are all of one length; names hold no space.
                "fields": arrays.texts([" ".join(one.fields) for one in readings]),
                "request_id": arrays.texts([one.request_id for one in readings]),
            },
            prepare=True,
        )


async def of_person(
    connection: AsyncConnection[Any],
    person: UUID,
    documents: Collection[Digest] = (),
) -> list[Reading]:
    """Everybody who was shown something of the person, the oldest reading first.

    `documents` are those of his cases: of one alone nobody knows whose it is.
    """
    digests = [bytes.fromhex(one) for one in documents]
    async with connection.cursor(binary=True, row_factory=dict_row) as cursor:
        await cursor.execute(
            _OF_PERSON, {"person": person, "documents": arrays.byteas(digests)}
        )
        return msgspec.convert(await cursor.fetchall(), list[Reading])
