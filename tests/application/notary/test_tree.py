"""The tree of RFC 6962: roots, proofs, and what they refuse."""

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.notary import tiles, tree
from application.notary.tiles import Edge, Spot, Tiles

# The vectors of Certificate Transparency's own tests (RFC 6962 implementations).
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def naive_root(leaves):
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return tree.node_hash(naive_root(leaves[:half]), naive_root(leaves[half:]))


def leaves_of(size):
    return [tree.leaf_hash(n.to_bytes(4, "big")) for n in range(size)]


def grown(leaves, pages):
    """Let an edge grow page by page; answers it and every tile it told."""
    edge = Edge()
    held: dict[Spot, bytes] = {}
    for begin, end in pairwise([0, *pages, len(leaves)]):
        held |= edge.append(b"".join(leaves[begin:end]))
    return edge, held


@pytest.mark.parametrize("size", ROOTS)
def test_the_roots_are_those_of_certificate_transparency(size):
    edge = Edge()
    edge.append(b"".join(map(tree.leaf_hash, LEAVES[:size])))
    assert edge.root().hex() == ROOTS[size]


@given(
    size=st.integers(0, 1500),
    cuts=st.lists(st.integers(0, 1500), max_size=6),
    data=st.data(),
)
def test_every_proof_holds_whatever_pages_the_tree_grew_by(size, cuts, data):
    leaves = leaves_of(size)
    edge, held = grown(leaves, sorted(min(cut, size) for cut in cuts))
    assert edge.root() == naive_root(leaves)
    assert Edge(size, held).root() == edge.root()
    assert dict(tiles.widths(size)) == {
        spot: len(hashes) // 32 for spot, hashes in held.items()
    }
    old = data.draw(st.integers(0, size))
    ranges = tree.consistency_ranges(old, size)
    near = Tiles({spot: held[spot] for spot in tiles.spots(ranges)})
    tree.must_continue(
        old, naive_root(leaves[:old]), size, edge.root(), near.hashes(ranges)
    )
    if size:
        index = data.draw(st.integers(0, size - 1))
        ranges = tree.inclusion_ranges(index, size)
        near = Tiles({spot: held[spot] for spot in tiles.spots(ranges)})
        tree.must_include(index, size, leaves[index], near.hashes(ranges), edge.root())


@given(size=st.integers(2, 700), data=st.data())
def test_a_proof_of_another_leaf_index_or_length_is_refused(size, data):
    leaves = leaves_of(size)
    _, held = grown(leaves, [])
    index = data.draw(st.integers(0, size - 1))
    proof = Tiles(held).hashes(tree.inclusion_ranges(index, size))
    root = Tiles(held).hash_of(0, size)
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    for wrong in (
        (index, size, leaves[other], proof),
        (other, size, leaves[index], proof),
        (index, size, leaves[index], proof[:-1]),
        (index, size, leaves[index], [*proof, root]),
        (size, size, leaves[index], proof),
    ):
        with pytest.raises(tree.ProofError):
            tree.must_include(*wrong, root)


@given(old=st.integers(1, 600), more=st.integers(1, 600), data=st.data())
def test_a_rewritten_past_is_no_beginning_of_the_new_tree(old, more, data):
    leaves = leaves_of(old + more)
    _, held = grown(leaves, [])
    size = old + more
    proof = Tiles(held).hashes(tree.consistency_ranges(old, size))
    root = Tiles(held).hash_of(0, size)
    at = data.draw(st.integers(0, old - 1))
    rewritten = [*leaves[:at], bytes(32), *leaves[at + 1 : old]]
    for wrong in (
        (old, naive_root(rewritten), size, root, proof),
        (old, naive_root(leaves[:old]), size, bytes(32), proof),
        (old, naive_root(leaves[:old]), size, root, proof[:-1]),
        (old, naive_root(leaves[:old]), size, root, [*proof, root]),
        (size, root, old, naive_root(leaves[:old]), proof),
    ):
        with pytest.raises(tree.ProofError):
            tree.must_continue(*wrong)


def test_a_missing_tile_is_named():
    with pytest.raises(tiles.MissingTileError) as told:
        Tiles({}).hash_of(0, 300)
    assert told.value.spot in {Spot(0, 1), Spot(1, 0)}


def test_tiles_lie_where_tlog_tiles_says():
    assert tiles.path(Spot(1, 1_234_067)) == "tile/1/x001/x234/067"
    assert tiles.path(Spot(0, 273), 112) == "tile/0/273.p/112"
    assert tiles.entries_path(5) == "tile/entries/005"
    # "a tree of size 70,000 will be represented by 273 full level 0 tiles, ..."
    widths = dict(tiles.widths(70_000))
    assert (widths[Spot(0, 273)], widths[Spot(1, 1)], widths[Spot(2, 0)]) == (
        112,
        17,
        1,
    )
    assert len(widths) == 273 + 1 + 1 + 1 + 1
    assert dict(tiles.widths(256)) == {Spot(0, 0): 256, Spot(1, 0): 1}
