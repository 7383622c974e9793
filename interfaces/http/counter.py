"""The counter (loket): what every call needs of the running server."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from application.desk import Desk
from application.documents import Documents
from application.likeness import Likenesses
from application.notary.told_log import ToldLog
from application.office.access_tokens import Issuer
from application.office.authority import Authority
from application.office.doorkeeper import Doorkeeper
from application.office.offices import Offices
from application.office.principals import Principals
from application.office.provider_door import ProviderDoor
from application.people import People
from application.reading_desk import ReadingDesk
from interfaces.http.heavy_reads import HeavyReads
from interfaces.provider.signing_in import ProviderSignIn
from projections.board_kept import BoardsKept
from projections.moves import Moves


class Reception(NamedTuple):
    """Where those are let in who sign in at the organisation's provider."""

    provider: ProviderSignIn
    door: ProviderDoor


class Counter:
    """One worker's parts, made once by wiring."""

    def __init__(
        self,
        *,
        desk: Desk,
        work: asyncio.Task[None],
        people: People,
        likenesses: Likenesses,
        reading_desk: ReadingDesk,
        documents: Documents,
        principals: Principals,
        issuer: Issuer,
        doorkeeper: Doorkeeper,
        offices: Offices,
        authority: Authority,
        told_log: ToldLog,
        pool: AsyncConnectionPool[Any],
        moves: Moves,
        now: Callable[[], datetime],
        new_id: Callable[[], UUID],
        reception: Reception | None = None,
    ) -> None:
        self.desk = desk
        self.work = work
        """The desk's; the counter closes when it ends."""
        self.people = people
        self.likenesses = likenesses
        self.reading_desk = reading_desk
        self.documents = documents
        self.principals = principals
        self.issuer = issuer
        self.doorkeeper = doorkeeper
        self.offices = offices
        self.authority = authority
        self.told_log = told_log
        self.pool = pool
        self.heavy = HeavyReads(pool)
        self.moves = moves
        self.boards = BoardsKept(moves)
        self.now = now
        self.new_id = new_id
        self.reception = reception
