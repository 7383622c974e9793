"""A web worker without some of its protections, to tell what they cost.

Nothing in the program can switch one off; here it is done to the parts themselves.
"""

import socket
import sys
from collections.abc import Sequence

import uvloop

from application import cipher
from application.office.authority import Authority, Grant
from application.reading_desk import ReadingDesk
from application.readings import Reading
from domain.values import Role
from interfaces import log, wiring
from interfaces.http.app import application
from interfaces.http.server import answer, settle_memory
from interfaces.settings import Settings

SEALING, AUTHORITY, READ_TRAIL = "sealing", "authority", "read-trail"
PROTECTIONS = (SEALING, AUTHORITY, READ_TRAIL)


def without_sealing() -> None:
    """What is sealed and opened stays as it is."""

    def as_it_is(_: cipher.Cipher, content: bytes, __: bytes) -> bytes:
        return bytes(content)

    setattr(cipher.Cipher, "seal", as_it_is)  # noqa: B010 - mypy minds the other way
    setattr(cipher.Cipher, "open", as_it_is)  # noqa: B010 - the same


def without_authority() -> None:
    """Everybody may do everything in the first of his roles."""
    grants = {role: Grant(row="everything", role=role) for role in Role}

    def always(
        _: Authority, roles: Sequence[Role], *__: object, **___: object
    ) -> Grant:
        return grants[roles[0]]

    setattr(Authority, "row", always)  # noqa: B010 - the same


def without_read_trail() -> None:
    """Who was shown what is written nowhere."""

    async def nothing(_: ReadingDesk, __: Sequence[Reading]) -> None:
        return

    setattr(ReadingDesk, "keep", nothing)  # noqa: B010 - the same


WITHOUT = {
    SEALING: without_sealing,
    AUTHORITY: without_authority,
    READ_TRAIL: without_read_trail,
}


async def serve(door: socket.socket, settings: Settings) -> None:
    """Serve until told to stop."""
    async with wiring.counter(settings) as counter:
        app = application(counter)
        settle_memory()
        await answer(door, app)


if __name__ == "__main__":
    log.set_up("web")
    for protection in sys.argv[2:]:
        WITHOUT[protection]()
    with socket.socket(fileno=int(sys.argv[1])) as inherited:
        uvloop.run(serve(inherited, Settings.read()))
