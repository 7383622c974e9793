"""Roots and proofs are those of a second implementation, for sizes 1 to 70,000."""

import random
from functools import cache

import pytest
from typing_extensions import override

from application.notary import tree
from application.notary.tiles import Edge, Spot, Tiles
from tests.application.notary import by_the_texts

LARGEST = 70_000
"""Past the 65,536 leaves that two full levels of tiles span."""
EXHAUSTIVE = 80
LEAVES = [by_the_texts.leaf_hash(b"entry %d" % n) for n in range(LARGEST)]
TEXTS = by_the_texts.Tree(LEAVES)


class Remembering(Tiles):
    """Works out the root of a complete subtree once: it never changes again."""

    def __init__(self, held: dict[Spot, bytes]) -> None:
        super().__init__(held)
        self._known = cache(super()._root)

    @override
    def _root(self, part: tree.Range) -> bytes:
        return self._known(part)


@pytest.fixture(scope="module")
def tiles() -> Remembering:
    """All tiles of the largest tree, grown in pages of many sizes."""
    dice, edge, held = random.Random(6962), Edge(), {}
    while edge.size < LARGEST:
        page = LEAVES[edge.size : edge.size + dice.choice((1, 3, 255, 256, 257, 5000))]
        held.update(edge.append(b"".join(page)))
    return Remembering(held)


def test_the_hash_of_an_entry_is_that_of_the_texts():
    for entry in (b"", b"entry", bytes(1000)):
        assert tree.leaf_hash(entry) == by_the_texts.leaf_hash(entry)


def test_the_root_of_every_size_is_that_of_the_texts(tiles):
    assert tree.EMPTY_ROOT == TEXTS.root(0) == tiles.hash_of(0, 0)
    for size in range(1, LARGEST + 1):
        assert tiles.hash_of(0, size) == TEXTS.root(size)


def test_a_growing_edge_has_the_root_of_every_size():
    edge = Edge()
    for size in range(1, 1_500):
        edge.append(LEAVES[size - 1])
        assert edge.root() == TEXTS.root(size)


def test_an_inclusion_proof_of_every_size_is_that_of_the_texts(tiles):
    dice = random.Random(1)
    for size in range(1, LARGEST + 1):
        index = dice.randrange(size)
        proof = tiles.hashes(tree.inclusion_ranges(index, size))
        assert proof == TEXTS.path(index, size)


def test_a_consistency_proof_to_every_size_is_that_of_the_texts(tiles):
    dice = random.Random(2)
    for size in range(1, LARGEST + 1):
        old = dice.randint(1, size)
        proof = tiles.hashes(tree.consistency_ranges(old, size))
        assert proof == TEXTS.proof(old, size)


def test_every_proof_within_a_small_tree_is_that_of_the_texts(tiles):
    for size in range(1, EXHAUSTIVE + 1):
        for index in range(size):
            inclusion = tiles.hashes(tree.inclusion_ranges(index, size))
            consistency = tiles.hashes(tree.consistency_ranges(index + 1, size))
            assert inclusion == TEXTS.path(index, size)
            assert consistency == TEXTS.proof(index + 1, size)


def test_both_implementations_accept_the_proofs_of_both():
    dice = random.Random(3)
    for size in (*range(1, 40), *dice.sample(range(40, LARGEST), 200)):
        index, old = dice.randrange(size), dice.randint(1, size)
        leaf, root = LEAVES[index], TEXTS.root(size)
        path, proof = TEXTS.path(index, size), TEXTS.proof(old, size)
        assert by_the_texts.is_included(leaf, index, size, path, root)
        tree.must_include(index, size, leaf, path, root)
        earlier = TEXTS.root(old)
        assert by_the_texts.is_consistent(old, earlier, size, root, proof)
        tree.must_continue(old, earlier, size, root, proof)


def _accepts(check, *said: object):
    try:
        return check(*said) is not False
    except tree.ProofError:
        return False


def test_both_implementations_refuse_the_same_bad_proofs():
    dice = random.Random(4)
    for size in (*range(2, 40), *dice.sample(range(40, LARGEST), 200)):
        index, old = dice.randrange(size), dice.randrange(1, size)
        leaf, root, earlier = LEAVES[index], TEXTS.root(size), TEXTS.root(old)
        for bad in _spoilt(TEXTS.path(index, size), dice):
            assert not _accepts(tree.must_include, index, size, leaf, bad, root)
            assert not by_the_texts.is_included(leaf, index, size, bad, root)
        for bad in _spoilt(TEXTS.proof(old, size), dice):
            assert not _accepts(tree.must_continue, old, earlier, size, root, bad)
            assert not by_the_texts.is_consistent(old, earlier, size, root, bad)


def _spoilt(proof: list[bytes], dice: random.Random):
    at = dice.randrange(len(proof))
    yield proof[:at] + proof[at + 1 :]
    yield [*proof[:at], dice.randbytes(32), *proof[at:]]
    yield [*proof[:at], dice.randbytes(32), *proof[at + 1 :]]
    yield [*proof, dice.randbytes(32)]
