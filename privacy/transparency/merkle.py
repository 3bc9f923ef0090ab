"""Merkle trees of RFC 6962, pure: leaves in, roots and proofs out. A hash is 32 bytes of SHA-256.

A tree is never held whole. What is needed to go on is its *frontier*: the roots of the perfect subtrees whose sizes are
the powers of two in the number of leaves, the largest first (thirteen leaves: subtrees of 8, 4 and 1).
"""

from collections.abc import Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

type Frontier = tuple[bytes, ...]


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def grown(frontier: Frontier, size: int, leaves: Sequence[bytes]) -> Frontier:
    """The frontier of a tree of `size` leaves after `leaves` (hashes) were added to it."""
    older, peaks, level = list(frontier), [], list(leaves)
    while size or level:  # from the leaves up, each level at once
        if size & 1:
            level.insert(0, older.pop())
        if len(level) & 1:
            peaks.append(level.pop())
        level = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=True)]
        size >>= 1
    return tuple(reversed(peaks))


def root_of(frontier: Frontier) -> bytes:
    """The root of the tree that has this frontier."""
    if not frontier:
        return EMPTY_ROOT
    *larger, root = frontier
    for peak in reversed(larger):
        root = node_hash(peak, root)
    return root


def inclusion_proof(index: int, frontier: Frontier, first: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root of the tree of `first + len(leaves)` leaves, lowest first.

    `leaves` are those of the last batch, `frontier` is of the `first` leaves before it: all that lies before the batch
    enters the proof as whole subtrees, so that one batch is enough to prove any of its entries.
    """
    if not first <= index < first + len(leaves):
        raise IndexError(index)
    known = {}
    at = 0
    for peak, length in zip(frontier, _powers(first), strict=True):
        known[at, at + length] = peak
        at += length

    def subtree(start: int, end: int) -> bytes:
        if (start, end) in known:
            return known[start, end]
        if end - start == 1:
            return leaves[start - first]
        middle = start + _split(end - start)
        return node_hash(subtree(start, middle), subtree(middle, end))

    proof = []
    start, end = 0, first + len(leaves)
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(subtree(middle, end))
            end = middle
        else:
            proof.append(subtree(start, middle))
            start = middle
    return proof[::-1]


def root_from_proof(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that this proof leads to (RFC 9162, 2.1.3.2), or None when it cannot be one of a tree of `size`."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def _powers(size: int) -> list[int]:
    """The powers of two that make `size`, the largest first."""
    return [1 << bit for bit in reversed(range(size.bit_length())) if size >> bit & 1]


def _split(size: int) -> int:
    """The largest power of two below `size` (two leaves or more)."""
    return 1 << (size - 1).bit_length() - 1
