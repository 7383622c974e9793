"""Proofs under the latest checkpoint: of what is in the log, and what it continues.

What was recorded behind the checkpoint is not proven yet; the next one is seconds away.
"""

from uuid import UUID

import msgspec

from application import named_sql
from application.notary import leaf, ledger, signed_log, tree
from application.notary.checkpoint import Proof
from application.register import Connection

_SQL = named_sql.load(__file__)
_COVERED = _SQL["covered"]


class Included(msgspec.Struct, frozen=True):
    """One line of a history, and the proof that the log has its entry."""

    version: int
    position: int
    size: int
    """Of the checkpoint in the proof."""
    entry: bytes
    proof: Proof


class BeyondLogError(Exception):
    """A size that no checkpoint has reached, or an earlier one behind a later one."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the latest checkpoint covers {size} entries")
        self.size = size


async def of_history(
    connection: Connection, stream: UUID, version: int | None = None
) -> Included | None:
    """Prove the last entry of a history, which covers all before it; or a version's.

    None where the latest checkpoint does not cover it yet.
    """
    signed = await signed_log.latest(connection)
    if signed is None or (size := signed.checkpoint.size) == 0:
        return None
    (last,) = await ledger.entries(connection, size - 1, size)
    where = {
        "stream": stream,
        "version": version,
        "position": leaf.decode(last).position,
    }
    cursor = await connection.execute(_COVERED, where, prepare=True)
    covered = await cursor.fetchone()
    if covered is None:
        return None
    found = await ledger.index_at(connection, covered[1])
    if found is None:
        return None
    (at_version, position), (index, entry) = covered, found
    hashes = await ledger.hashes(connection, tree.inclusion_ranges(index, size))
    proof = Proof(index, hashes, signed.note)
    return Included(at_version, position, size, entry, proof)


async def of_consistency(connection: Connection, old: int, new: int) -> list[bytes]:
    """Prove that the log of size `new` continues the one of size `old`.

    Raises BeyondLogError.
    """
    signed = await signed_log.latest(connection)
    size = 0 if signed is None else signed.checkpoint.size
    if not old <= new <= size:
        raise BeyondLogError(size)
    return await ledger.hashes(connection, tree.consistency_ranges(old, new))
