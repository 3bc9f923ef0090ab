"""The tree of RFC 6962, against its definition and the example of Certificate Transparency's own tests."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.transparency.merkle import EMPTY_ROOT, grown, inclusion_proof, leaf_hash, root_from_proof, root_of

# The leaves and roots that implementations of RFC 6962 share as their example.
EXAMPLE = [bytes.fromhex(leaf) for leaf in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
SIZES = st.integers(0, 70)


def leaves_of(count: int, first: int = 0) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(first, first + count)]


def defined_root(leaves: list[bytes]) -> bytes:
    """Section 2.1 of the RFC, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return sha256(b"\x01" + defined_root(leaves[:middle]) + defined_root(leaves[middle:])).digest()


@pytest.mark.parametrize("size", sorted(ROOTS))
def test_the_shared_example_has_its_roots(size: int) -> None:
    assert root_of(grown((), 0, [leaf_hash(leaf) for leaf in EXAMPLE[:size]])).hex() == ROOTS[size]


def test_an_empty_tree_has_the_root_of_nothing() -> None:
    assert root_of(()) == EMPTY_ROOT == defined_root([])


@given(SIZES, SIZES)
def test_a_tree_grown_in_two_batches_has_the_root_of_the_definition(first: int, second: int) -> None:
    frontier = grown(grown((), 0, leaves_of(first)), first, leaves_of(second, first))
    assert root_of(frontier) == defined_root(leaves_of(first + second))


@given(SIZES, st.integers(1, 70), st.data())
def test_each_entry_of_a_batch_is_proved_from_the_batch_alone(first: int, count: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(first, first + count - 1))
    batch = leaves_of(count, first)
    proof = inclusion_proof(index, grown((), 0, leaves_of(first)), first, batch)
    root = defined_root(leaves_of(first + count))
    assert root_from_proof(batch[index - first], index, first + count, proof) == root
    other = data.draw(st.integers(0, first + count - 1).filter(lambda place: place != index) | st.just(-1))
    assert root_from_proof(batch[index - first], other, first + count, proof) != root
    assert root_from_proof(leaf_hash(b"another"), index, first + count, proof) != root


def test_only_entries_of_the_batch_are_proved() -> None:
    with pytest.raises(IndexError):
        inclusion_proof(2, grown((), 0, leaves_of(3)), 3, leaves_of(2, 3))
