"""Re-identification, tried on each edition before it is published: its cells against the real rows they come from. Pure.

Written apart from the folding: a reader's eyes, who only has the cells, and an attacker's, who also knows the persons.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from portals.anonymity.parts import LEAST, may_be_compared
from privacy.statistics.facts import Atom, Fact, Group, Told
from privacy.statistics.folding import Cell, cell_of, persons_by_atom, surroundings_of
from privacy.statistics.rules import (
    AGES,
    HOUSEHOLDS,
    LEVELS,
    REGIONS,
    SEXES,
    SIZES,
    Key,
    has_enough_people,
    is_diverse,
    is_nobodys,
    key_at,
    persons_in,
)


@dataclass(frozen=True)
class Verdict:
    """What one attack found. `found` is told to the data protection officer: numbers, never a code of a person."""

    code: str
    label: str
    passed: bool
    found: str


@dataclass
class Attacked:
    """An edition laid over its rows: each fact where a reader of the cells would look for it."""

    told: Told
    before: Told | None
    cells: Sequence[Cell]
    facts: dict[Key, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    lost: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = frozenset(cell.key for cell in self.cells)
        for fact in self.told.facts:
            key = self.place_of(fact.atom)
            if key is None:
                self.lost.append(fact)
            else:
                self.facts[key].append(fact)

    def place_of(self, atom: Atom) -> Key | None:
        """The finest cell that fits."""
        return next((key for level in LEVELS if (key := key_at(atom, level)) in self.keys), None)


def verdicts(told: Told, before: Told | None, cells: Sequence[Cell]) -> list[Verdict]:
    """The whole battery, in the order in which it is shown."""
    attacked = Attacked(told, before, cells)
    return [check(attacked) for check in BATTERY]


def _vocabulary(on: Attacked) -> Verdict:
    """No identifier and no pseudonym: every word of a cell is one of the lists that were fixed beforehand."""
    lists: Mapping[str, Collection[str]] = {
        "family": on.told.families, "age": AGES, "sex": SEXES, "region": REGIONS, "plan": on.told.plans,
    }  # fmt: skip
    strange = sum(
        any(value and value not in lists[name] for name, value in cell.key._asdict().items())
        or cell.at_least not in SIZES
        for cell in on.cells
    )
    return Verdict(
        "vocabulary", "Ni identifiant, ni pseudonyme, ni date plus fine que le mois", not strange,
        f"Cellules hors des listes fermées\u00a0: {strange} sur {len(on.cells)}",
    )  # fmt: skip


def _partition(on: Attacked) -> Verdict:
    """Each payment in one cell: what cells say is the sum of their facts, so that subtracting cells isolates nobody."""
    wrong = sum(cell != cell_of(cell.key, on.facts[cell.key]) for cell in on.cells if on.facts[cell.key])
    wrong += sum(not on.facts[cell.key] for cell in on.cells) + len(on.cells) - len(on.keys)
    lost = len(on.lost) if on.cells else 0
    return Verdict(
        "partition", "Chaque paiement dans une cellule et une seule", not wrong and not lost,
        f"Cellules qui ne sont pas la somme de leurs lignes\u00a0: {wrong}, lignes perdues\u00a0: {lost}",
    )  # fmt: skip


def _prosecutor(on: Attacked) -> Verdict:
    """Somebody known by age, sex, region, plan and care is looked for: never in a cell of fewer than ten persons."""
    alone = {key for key, facts in on.facts.items() if not has_enough_people(facts)}
    combinations = {fact.atom for fact in on.told.facts}
    found = sum(on.place_of(atom) in alone for atom in combinations)
    least = min((len(persons_in(facts)) for facts in on.facts.values()), default=0)
    return Verdict(
        "prosecutor", f"Personne n’est isolé\u00a0: {LEAST}\u00a0personnes et {HOUSEHOLDS}\u00a0foyers par cellule",
        not found,
        f"Combinaisons isolées\u00a0: {found} sur {len(combinations)}, plus petite cellule\u00a0: {least}\u00a0personnes",
    )  # fmt: skip


def _dominance(on: Attacked) -> Verdict:
    """An amount that is nearly one household's would tell that household's."""
    found = sum(not is_nobodys(facts) for facts in on.facts.values())
    return Verdict(
        "dominance", "Aucun foyer ne fait plus de la moitié d’un montant", not found,
        f"Cellules dominées\u00a0: {found} sur {len(on.facts)}",
    )  # fmt: skip


def _diversity(on: Attacked) -> Verdict:
    """Somebody known to be in a group: the cells of the group do not tell which care they had."""
    around = surroundings_of(on.told, None)
    domains: dict[Key, set[Group]] = defaultdict(set)
    families = {fact.atom.family for fact in on.told.facts}
    for group in around.covered:
        for family in families:
            if (key := on.place_of(Atom(family, group))) is not None:
                domains[key].add(group)
    found = sum(not is_diverse(key, facts, domains[key], around) for key, facts in on.facts.items())
    return Verdict(
        "diversity", "Appartenir à un groupe ne dit pas quels soins on a eus", not found,
        f"Cellules révélatrices\u00a0: {found} sur {len(on.facts)}",
    )  # fmt: skip


def _differencing(on: Attacked) -> Verdict:
    """Two editions side by side: where the same care of the same people is told twice, ten persons moved, or nobody."""
    earlier: dict[Key, set[int]] = defaultdict(set)
    for atom, persons in persons_by_atom(on.before.facts if on.before else ()).items():
        if (key := on.place_of(atom)) is not None:
            earlier[key] |= persons
    found = sum(not may_be_compared(earlier[key], persons_in(facts)) for key, facts in on.facts.items())
    return Verdict(
        "differencing", "La différence de deux éditions ne dit pas qui est venu ou parti", not found,
        f"Cellules à moins de {LEAST}\u00a0personnes de l’édition précédente\u00a0: {found}",
    )  # fmt: skip


BATTERY: tuple[Callable[[Attacked], Verdict], ...] = (
    _vocabulary, _partition, _prosecutor, _dominance, _diversity, _differencing,
)  # fmt: skip
