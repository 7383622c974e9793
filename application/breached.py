"""Whom a data breach concerns: persons of the agency whose breach it is, and no others.

A person is an agency's where it took him in, or where a case of its own holds his data.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from application import arrays, named_sql
from domain.values import AgencyCode, OfficialId, PersonId

_SQL = named_sql.load(__file__)
_OF_CASES = _SQL["of_cases"]
_AT_AGENCY = _SQL["at_agency"]
_READ_BY = _SQL["read_by"]
_NUMBERS = _SQL["numbers"]

Connection = AsyncConnection[Any]


async def of_cases(
    connection: Connection, agency: AgencyCode, cases: Sequence[UUID]
) -> dict[UUID, PersonId]:
    """Who asked in these cases; those that are no case of the agency's are left out."""
    of = {"agency": agency, "cases": arrays.uuids(cases)}
    cursor = await connection.execute(_OF_CASES, of, binary=True)
    return dict(await cursor.fetchall())


async def at_agency(
    connection: Connection, agency: AgencyCode, persons: Sequence[PersonId]
) -> frozenset[PersonId]:
    """Which of these persons the agency knows."""
    of = {"agency": agency, "persons": arrays.uuids(persons)}
    cursor = await connection.execute(_AT_AGENCY, of, binary=True)
    return frozenset(person for (person,) in await cursor.fetchall())


async def read_by(
    connection: Connection,
    official: OfficialId,
    agency: AgencyCode,
    span: tuple[datetime, datetime],
    limit: int,
) -> list[PersonId]:
    """Whose data an official was shown in a span of time, its end exclusive."""
    since, until = span
    of = {
        "official": official,
        "agency": agency,
        "since": since,
        "until": until,
        "limit": limit,
    }
    cursor = await connection.execute(_READ_BY, of)
    return [person for (person,) in await cursor.fetchall()]


async def numbers(
    connection: Connection, agency: AgencyCode, persons: Sequence[PersonId]
) -> dict[PersonId, list[tuple[UUID, str]]]:
    """These persons' cases of the agency with their numbers; none of erased ones."""
    of = {"agency": agency, "persons": arrays.uuids(persons)}
    cursor = await connection.execute(_NUMBERS, of, binary=True)
    found: dict[PersonId, list[tuple[UUID, str]]] = {}
    for person, case, number in await cursor.fetchall():
        found.setdefault(person, []).append((case, number))
    return found
