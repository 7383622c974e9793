"""Puts a web worker together: every part is made here, and made once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from application import likeness, named_sql
from application.decider import Decider
from application.desk import Desk
from application.desk_connection import DeskConnection
from application.documents import Documents
from application.erased_ledger import ErasedLedger
from application.key_ear import KeyEar
from application.notary.told_log import ToldLog
from application.office import authority, calendars, legal_book, standards_book
from application.office.almanac import Almanac
from application.office.doorkeeper import Doorkeeper
from application.office.offices import Offices
from application.office.passwords import Passwords
from application.office.principals import Principals
from application.office.provider_door import ProviderDoor
from application.office.standards_book import StandardsBook
from application.people import People
from application.reading_desk import ReadingDesk
from interfaces.background import Background
from interfaces.clock import now
from interfaces.data_folder import DataFolder
from interfaces.http.counter import Counter, Reception
from interfaces.identities import Identities
from interfaces.made_fit import key_of, made_fit
from interfaces.settings import Settings
from projections import copies
from projections.moves import Moves
from projections.views import SERVING

READERS = 8
"""Connections of a worker for everything but the desk's transaction."""

READERS_WAIT = 2.0
"""Seconds for one of them to come free, or to be made, before the answer is 503."""

LONGEST_READ = "60s"
"""What takes longer is given up and answered 503: nobody waits for it any more, and the
connection is wanted. Reports of a million cases take a few seconds."""


_SQL = named_sql.load(__file__)
_AS_READER = _SQL["as_reader"]
_LIMIT = _SQL["limit"]


async def _as_reader(connection: AsyncConnection[object]) -> None:
    """Readers keep documents besides; whatever else they write is refused."""
    await copies.look_in(connection, SERVING)
    await connection.execute(_AS_READER)
    await connection.execute(_LIMIT, {"longest": LONGEST_READ})


@asynccontextmanager
async def counter(
    settings: Settings, standards: StandardsBook | None = None
) -> AsyncIterator[Counter]:
    """A worker's counter with its desk at work; ends both in order.

    It serves the agencies of our own standards unless others are given.
    """
    url = settings.database_url
    assert url, "the caller opens the database"
    data = DataFolder(settings.data_path)
    people = People(await key_of(url, data.kek))
    pool = AsyncConnectionPool(
        url,
        min_size=1,
        max_size=READERS,
        open=False,
        timeout=READERS_WAIT,
        # The pool pauses twice as long after each failure; it starts anew after this.
        reconnect_timeout=READERS_WAIT,
        kwargs={"autocommit": True, "application_name": "disposisi-web"},
        configure=_as_reader,
        check=AsyncConnectionPool.check_connection,
    )
    identities = Identities(settings)
    principals = Principals(pool, url, now, identities.signed)
    identities.tell(principals)
    almanac = Almanac(pool, url, calendars.load())
    offices = Offices(
        standards or standards_book.load(),
        lambda: almanac.editions,
        legal_book.load(),
        lambda: principals.directory,
    )
    table = authority.load()
    connection = DeskConnection(url, people, uuid4)
    ledger = ErasedLedger(data.erased)
    desk = Desk(connection, Decider(offices, table), now, almanac.refresh, ledger)
    reading_desk = ReadingDesk(url)
    moves = Moves(url, SERVING)
    keeper = Passwords()
    door = ProviderDoor(pool, now, uuid4)
    sign_in = identities.sign_in
    reception = None if sign_in is None else Reception(sign_in, door)
    async with identities, pool:
        await made_fit(url, people, ledger)
        async with pool.connection() as first:
            likenesses = await likeness.load(first, people.kek)
        await principals.refresh()
        await almanac.refresh()
        # Without one of them something would be wrong or stand still; a worker whose
        # desk has closed ends, and is started again.
        background = Background(desk.close)
        ears = [
            background.begin("directory", principals.listen()),
            background.begin("calendar", almanac.listen()),
            background.begin("views", moves.listen()),
            background.begin("keys", KeyEar(url, people.kek).listen()),
        ]
        work = background.begin("desk", desk.run())
        readings = background.begin("readings", reading_desk.run())
        try:
            yield Counter(
                desk=desk,
                work=work,
                people=people,
                likenesses=likenesses,
                reading_desk=reading_desk,
                documents=Documents(people.kek),
                principals=principals,
                issuer=identities.issuer,
                doorkeeper=Doorkeeper(pool, keeper, offices.agencies, now, uuid4),
                offices=offices,
                authority=table,
                told_log=ToldLog(data.path / "log"),
                pool=pool,
                moves=moves,
                now=now,
                new_id=uuid4,
                reception=reception,
            )
        finally:
            background.close()
            keeper.close()
            desk.close()
            reading_desk.close()
            await asyncio.wait({work, readings})
            await connection.close()
            for ear in ears:
                ear.cancel()
            await asyncio.gather(*ears, return_exceptions=True)
