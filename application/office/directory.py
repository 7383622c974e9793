"""The directory of officials: who works in which agency, in which roles and unit.

Every change notifies the channel `directory` in its own transaction, so that running
workers drop what they remember of it.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import msgspec
from psycopg import AsyncConnection
from psycopg.rows import dict_row

from application import named_sql
from application.discretion import discreet
from application.office import account_events, stand_ins, unit_changes
from application.office.account_events import What
from application.office.officials import (
    OfficialExistsError,
    UnknownOfficialError,
    differences,
)
from domain.office import Directory, Official
from domain.values import AgencyCode, OfficialId

CHANNEL: Final = "directory"
"""Where PostgreSQL notifies of each change of officials, units, tokens, passwords."""

_SQL = named_sql.load(__file__)
_INSERT = _SQL["insert"]
_FIND_FOR_UPDATE = _SQL["find_for_update"]
_ENABLE = _SQL["enable"]
_DISABLE = _SQL["disable"]
_REVOKE_TOKENS_OF_THE_RETIRED = _SQL["revoke_tokens_of_the_retired"]
_END_SESSIONS_OF_THE_RETIRED = _SQL["end_sessions_of_the_retired"]
_VOID_LINKS_OF_THE_RETIRED = _SQL["void_links_of_the_retired"]
_DROP_PASSWORD_OF_THE_RETIRED = _SQL["drop_password_of_the_retired"]
_EVERYBODY = _SQL["everybody"]
_ANNOUNCE = _SQL["announce"]


class Added(StrEnum):
    """What adding an official came to."""

    NEW = "new"
    UNCHANGED = "unchanged"
    """The same entry stood there already."""
    ENABLED_AGAIN = "enabled_again"
    """A disabled official is back, with the data just given."""


async def add(
    conn: AsyncConnection[Any],
    official: Official,
    at: datetime,
    by: OfficialId | None = account_events.OPERATOR,
) -> Added:
    """Enter an official that `officials.check` made; `by` is who does so.

    Raises `OfficialExistsError` when the id stands in that agency with other data.
    """
    values = msgspec.structs.asdict(official) | {"roles": list(official.roles)}
    async with conn.transaction(), conn.cursor(row_factory=dict_row) as cursor:
        with discreet():
            await cursor.execute(_INSERT, values | {"at": at})
            if await cursor.fetchone():
                added = Added.NEW
            else:
                await cursor.execute(_FIND_FOR_UPDATE, values)
                standing = msgspec.convert(await cursor.fetchone(), Official)
                added = _again(standing, official)
            if added is Added.ENABLED_AGAIN:
                await cursor.execute(_ENABLE, values)
            if added is not Added.UNCHANGED:
                await announce(conn, official.id)
                await account_events.note(
                    conn,
                    What.OFFICIAL_ADDED,
                    official.id,
                    at,
                    by,
                    agencies=[official.agency],
                    roles=official.roles,
                )
    return added


def _again(standing: Official, wanted: Official) -> Added:
    if standing.disabled:
        return Added.ENABLED_AGAIN
    if differing := differences(standing, wanted):
        raise OfficialExistsError(standing, differing)
    return Added.UNCHANGED


async def disable(
    conn: AsyncConnection[Any],
    official: OfficialId,
    at: datetime,
    agency: AgencyCode | None = None,
    by: OfficialId | None = account_events.OPERATOR,
) -> list[Official]:
    """Take an official out of office, in one agency or in all.

    Of one who is out of office everywhere, tokens, sessions, links and password are
    gone for good. Disabling again changes nothing. Raises `UnknownOfficialError`.
    """
    async with conn.transaction(), conn.cursor(row_factory=dict_row) as cursor:
        with discreet():
            await cursor.execute(_DISABLE, {"id": official, "agency": agency, "at": at})
            disabled = msgspec.convert(await cursor.fetchall(), list[Official])
            if not disabled:
                raise UnknownOfficialError(official)
            for of_the_retired in (
                _REVOKE_TOKENS_OF_THE_RETIRED,
                _END_SESSIONS_OF_THE_RETIRED,
                _VOID_LINKS_OF_THE_RETIRED,
                _DROP_PASSWORD_OF_THE_RETIRED,
            ):
                await cursor.execute(of_the_retired, {"id": official, "at": at})
            await announce(conn, official)
            await account_events.note(
                conn,
                What.OFFICIAL_DISABLED,
                official,
                at,
                by,
                agencies=[one.agency for one in disabled],
            )
    return disabled


async def everybody(conn: AsyncConnection[Any]) -> list[Official]:
    """List all officials, disabled ones too, by agency and id."""
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(_EVERYBODY)
        return msgspec.convert(await cursor.fetchall(), list[Official])


async def load(conn: AsyncConnection[Any]) -> Directory:
    """Read the directory as decisions take it; it knows the disabled as disabled."""
    return Directory(
        officials={
            (official.id, official.agency): official
            for official in await everybody(conn)
        },
        unit_changes=tuple(await unit_changes.everything(conn)),
        stand_ins=tuple(await stand_ins.everything(conn)),
    )


async def announce(conn: AsyncConnection[Any], official: OfficialId) -> None:
    """Tell running workers, when the transaction commits, to look again."""
    await conn.execute(_ANNOUNCE, {"official": official})
