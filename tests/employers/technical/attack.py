"""Somebody who holds every published account, and combines their figures in search of a few persons.

What is published are sums over atoms: what was paid for one person, in one family of care, in one year, under one
contract. Any sum or difference of figures, of any tables, years and contracts, is a combination of these sums; it
describes the persons whose atoms keep a factor other than zero. The search is for a combination that describes few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from employers.technical.drawing import Drawn
from employers.technical.rules import Covered, Table

PRIME = 2_147_483_647
"""Combinations are looked for modulo a large prime: exact enough to cancel, and quick."""

type Atom = tuple[str, int, str, int]
"""Contract, year, family, and the person."""
type Vector = list[int]


@dataclass(frozen=True)
class Figures:
    """Every figure as the atoms that it adds up, and the atoms of each person."""

    sums: Sequence[frozenset[Atom]]
    persons: Mapping[int, frozenset[Atom]]


def figures_of(published: Iterable[tuple[str, int, Sequence[Covered], Drawn]]) -> Figures:
    """The figures of some accounts: contract, year, the people that it was drawn from, what was drawn."""
    sums: list[frozenset[Atom]] = []
    persons: dict[int, set[Atom]] = {}
    for contract, year, people, drawn in published:
        atoms = {(contract, year, family, covered.person): covered for covered in people for family in covered.care}
        for contract_year_family_person in atoms:
            persons.setdefault(contract_year_family_person[3], set()).add(contract_year_family_person)
        if drawn.benefits is not None:
            sums.append(frozenset(atoms))
        for line in drawn.lines:
            if line.amount is not None and not line.is_rest:
                sums.append(
                    frozenset(atom for atom, covered in atoms.items() if _is_in(line.table, line.code, atom, covered))
                )
        for table in Table:
            hidden = {line.code for line in drawn.lines if line.table == table and line.amount is None}
            if any(line.is_rest for line in drawn.lines if line.table == table):
                sums.append(
                    frozenset(
                        atom
                        for atom, covered in atoms.items()
                        if any(_is_in(table, code, atom, covered) for code in hidden)
                    )
                )
    return Figures(sums, {person: frozenset(held) for person, held in persons.items()})


def _is_in(table: Table, code: str, atom: Atom, covered: Covered) -> bool:
    standing = {
        Table.STRUCTURE: covered.structure,
        Table.AGE: covered.age,
        Table.SEX: covered.sex,
        Table.FAMILY: atom[2],
    }
    return standing[table] == code


def fewest_described(figures: Figures, *, seed: int = 0, tries: int = 12) -> int | None:
    """The fewest persons that any combination found describes; None when nothing is published.

    Each figure and each difference or sum of two; then, again and again, the people in a new order, those who look alike
    together, each made to vanish as long as some combination is left: whoever is left is described by it.
    """
    sums = [held for held in figures.sums if held]
    if not sums:
        return None
    found = [len(_persons(held)) for held in sums]
    for one, other in combinations(sums, 2):
        found += [len(_persons(part)) for part in (one ^ other,) if part]
    alike = _alike(figures, sums)
    rng = Random(seed)
    orders = [sorted(alike, key=lambda group: -group[0]), sorted(alike, key=lambda group: group[0])]
    orders += [rng.sample(alike, len(alike)) for _ in range(tries)]
    orders += [sorted(alike, key=lambda group: -group[0] * rng.random()) for _ in range(tries)]
    return min([*found, *(_left(order, len(sums)) for order in orders)])


def _persons(atoms: Iterable[Atom]) -> set[int]:
    return {atom[3] for atom in atoms}


def _alike(figures: Figures, sums: Sequence[frozenset[Atom]]) -> list[tuple[int, frozenset[tuple[int, ...]]]]:
    """How many persons have the same atoms in the eyes of every figure, and those atoms: the factors they take."""
    groups: dict[frozenset[tuple[int, ...]], int] = {}
    for atoms in figures.persons.values():
        seen = frozenset(tuple(int(atom in held) for held in sums) for atom in atoms)
        seen = frozenset(row for row in seen if any(row))
        if seen:
            groups[seen] = groups.get(seen, 0) + 1
    return sorted((count, seen) for seen, count in groups.items()) if groups else []


def _left(order: Sequence[tuple[int, frozenset[tuple[int, ...]]]], size: int) -> int:
    """Make each group vanish while some combination that is not zero everywhere is left; count who is left."""
    everything = _rank([], [row for _, seen in order for row in seen])
    held: list[Vector] = []
    described = 0
    for count, seen in order:
        wider = _rank(held, list(seen))
        if len(wider) < len(everything):
            held = wider
        elif len(wider) > len(held):
            described += count
    return described


def _rank(basis: Sequence[Vector], rows: Sequence[Sequence[int]]) -> list[Vector]:
    """A basis of what the rows and the basis span, each vector with its pivot at one."""
    held = list(basis)
    for row in rows:
        vector = [factor % PRIME for factor in row]
        for other in held:
            pivot = next(rank for rank, factor in enumerate(other) if factor)
            if factor := vector[pivot]:
                vector = [(mine - factor * theirs) % PRIME for mine, theirs in zip(vector, other, strict=True)]
        if any(vector):
            pivot = next(rank for rank, factor in enumerate(vector) if factor)
            inverse = pow(vector[pivot], -1, PRIME)
            held.append([factor * inverse % PRIME for factor in vector])
    return held
