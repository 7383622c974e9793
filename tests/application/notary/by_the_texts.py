"""A second implementation of the log's mathematics, written from the texts alone.

RFC 6962 (2.1, 2.1.1, 2.1.2) defines roots and proofs by recursion; RFC 9162 (2.1.3.2,
2.1.4.2) says how they are checked; C2SP says what a signed note and a checkpoint are.
It shares no code and no method with `application.notary`, and is not meant to be fast.
"""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALGORITHM_ED25519 = 1
"""c2sp.org/signed-note: the byte of Ed25519 in verifier keys and key ids."""


def leaf_hash(entry: bytes) -> bytes:
    """MTH({d(0)}) = SHA-256(0x00 || d(0))."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def largest_power_below(n: int) -> int:
    """Let k be the largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


class Tree:
    """D[n] of RFC 6962 by its leaf hashes; hashes of perfect subtrees are remembered.

    They alone stay as they are while the tree grows.
    """

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._leaves = leaves
        self._perfect: dict[tuple[int, int], bytes] = {}

    def root(self, size: int) -> bytes:
        """MTH(D[size])."""
        return hashlib.sha256().digest() if size == 0 else self._mth(0, size)

    def _mth(self, first: int, end: int) -> bytes:
        n = end - first
        if n == 1:
            return self._leaves[first]
        if (first, end) in self._perfect:
            return self._perfect[first, end]
        k = largest_power_below(n)
        found = node_hash(self._mth(first, first + k), self._mth(first + k, end))
        if n == 2 * k:
            self._perfect[first, end] = found
        return found

    def path(self, m: int, size: int) -> list[bytes]:
        """PATH(m, D[size]): the audit path of the leaf m."""
        return self._path(m, 0, size)

    def _path(self, m: int, first: int, end: int) -> list[bytes]:
        n = end - first
        if n == 1:
            return []
        k = largest_power_below(n)
        middle = first + k
        if m < k:
            return [*self._path(m, first, middle), self._mth(middle, end)]
        return [*self._path(m - k, middle, end), self._mth(first, middle)]

    def proof(self, m: int, size: int) -> list[bytes]:
        """PROOF(m, D[size]): that D[m] is the beginning of D[size]; 0 < m <= size."""
        return self._subproof(m, 0, size, whole=True)

    def _subproof(self, m: int, first: int, end: int, *, whole: bool) -> list[bytes]:
        n = end - first
        if m == n:
            return [] if whole else [self._mth(first, end)]
        k = largest_power_below(n)
        middle = first + k
        if m <= k:
            left = self._subproof(m, first, middle, whole=whole)
            return [*left, self._mth(middle, end)]
        right = self._subproof(m - k, middle, end, whole=False)
        return [*right, self._mth(first, middle)]


def is_included(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """RFC 9162, 2.1.3.2, step by step."""
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def is_consistent(
    first: int,
    first_root: bytes,
    second: int,
    second_root: bytes,
    path: Sequence[bytes],
) -> bool:
    """RFC 9162, 2.1.4.2, step by step; 0 < first <= second."""
    if first == second:
        return not path and first_root == second_root
    if not path:
        return False
    nodes = list(path)
    if first & (first - 1) == 0:
        nodes.insert(0, first_root)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = nodes[0]
    for c in nodes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while not fn & 1 and fn != 0:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == first_root and sr == second_root and sn == 0


def is_signed_by(note: bytes, verifier_key: str) -> bool:
    r"""c2sp.org/signed-note: whether that key signed the note.

    A verifier key is `<name>+<hex key id>+<base64 of 0x01 and the public key>`; the id
    is SHA-256(name || "\\n" || 0x01 || public key)[:4].
    """
    name, id_, encoded = verifier_key.strip().split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    if key[0] != ALGORITHM_ED25519 or id_ != expected.hex():
        return False
    at = note.rindex(b"\n\n") + 1
    text, signatures = note[:at], note[at + 1 :]
    for line in signatures.decode().splitlines():
        dash, who, blob = line.split(" ")
        signed = base64.b64decode(blob, validate=True)
        if dash == "\N{EM DASH}" and who == name and signed[:4] == expected:
            try:
                Ed25519PublicKey.from_public_bytes(key[1:]).verify(signed[4:], text)
            except InvalidSignature:
                return False
            return True
    return False


def checkpoint_of(note: bytes) -> tuple[str, int, bytes]:
    """c2sp.org/tlog-checkpoint: origin, size and root of the note's text."""
    origin, size, root, *_ = note.decode().split("\n")
    return origin, int(size), base64.b64decode(root, validate=True)
