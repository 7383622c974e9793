"""Lets officials in whom the organisation's provider knows, into a session of our own.

Who somebody is the provider says; whether he is in office stands in our directory.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from application.office import (
    account_events,
    accounts,
    officials,
    provider_sign_ins,
    sessions,
    sweeping,
)
from application.office.account_errors import (
    NotInOfficeError,
    NotRecentError,
    OtherOfficialError,
)
from application.office.account_events import What
from application.office.doorkeeper import Begun
from application.office.provider_sign_ins import Underway
from application.office.signed_tokens import NEVER, Verified
from application.office.token_checks import SKEW
from domain.values import OfficialId

OLDEST: Final = sessions.ABSOLUTE
"""How long ago somebody may have signed in at the provider to be let in here: a session
that he has there makes none of ours last longer than a day's work."""

_AT_ONCE: Final = timedelta(0)


class ProviderDoor:
    """One worker's."""

    def __init__(
        self,
        pool: AsyncConnectionPool[Any],
        clock: Callable[[], datetime],
        new_id: Callable[[], UUID],
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._new_id = new_id

    async def leave(self, former: str | None, *, step_up: bool) -> str:
        """Note that a browser leaves for the provider; `former` is its cookie."""
        at = self._clock()
        async with accounts.opened(self._pool) as conn:
            here = None if former is None else await sessions.named(conn, former, at)
            return await provider_sign_ins.begin(conn, at, here, step_up=step_up)

    async def come_back(self, secret: str) -> Underway | None:
        """What the browser left with, for the only time; None where it left not."""
        async with accounts.opened(self._pool) as conn:
            return await provider_sign_ins.take(conn, secret, self._clock())

    async def let_in(self, verified: Verified, left: Underway) -> Begun:
        """Begin a session, always a new one; the browser's former one ends.

        Raises `NotInOfficeError`, `NotRecentError` or `OtherOfficialError`.
        """
        _must_be_recent(verified.authenticated_at, left)
        official, at = verified.official, self._clock()
        async with accounts.opened(self._pool) as conn:
            is_one = officials.is_slug(official)
            if not is_one or await accounts.held(conn, official) is None:
                raise NotInOfficeError
            await _leave_former(conn, left, official, at)
            # A clock that is ahead makes nobody fresher than now.
            proved = min(verified.authenticated_at, at)
            secret = await sessions.begin(conn, self._new_id(), official, at, proved)
            await account_events.note(conn, What.SIGNED_IN, official, at, official)
            await sweeping.sweep(conn, at)
            return Begun(await sessions.find(conn, secret, at), secret)


def _must_be_recent(proved: datetime, left: Underway) -> None:
    if proved == NEVER and not left.step_up:
        return  # The provider says nothing of it: let in, and never fresh for signing.
    if proved < left.began_at - (_AT_ONCE if left.step_up else OLDEST) - SKEW:
        raise NotRecentError


async def _leave_former(
    conn: AsyncConnection[Any], left: Underway, official: OfficialId, at: datetime
) -> None:
    if left.session is None:
        return
    whose = await sessions.whose(conn, left.session)
    if whose is None:
        return
    if left.step_up and whose != official:
        raise OtherOfficialError
    await sessions.end(conn, left.session, whose, at)
