"""Proofs under a checkpoint: of what is in the log, and what it continues.

What was recorded behind the checkpoint is not proven yet; the next one is seconds away.
"""

from uuid import UUID

import msgspec

from application import named_sql
from application.notary import leaf, ledger, tree
from application.notary.checkpoint import Proof
from application.notary.leaf import LeafError
from application.notary.signed_log import Signed
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
    connection: Connection,
    signed: Signed | None,
    stream: UUID,
    version: int | None = None,
    upto: int | None = None,
) -> Included | None:
    """Prove the last entry of a history, which covers all before it; or a version's.

    Of versions up to `upto`, where that is told. None where the checkpoint does not
    cover it yet. Raises ProofError, MissingTileError and LeafError for a log that was
    changed.
    """
    if signed is None or (size := signed.checkpoint.size) == 0:
        return None
    found = await _sealed(connection, stream, size, version, upto)
    if found is None:
        return None
    index, entry = found
    hashes = await ledger.hashes(connection, tree.inclusion_ranges(index, size))
    root, hashed = signed.checkpoint.root, tree.leaf_hash(entry)
    tree.must_include(index, size, hashed, hashes, root)
    told = leaf.decode(entry)
    proof = Proof(index, hashes, signed.note)
    return Included(told.version, told.position, size, entry, proof)


async def of_consistency(
    connection: Connection, signed: Signed | None, old: int, new: int | None = None
) -> list[bytes]:
    """Prove that the log of size `new`, or else the signed one, continues an older one.

    Raises BeyondLogError; ProofError and MissingTileError for a log that was changed.
    """
    size = 0 if signed is None else signed.checkpoint.size
    new = size if new is None else new
    if not old <= new <= size:
        raise BeyondLogError(size)
    if signed is None:
        return []
    root = signed.checkpoint.root
    if new < size:
        later, root = root, await ledger.root(connection, new)
        rest = await ledger.hashes(connection, tree.consistency_ranges(new, size))
        tree.must_continue(new, root, size, later, rest)
    hashes = await ledger.hashes(connection, tree.consistency_ranges(old, new))
    tree.must_continue(old, await ledger.root(connection, old), new, root, hashes)
    return hashes


async def _sealed(
    connection: Connection,
    stream: UUID,
    size: int,
    version: int | None,
    upto: int | None,
) -> tuple[int, bytes] | None:
    """The entry that is asked for, with its index; None unless the log is so large."""
    head = await ledger.head(connection, stream)
    if head is None:
        return None
    wanted = version if version is not None else upto
    if head.index < size and wanted in {None, head.version}:
        # Nearly always: the last entry, whose index is known.
        held = await ledger.entries(connection, head.index, head.index + 1)
        if held and held[0][leaf.STREAM] == stream.bytes:
            return head.index, held[0]
    last = await ledger.entries(connection, size - 1, size)
    if not last:
        raise LeafError("the log's last entry is missing")
    where = {
        "stream": stream,
        "version": version,
        "upto": upto,
        "position": leaf.position_of(last[0]),
    }
    cursor = await connection.execute(_COVERED, where, prepare=True)
    covered = await cursor.fetchone()
    return None if covered is None else await ledger.index_at(connection, covered[0])
