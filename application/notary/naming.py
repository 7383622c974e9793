"""Says what is wrong with the first line that is not what was sealed, and names it."""

from collections.abc import AsyncIterator
from hashlib import sha256
from uuid import UUID

import msgspec

from application import named_sql
from application.notary import leaf
from application.notary.copies import STRETCH, Copy
from application.notary.faults import Fault, Kind, Where
from application.notary.leading import Hashes
from application.notary.leaf import Leaf, LeafError
from application.notary.stored import StoredLine
from application.notary.tiles import FULL, WIDTH
from application.notary.tree import leaf_hashes
from application.register import Connection

_SQL = named_sql.load(__file__)
_NUMBER_OF = _SQL["number_of"]
_POSITION_OF = _SQL["position_of"]
_IS_ANY_LEFT = _SQL["is_any_left"]
_BEHIND = _SQL["behind"]


class Log(msgspec.Struct, frozen=True):
    """The sealed entries that are proven, for whoever has to look for one."""

    copies: tuple[Copy, ...]
    hashes: Hashes
    size: int

    async def find(self, part: bytes) -> Leaf | None:
        """The first entry that holds these bytes; it reads the log from its start."""
        for first in range(0, -(-self.size // WIDTH), STRETCH):
            async for entries in self._proven(first, part):
                for entry in entries:
                    if part in entry:
                        return leaf.decode(entry)
        return None

    async def last_position(self) -> int:
        """The position of the last entry; 0 where it is not at hand, or none is."""
        if not self.size:
            return 0
        async for entries in self._proven((self.size - 1) // WIDTH, b""):
            return leaf.decode(entries[-1]).position
        return 0

    async def _proven(self, first: int, part: bytes) -> AsyncIterator[list[bytes]]:
        """Bundles of a stretch that hold the part, from whichever copy is right."""
        hashes = await self.hashes.stretch(first, self.size)
        for copy in self.copies:
            bundles = await copy.bundles(first, self.size)
            for bundle, at in zip(bundles, range(0, len(hashes), FULL), strict=False):
                entries = leaf.readable(bundle) if part in bundle else []
                if entries and leaf_hashes(entries) == hashes[at : at + FULL]:
                    yield entries


async def named(connection: Connection, fault: Fault) -> Fault:
    """The fault with the registration number of its case, where there is one."""
    if fault.stream is None:
        return fault
    cursor = await connection.execute(_NUMBER_OF, {"stream": fault.stream})
    row = await cursor.fetchone()
    number = None if row is None else row[0]
    return msgspec.structs.replace(fault, registration_number=number)


async def behind(connection: Connection, position: int) -> int:
    """Count the lines behind a position."""
    cursor = await connection.execute(_BEHIND, {"position": position})
    row = await cursor.fetchone()
    assert row is not None
    lines: int = row[0]
    return lines


async def position_of(connection: Connection, stream: UUID, version: int) -> int | None:
    """Where a version of a stream stands in the register."""
    place = {"stream": stream, "version": version}
    cursor = await connection.execute(_POSITION_OF, place, prepare=True)
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def of_sealed(
    connection: Connection, log: Log, index: int, sealed: Leaf, line: StoredLine | None
) -> Fault:
    """What became of a sealed entry, where the register has this line in its place."""
    if line is None or line.position > sealed.position:
        kind = await _of_absent(connection, log, sealed)
    elif line.position < sealed.position:
        is_sealed = await log.find(_place(line)) is not None
        return of_line(index, line, Kind.OUT_OF_ORDER if is_sealed else Kind.INSERTED)
    else:
        kind = await _of_changed(log, sealed, line)
    return Fault(
        where=Where.REGISTER,
        kind=kind,
        index=index,
        position=sealed.position,
        stream=sealed.stream,
        version=sealed.version,
        tag=sealed.tag,
    )


def of_line(index: int, line: StoredLine | None, kind: Kind) -> Fault:
    """A fault that can be named by the register's line alone, if by anything."""
    if line is None:
        return Fault(where=Where.REGISTER, kind=kind, index=index)
    return Fault(
        where=Where.REGISTER,
        kind=kind,
        index=index,
        position=line.position,
        stream=UUID(bytes=line.stream),
        version=line.version,
        tag=line.tag.decode(errors="replace"),
    )


async def _of_absent(connection: Connection, log: Log, sealed: Leaf) -> Kind:
    if await position_of(connection, sealed.stream, sealed.version) is not None:
        return Kind.OUT_OF_ORDER
    rest = {"first": sealed.position, "last": await log.last_position()}
    cursor = await connection.execute(_IS_ANY_LEFT, rest)
    row = await cursor.fetchone()
    return Kind.MISSING if row is not None and row[0] else Kind.TRUNCATED


async def _of_changed(log: Log, sealed: Leaf, line: StoredLine) -> Kind:
    if not line.is_whole:
        return Kind.DIFFERS
    try:
        said = leaf.decode(leaf.encode(line, sealed.previous))
    except LeafError:
        return Kind.REPLACED
    is_same_place = (said.stream, said.version) == (sealed.stream, sealed.version)
    is_same_payload = said.payload == sealed.payload
    if not is_same_place:
        if is_same_payload and said.context == sealed.context:
            return Kind.MOVED
        is_sealed = await log.find(_place(line)) is not None
        return Kind.OUT_OF_ORDER if is_sealed else Kind.REPLACED
    if not is_same_payload:
        of_another = await log.find(sha256(line.payload).digest())
        return Kind.PAYLOAD_CHANGED if of_another is None else Kind.SWAPPED
    return Kind.TAG_CHANGED if said.tag != sealed.tag else Kind.CONTEXT_CHANGED


def _place(line: StoredLine) -> bytes:
    """A line's stream and version as an entry holds them."""
    if line.version < 0:
        return b"no entry holds this: versions are never negative"
    return line.stream + line.version.to_bytes(8, "big")
