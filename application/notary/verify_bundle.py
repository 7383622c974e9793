"""Checks the evidence of one history with a public key alone, without a database."""

import base64
import binascii
from enum import StrEnum
from typing import Final

import msgspec

from application.notary import tree
from application.notary.bundle import Evidence, Inclusion
from application.notary.leading import Root
from application.notary.leaf import NOTHING_BEFORE, LeafError, encode
from application.notary.note import Note, NoteError
from application.notary.survey import Open
from application.notary.tree import HASH, ProofError

__all__ = ["BundleFault", "Proven", "check"]


class BundleFault(StrEnum):
    """What is wrong with a bundle."""

    NOT_A_BUNDLE = "not-a-bundle"
    CHECKPOINT_UNSIGNED = "checkpoint-unsigned"
    KEY_NAMES_DIFFER = "key-names-differ"
    ROWS_OUT_OF_ORDER = "rows-out-of-order"
    ROW_UNREADABLE = "row-unreadable"
    NOT_INCLUDED = "not-included"
    """The rows, chained, are not what the checkpoint covers: one of them, the proof or
    the checkpoint was changed."""
    NOT_PROVEN = "not-proven"
    """Nothing is wrong, but the evidence does not cover the last rows: whoever made it
    may have written into them what he liked."""
    NOT_CONSISTENT = "not-consistent"
    """The checkpoint does not continue the one that the inspector holds."""
    AID_DIFFERS = "aid-differs"
    """Something told for reading is not what the rows say."""


class Proven(msgspec.Struct, frozen=True):
    """What the evidence came to."""

    upto: int
    """The last version that is proven; 0 where nothing is."""
    versions: int
    """All that there are; those behind `upto` are told, and nothing proves them."""
    size: int
    """Of the checkpoint."""
    faults: tuple[BundleFault, ...]


_NOTHING: Final = Root(0, tree.EMPTY_ROOT)


def check(evidence: Evidence, opened: Open, held: bytes | None = None) -> Proven:
    """Check it; `held` is an earlier or later checkpoint that the inspector kept.

    A history that is not wholly covered is never sound: to leave out the proof costs a
    forger nothing.
    """
    faults: list[BundleFault] = []
    root = _NOTHING
    if evidence.checkpoint is not None:
        try:
            root = opened(evidence.checkpoint.encode())
            names = _signers(evidence.checkpoint)
        except ValueError:
            faults.append(BundleFault.CHECKPOINT_UNSIGNED)
        else:
            if names != evidence.key_names:
                faults.append(BundleFault.KEY_NAMES_DIFFER)
    leaves = _leaves(evidence, faults)
    upto = 0
    if (inclusion := evidence.inclusion) is not None:
        if not faults and _is_included(inclusion, leaves, root):
            upto = inclusion.version
        else:
            faults.append(BundleFault.NOT_INCLUDED)
    if not faults and upto < len(evidence.rows):
        faults.append(BundleFault.NOT_PROVEN)
    if held is not None and not _continues(evidence, opened, held, root):
        faults.append(BundleFault.NOT_CONSISTENT)
    return Proven(upto, len(evidence.rows), root.size, tuple(faults))


def _signers(checkpoint: str) -> tuple[str, ...]:
    """Who signed; raises ValueError where a signature is not written as it should be.

    Base64 can be written in several ways that read the same.
    """
    note = Note.read(checkpoint)
    if note.written() != checkpoint:
        raise NoteError("a signature is written in another way")
    return tuple(f"{each.name}+{each.id.hex()}" for each in note.signatures)


def _leaves(evidence: Evidence, faults: list[BundleFault]) -> list[bytes]:
    """The leaf hash of every row, each chained to the one before it."""
    leaves: list[bytes] = []
    position, previous = 0, NOTHING_BEFORE
    for version, row in enumerate(evidence.rows, start=1):
        if row.version != version or row.position <= position:
            faults.append(BundleFault.ROWS_OUT_OF_ORDER)
            break
        try:
            entry = encode(row.line(evidence.stream), previous)
        except (LeafError, ValueError):
            faults.append(BundleFault.ROW_UNREADABLE)
            break
        previous = tree.leaf_hash(entry)
        position = row.position
        leaves.append(previous)
    return leaves


def _is_included(inclusion: Inclusion, leaves: list[bytes], root: Root) -> bool:
    if not 0 < inclusion.version <= len(leaves):
        return False
    leaf = leaves[inclusion.version - 1]
    try:
        path = _hashes(inclusion.hashes)
        tree.must_include(inclusion.index, root.size, leaf, path, root.root)
    except (ProofError, ValueError):
        return False
    return True


def _continues(evidence: Evidence, opened: Open, held: bytes, root: Root) -> bool:
    """Whether the checkpoint and the one that is held are of one log."""
    try:
        earlier = opened(held)
        if earlier.size == root.size:
            return earlier.root == root.root
        found = evidence.consistency
        if found is None or found.size != earlier.size:
            return False
        path = _hashes(found.hashes)
        tree.must_continue(earlier.size, earlier.root, root.size, root.root, path)
    except (ProofError, ValueError):
        return False
    return True


def _hashes(coded: tuple[str, ...]) -> list[bytes]:
    """Read hashes; raises ValueError for any other way of writing one."""
    read: list[bytes] = []
    for each in coded:
        try:
            hashed = base64.b64decode(each, validate=True)
        except binascii.Error as fault:
            raise ValueError("this is no base64") from fault
        if len(hashed) != HASH or base64.b64encode(hashed).decode() != each:
            raise ValueError("this is no hash")
        read.append(hashed)
    return read
