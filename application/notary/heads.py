"""Whether the database's last entry of every stream is the log's.

The sealer chains the next line of a stream to it, and tells by it which version comes
next: a changed one would stop the sealer, or break the chain.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final
from uuid import UUID

from application import named_sql
from application.notary import leaf, ledger
from application.notary.chain import split
from application.notary.entering import Head
from application.notary.faults import Fault, Kind, Where
from application.notary.tree import leaf_hash
from application.register import Connection

_SQL = named_sql.load(__file__)
_BEYOND = _SQL["beyond"]
_COUNT_WITHIN = _SQL["count_within"]

_AT_ONCE: Final = 4_096


class Heads:
    """Holds the heads to the proven entries; a sealer may go on meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found = 0
        self._is_whole = True
        self.fault: Fault | None = None
        """The first one that is not as it has to be."""

    async def follow(
        self, begin: int, entries: Sequence[bytes | None], hashes: bytes
    ) -> None:
        """Take in entries from index `begin` on."""
        if self.fault is not None:
            return
        streams = {entry[leaf.STREAM] for entry in entries if entry is not None}
        heads = await ledger.heads(self._connection, streams)
        for index, (entry, hashed) in enumerate(
            zip(entries, split(hashes), strict=False), begin
        ):
            if entry is None:
                self._is_whole = False
                continue
            head = heads.get(entry[leaf.STREAM])
            here = Head(int.from_bytes(entry[leaf.VERSION], "big"), index, hashed)
            if head == here:
                self._found += 1
            elif head is None or not _is_before(here, head):
                self.fault = _fault(index, leaf.decode(entry).stream, here.version)
                return

    async def hold(self, last: Mapping[bytes, Head]) -> None:
        """Take in the last entries of streams, as far as the log was gone through."""
        if self.fault is not None:
            return
        streams = iter(last)
        while some := list(islice(streams, _AT_ONCE)):
            heads = await ledger.heads(self._connection, some)
            for stream in some:
                here, head = last[stream], heads.get(stream)
                if head == here:
                    self._found += 1
                elif head is None or not _is_before(here, head):
                    self.fault = _fault(here.index, UUID(bytes=stream), here.version)
                    return

    async def finish(self, size: int) -> None:
        """Look for those behind the proven entries, and for those of no stream."""
        if self.fault is not None or not self._is_whole:
            return
        self.fault = await self._beyond(size)
        if self.fault is not None:
            return
        cursor = await self._connection.execute(_COUNT_WITHIN, {"size": size})
        row = await cursor.fetchone()
        if row is not None and row[0] > self._found:
            self.fault = Fault(where=Where.DATABASE, kind=Kind.HEAD_DIFFERS)

    async def _beyond(self, size: int) -> Fault | None:
        """The first one of an entry that no checkpoint covers, and that is not its."""
        cursor = await self._connection.execute(_BEYOND, {"size": size})
        for stream, version, index, hashed in await cursor.fetchall():
            held = await ledger.entries(self._connection, index, index + 1)
            if list(map(leaf_hash, held)) == [hashed]:
                told = leaf.decode(held[0])
                if (told.stream, told.version) == (stream, version):
                    continue
            return _fault(index, stream, version)
        return None


def _is_before(here: Head, head: Head) -> bool:
    return here.version < head.version and here.index < head.index


def _fault(index: int, stream: UUID, version: int) -> Fault:
    return Fault(
        where=Where.DATABASE,
        kind=Kind.HEAD_DIFFERS,
        index=index,
        stream=stream,
        version=version,
    )
