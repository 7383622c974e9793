"""What an administrator does with accounts: enter, invite, disable, unlock.

Each act is in the agencies whose accounts he keeps, never on his own account, and is
written down under his name. He sees no case.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from application.office import account_events, accounts, directory, links, tries
from application.office.account_errors import (
    AdministratorAloneError,
    NoAccountError,
    OfficialStandsError,
    OwnAccountError,
    ServesElsewhereError,
)
from application.office.account_events import What
from application.office.officials import OfficialExistsError
from domain.office import Official
from domain.values import AgencyCode, OfficialId, Role


async def enter(
    conn: AsyncConnection[Any],
    official: Official,
    within: Collection[AgencyCode],
    at: datetime,
    by: OfficialId,
) -> None:
    """Enter an official of an agency whose accounts the caller keeps.

    Who serves several agencies is entered by somebody who keeps the accounts of all of
    them, or by the operator. Raises `OwnAccountError`, `ServesElsewhereError`,
    `AdministratorAloneError` or `OfficialStandsError`.
    """
    if official.id == by:
        raise OwnAccountError
    serving = await accounts.serving(conn, official.id)
    if not serving.keys() <= set(within):
        raise ServesElsewhereError
    roles = {*official.roles, *(role for held in serving.values() for role in held)}
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        raise AdministratorAloneError
    try:
        await directory.add(conn, official, at, by)
    except OfficialExistsError as refusal:
        raise OfficialStandsError(refusal.differing) from None


async def invite(
    conn: AsyncConnection[Any],
    official: OfficialId,
    within: Collection[AgencyCode],
    at: datetime,
    by: OfficialId | None,
) -> str:
    """Make a one-time link for a person and return it, for the only time.

    Whoever has the link becomes that official everywhere, so that it is made only where
    the caller keeps the accounts of every agency he serves. Raises `NoAccountError` or
    `OwnAccountError`.
    """
    serves = await accounts.agencies_of(conn, official)
    _must_be_anothers(official, by)
    if not serves or not serves <= set(within):
        raise NoAccountError
    if not await accounts.open_account(conn, official, accounts.PERSON, at):
        raise NoAccountError
    link = await links.issue(conn, official, at)
    await account_events.note(conn, What.INVITED, official, at, by)
    return link


async def disable(
    conn: AsyncConnection[Any],
    official: OfficialId,
    within: Collection[AgencyCode],
    at: datetime,
    by: OfficialId,
) -> None:
    """Take an official out of office in the agencies whose accounts the caller keeps.

    Raises `NoAccountError` or `OwnAccountError`.
    """
    _must_be_anothers(official, by)
    for agency in await _shared(conn, official, within):
        await directory.disable(conn, official, at, agency, by)


async def unlock(
    conn: AsyncConnection[Any],
    official: OfficialId,
    within: Collection[AgencyCode],
    at: datetime,
    by: OfficialId | None,
) -> None:
    """End the pauses after wrong tries; raises `NoAccountError`."""
    await _shared(conn, official, within)
    if await tries.forget_all(conn, official):
        await account_events.note(conn, What.UNLOCKED, official, at, by)


async def _shared(
    conn: AsyncConnection[Any], official: OfficialId, within: Collection[AgencyCode]
) -> list[AgencyCode]:
    shared = await accounts.agencies_of(conn, official) & set(within)
    if not shared:
        raise NoAccountError
    return sorted(shared)


def _must_be_anothers(official: OfficialId, by: OfficialId | None) -> None:
    if official == by:
        raise OwnAccountError
