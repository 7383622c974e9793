"""The first administrator's one-time link: told once, on standard error, at the start.

Nobody can sign in before it is used, and there is no password that comes with the
program. It never goes through the log, which may be kept and read by others.
"""

import sys

from psycopg import AsyncConnection

from application.office import accounts, links
from interfaces import clock


async def link(url: str) -> str | None:
    """Make the link; None where an account or an administrator is there already."""
    async with await AsyncConnection.connect(url) as conn, conn.transaction():
        if await accounts.has_anybody(conn):
            return None
        return await links.issue(conn, None, clock.now())


def tell(secret: str, address: str) -> None:
    """Write it where the person looks who started the program."""
    sys.stderr.write(
        "\n"
        f"Administrator pertama: tautan sekali pakai, berlaku 24 jam: {secret}\n"
        f"First administrator: one-time link, good for 24 hours: {secret}\n"
        # On standard input, lest the password stay in the shell's own history.
        f"  curl {address}/v1/sign-in/link -H 'Content-Type: application/json' -d @-\n"
        f'  {{"link": "{secret}", "official": "administrator", '
        '"name": "Administrator", "password": "..."}  (Ctrl-D)\n\n'
    )
    sys.stderr.flush()
