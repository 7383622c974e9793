"""What accounts need no longer goes, at every sign-in: no clock has to be wound."""

from datetime import datetime
from typing import Any

from psycopg import AsyncConnection

from application.office import links, sessions, tries


async def sweep(conn: AsyncConnection[Any], at: datetime) -> None:
    """Drop old tries, links and sessions; note the end of those that ran out."""
    await tries.sweep(conn, at)
    await sessions.sweep(conn, at)
    await links.sweep(conn, at)
