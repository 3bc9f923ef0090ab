"""The narrowest cut is the one that trying every partition finds."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from employers.technical.cuts import Edges, narrowest, narrowest_within, vertices_of

EDGES = st.dictionaries(
    st.frozensets(st.sampled_from("abcdef"), min_size=1), st.integers(1, 20), min_size=1, max_size=9
)


def weight(edges: Edges, side: frozenset[str]) -> int:
    return sum(count for edge, count in edges.items() if edge & side and edge - side)


def partitions(edges: Edges) -> list[frozenset[str]]:
    vertices = sorted(vertices_of(edges))
    return [frozenset(side) for size in range(1, len(vertices)) for side in combinations(vertices, size)]


@given(EDGES)
def test_no_partition_cuts_less_than_the_narrowest(edges: Edges) -> None:
    cut = narrowest(edges)
    assert (cut.weight if cut else None) == min((weight(edges, side) for side in partitions(edges)), default=None)
    assert cut is None or weight(edges, cut.side) == cut.weight


@given(EDGES)
def test_within_looks_only_at_partitions_that_cut_somebody(edges: Edges) -> None:
    cut = narrowest_within(edges)
    cutting = [found for side in partitions(edges) if (found := weight(edges, side))]
    assert (cut.weight if cut else None) == min(cutting, default=None)
