"""The Merkle tree of RFC 6962, section 2.1: hashes, proofs, and how they are checked.

Proofs are lists of the hashes of ranges `[begin, end)` of leaves; here it is said which
ranges those are, and whoever keeps hashes (tiles.py) tells them.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final, TypeAlias

HASH: Final = 32
"""Bytes of a hash."""
EMPTY_ROOT: Final = sha256(b"").digest()
"""Of a tree without leaves."""

Range: TypeAlias = tuple[int, int]


class ProofError(Exception):
    """The proof does not prove what it is meant to prove."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry of the log."""
    return sha256(b"\0" + entry).digest()


def leaf_hashes(entries: Sequence[bytes]) -> bytes:
    """Hash entries; the hashes stand one behind the other."""
    return b"".join([sha256(b"\0" + entry).digest() for entry in entries])


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into the node above them."""
    return sha256(b"\1" + left + right).digest()


def complete_root(hashes: bytes) -> bytes:
    """Answer the root over 1, 2, 4, 8... hashes that stand one behind the other."""
    while len(hashes) > HASH:
        hashes = b"".join(
            [
                sha256(b"\1" + hashes[at : at + 2 * HASH]).digest()
                for at in range(0, len(hashes), 2 * HASH)
            ]
        )
    return hashes


def split(size: int) -> int:
    """How many of two leaves or more go to the left: the largest power of two below."""
    return 1 << (size - 1).bit_length() - 1


def is_complete(size: int) -> bool:
    """Whether a tree of this size is a power of two, and so never changes again."""
    return size > 0 and size & (size - 1) == 0


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """Say what a proof that the tree has a leaf holds, from the leaf upwards."""
    if not 0 <= index < size:
        raise ValueError("an index lies within its tree")
    begin, end = 0, size
    ranges: list[Range] = []
    while end - begin > 1:
        middle = begin + split(end - begin)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    return ranges[::-1]


def consistency_ranges(old: int, new: int) -> list[Range]:
    """Say what a proof that a tree continues an older one holds."""
    if not 0 <= old <= new:
        raise ValueError("the earlier tree is no larger than the later one")
    if old in (0, new):
        return []
    begin, end = 0, new
    ranges: list[Range] = []
    while end != old:
        middle = begin + split(end - begin)
        if old <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((begin, middle))
            begin = middle
    if begin:
        # A whole old tree is known by its root; else its right edge has to be said.
        ranges.append((begin, end))
    return ranges[::-1]


def root_by_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes]
) -> bytes:
    """Work out the root from a leaf's hash and its proof (RFC 9162, 2.1.3.2).

    The leaf is in the tree when this is the tree's root. Raises ProofError for a proof
    that is too long or too short.
    """
    if not 0 <= index < size:
        raise ProofError("the index is outside the tree")
    at, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the proof is too long")
        if at & 1 or at == last:
            root = node_hash(sibling, root)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    return root


def must_include(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Raise ProofError unless the tree of this root has the leaf at this index."""
    if root_by_inclusion(index, size, leaf, proof) != root:
        raise ProofError("the proof leads to another root")


def must_continue(
    old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Raise ProofError unless the old tree is the beginning of the new one.

    RFC 9162, 2.1.4.2; every tree continues the empty one.
    """
    if not 0 <= old <= new:
        raise ProofError("a tree does not shrink")
    if old in (0, new):
        if proof:
            raise ProofError("the proof is too long")
        if old_root != (EMPTY_ROOT if old == 0 else new_root):
            raise ProofError("two roots for one size")
        return
    path = [old_root, *proof] if is_complete(old) else list(proof)
    first, second = _roots_by_consistency(old, new, path)
    if first != old_root:
        raise ProofError("the proof leads to another old root")
    if second != new_root:
        raise ProofError("the proof leads to another new root")


def _roots_by_consistency(
    old: int, new: int, path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    if not path:
        raise ProofError("the proof is too short")
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise ProofError("the proof is too long")
        if at & 1 or at == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofError("the proof is too short")
    return first, second
