"""Views made and filled for whoever is asked without a projector beside him."""

import asyncio

from psycopg import AsyncConnection

from projections import upkeep
from projections.views import VIEWS


def fill_views(url: str) -> None:
    """Make what views are missing and fill them up to the register's end."""
    asyncio.run(_fill(url))


async def _fill(url: str) -> None:
    async with await AsyncConnection.connect(url, autocommit=True) as owner:
        await upkeep.prepare(url, owner, VIEWS, asyncio.Event())
