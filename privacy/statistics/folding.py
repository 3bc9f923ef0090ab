"""Folding the facts of a month into cells: the finest that are safe, the others together. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portals.anonymity.parts import may_be_compared, rounded
from privacy.statistics.facts import Atom, Fact, Group, Told
from privacy.statistics.rules import (
    LEVELS,
    WHOLE,
    Key,
    Surroundings,
    acts_told,
    has_enough_people,
    is_diverse,
    is_nobodys,
    key_at,
    persons_in,
    size_of,
)


@dataclass(frozen=True)
class Cell:
    """What is told: nothing else of the month is kept. `at_least` persons; amounts in euros, to the nearest ten."""

    key: Key
    at_least: int
    acts: int
    expense: Decimal
    mutual: Decimal


def fold(told: Told, before: Told | None = None) -> list[Cell]:
    """The cells of a month; none when its people are too few. `before`: the facts of the edition before, as known now."""
    return [cell_of(key, part) for key, part in _Folding(told, before).parts()]


def cell_of(key: Key, facts: Sequence[Fact]) -> Cell:
    return Cell(
        key,
        size_of(len(persons_in(facts))),
        acts_told(sum(fact.acts for fact in facts)),
        rounded(sum(fact.expense for fact in facts)),
        rounded(sum(fact.mutual for fact in facts)),
    )


def surroundings_of(told: Told, before: Told | None) -> Surroundings:
    """Who might be in a cell, what care they had, and who had which care the month before."""
    covered: dict[Group, set[int]] = defaultdict(set)
    families: dict[Group, set[str]] = defaultdict(set)
    for group, persons in told.covered.items():
        covered[group] |= persons
    for fact in told.facts:
        covered[fact.atom.group].add(fact.person)
        families[fact.atom.group].add(fact.atom.family)
    return Surroundings(_frozen(covered), _frozen(families), persons_by_atom(before.facts if before else ()))


def persons_by_atom(facts: Iterable[Fact]) -> Mapping[Atom, frozenset[int]]:
    found: dict[Atom, set[int]] = defaultdict(set)
    for fact in facts:
        found[fact.atom].add(fact.person)
    return _frozen(found)


def _frozen[K, V](sets: Mapping[K, set[V]]) -> dict[K, frozenset[V]]:
    return {key: frozenset(values) for key, values in sets.items()}


class _Folding:
    """The atoms of a month while they are put together. Those without care are in the domain of cells as the others are."""

    def __init__(self, told: Told, before: Told | None) -> None:
        self._around = surroundings_of(told, before)
        self._by_atom: dict[Atom, list[Fact]] = defaultdict(list)
        for fact in told.facts:
            self._by_atom[fact.atom].append(fact)
        groups = self._around.covered.keys() | {atom.group for atom in self._around.before}
        families = {atom.family for atom in self._by_atom} | {atom.family for atom in self._around.before}
        self._left = {Atom(family, group) for family in families for group in groups}
        self._told: dict[Key, list[Atom]] = {}

    def parts(self) -> list[tuple[Key, list[Fact]]]:
        for level in LEVELS:
            self._tell(level)
        self._settle()
        return [(key, self._facts(atoms)) for key, atoms in sorted(self._told.items())]

    def _tell(self, level: frozenset[str]) -> None:
        """The cells of a level that may be told, of what is left."""
        by_key: dict[Key, list[Atom]] = defaultdict(list)
        for atom in self._left:
            by_key[key_at(atom, level)].append(atom)
        for key, atoms in by_key.items():
            if self._is_safe(key, atoms):
                self._told[key] = atoms
                self._left.difference_update(atoms)

    def _settle(self) -> None:
        """What is left is the difference between the whole and what is told: it has to be safe as well.

        Cells join it, the coarsest first: whoever reads the figures finds each payment in the finest cell that fits it.
        """
        while self._facts(self._left) and not self._is_safe(WHOLE, self._left):
            if not self._told:
                return
            key = min(self._told, key=lambda key: (-_level(key), len(persons_in(self._facts(self._told[key]))), key))
            self._left.update(self._told.pop(key))
        if self._facts(self._left):
            self._told[WHOLE] = list(self._left)

    def _facts(self, atoms: Iterable[Atom]) -> list[Fact]:
        return [fact for atom in atoms for fact in self._by_atom.get(atom, ())]

    def _is_safe(self, key: Key, atoms: Iterable[Atom]) -> bool:
        atoms = list(atoms)
        facts = self._facts(atoms)
        return (
            has_enough_people(facts)
            and is_nobodys(facts)
            and is_diverse(key, facts, (atom.group for atom in atoms), self._around)
            and may_be_compared(
                frozenset().union(*(self._around.before.get(atom, ()) for atom in atoms)), persons_in(facts)
            )
        )


def _level(key: Key) -> int:
    told = frozenset(name for name, value in key._asdict().items() if value)
    return LEVELS.index(told)
