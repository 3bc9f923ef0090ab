"""Where a group is cut by the fewest people. Pure: sets and numbers.

An edge is a set of vertices (the lines of the tables that one person stands in) with a weight (how many people stand in
exactly those). A partition of the vertices cuts an edge that has vertices on both sides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

type Edges = Mapping[frozenset[str], int]


@dataclass(frozen=True)
class NarrowCut:
    """The weight of the edges that the partition cuts, and one side of it."""

    weight: int
    side: frozenset[str]


def narrowest(edges: Edges) -> NarrowCut | None:
    """A partition into two sides that cuts the least weight; None with fewer than two vertices.

    The order of maximum adjacency of Klimmek and Wagner (1996): each phase ends with two vertices, of which the last is
    best cut off alone if they are on different sides; they are then merged.
    """
    merged = {vertex: frozenset((vertex,)) for vertex in vertices_of(edges)}
    best: NarrowCut | None = None
    remaining = dict(edges)
    while len(merged) > 1:
        before_last, last, weight = _phase(sorted(merged), remaining)
        if best is None or weight < best.weight:
            best = NarrowCut(weight, merged[last])
        merged[before_last] |= merged.pop(last)
        remaining = _with_merged(remaining, last, before_last)
    return best


def narrowest_within(edges: Edges) -> NarrowCut | None:
    """The partition that cuts least, among those that cut somebody: vertices that nobody joins are looked at apart."""
    found = [cut for part in components(edges) if (cut := narrowest(part)) is not None]
    return min(found, key=lambda cut: cut.weight, default=None)


def components(edges: Edges) -> list[dict[frozenset[str], int]]:
    """The edges, parted so that no vertex is in two parts."""
    groups: list[tuple[set[str], dict[frozenset[str], int]]] = []
    for edge, weight in edges.items():
        vertices, within = set(edge), {edge: weight}
        apart = []
        for group in groups:
            if group[0] & vertices:
                vertices |= group[0]
                within |= group[1]
            else:
                apart.append(group)
        groups = [*apart, (vertices, within)]
    return [within for _, within in groups]


def vertices_of(edges: Edges) -> frozenset[str]:
    """Every vertex of some edge."""
    return frozenset().union(*edges)


def _phase(vertices: list[str], edges: Edges) -> tuple[str, str, int]:
    """The last two vertices of the order, and the weight that cutting the last one off costs."""
    reached: set[str] = set()
    nearness = dict.fromkeys(vertices, 0)
    touched: set[frozenset[str]] = set()
    before_last = last = vertices[0]
    while nearness:
        before_last, last = last, max(nearness, key=lambda vertex: nearness[vertex])
        weight = nearness.pop(last)
        reached.add(last)
        for edge, count in edges.items():
            if last in edge and edge not in touched:
                touched.add(edge)
                for vertex in edge & nearness.keys():
                    nearness[vertex] += count
    return before_last, last, weight


def _with_merged(edges: Edges, gone: str, into: str) -> dict[frozenset[str], int]:
    """The edges once a vertex is the same as another. One that holds a single vertex can no longer be cut."""
    merged: dict[frozenset[str], int] = {}
    for edge, weight in edges.items():
        renamed = (edge - {gone}) | {into} if gone in edge else edge
        if len(renamed) > 1:
            merged[renamed] = merged.get(renamed, 0) + weight
    return merged
