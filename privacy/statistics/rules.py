"""The closed vocabulary of anonymous figures, how coarse they may become, and what makes a cell safe. Pure.

Everything that is told of a month is one partition of its payments: each payment is in one cell, of one month, and in no
other, ever. A sum or a difference of cells therefore describes everybody of at least one cell, and a cell describes ten
persons of five households at least. docs/decisions/anonymous-statistics.md
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portals.anonymity.parts import LEAST, is_dominated, is_safe
from privacy.statistics.facts import Atom, Fact, Group

HOUSEHOLDS = 5
"""Households. Ten persons of two families would be two families."""
DIVERSE = 3
"""Families of care, at least, that the people of a cell's groups had: the care of one of them is not known from the cell."""
NEARLY_ALL = 80
"""Percent. A cell that holds more of those whom it might describe tells the care of each of them."""
ACTS_STEP = 10
"""What numbers of acts are rounded to."""
SIZES = (LEAST, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000)
"""How many persons a cell describes is told by these bounds: `at least 50`."""

AGES = {
    "0": "Moins de 10 ans",
    **{str(first): f"De {first} à {first + 9} ans" for first in range(10, 80, 10)},
    "80": "80 ans et plus",
}
UNKNOWN = "?"
SEXES = {"2": "Femmes", "1": "Hommes", UNKNOWN: "Non renseigné"}
REGIONS = {
    "84": "Auvergne-Rhône-Alpes", "27": "Bourgogne-Franche-Comté", "53": "Bretagne", "24": "Centre-Val de Loire",
    "94": "Corse", "44": "Grand Est", "01": "Guadeloupe", "03": "Guyane", "32": "Hauts-de-France",
    "11": "Île-de-France", "04": "La Réunion", "02": "Martinique", "06": "Mayotte", "28": "Normandie",
    "75": "Nouvelle-Aquitaine", "76": "Occitanie", "52": "Pays de la Loire", "93": "Provence-Alpes-Côte d’Azur",
    "98": "Collectivités d’outre-mer", UNKNOWN: "Hors de France ou non renseignée",
}  # fmt: skip
"""The regions by the code of the INSEE."""


class Key(NamedTuple):
    """What a cell says of whom it describes; empty: not told."""

    family: str = ""
    age: str = ""
    sex: str = ""
    region: str = ""
    plan: str = ""


LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"family", "age", "sex", "region", "plan"}),
    frozenset({"family", "age", "sex", "region"}),
    frozenset({"family", "age", "sex"}),
    frozenset({"family", "age"}),
    frozenset({"family"}),
    frozenset(),
)
"""From the finest. What may not be told at a level is told at the next one, with all that could not be told either."""
WHOLE = Key()
"""The last cell: all that is told nowhere else."""


@dataclass(frozen=True)
class Surroundings:
    """What a cell is judged against: who might be in it, what care they had, and the month before."""

    covered: Mapping[Group, frozenset[int]]
    families_of: Mapping[Group, frozenset[str]]
    before: Mapping[Atom, frozenset[int]]


def age_band(years: int) -> str:
    """The band of an age in years."""
    return str(min(max(years, 0) // 10 * 10, 80))


def key_at(atom: Atom, level: frozenset[str]) -> Key:
    """What a cell of this level says of an atom."""
    values = {"family": atom.family, **atom.group._asdict()}
    return Key(**{name: value for name, value in values.items() if name in level})


def size_of(persons: int) -> int:
    """The bound that is told of a number of persons; 0, which is told of nobody, under ten."""
    return max((bound for bound in SIZES if bound <= persons), default=0)


def acts_told(acts: int) -> int:
    """To the nearest ten."""
    return (acts + ACTS_STEP // 2) // ACTS_STEP * ACTS_STEP


def persons_in(facts: Iterable[Fact]) -> frozenset[int]:
    return frozenset(fact.person for fact in facts)


def has_enough_people(facts: Sequence[Fact]) -> bool:
    """Ten persons, of five households: k-anonymity, for people and for those who live with them."""
    return len(persons_in(facts)) >= LEAST and len({fact.household for fact in facts}) >= HOUSEHOLDS


MEASURES: Mapping[str, Callable[[Fact], int]] = {
    "acts": lambda fact: fact.acts,
    "expense": lambda fact: fact.expense,
    "mutual": lambda fact: fact.mutual,
    "left": lambda fact: fact.expense - fact.mutual,
}
"""What is told of a cell, and what subtracting tells beside."""


def is_nobodys(facts: Sequence[Fact]) -> bool:
    """No household makes more than half of anything that is told; what is told is that of ten persons, or of nobody."""
    for measure in MEASURES.values():
        by_person, by_household = Counter[int](), Counter[int]()
        for fact in facts:
            by_person[fact.person] += measure(fact)
            by_household[fact.household] += measure(fact)
        if any(by_person.values()) and (not is_safe(by_person) or is_dominated(by_household)):
            return False
    return True


def is_diverse(key: Key, facts: Sequence[Fact], groups: Iterable[Group], around: Surroundings) -> bool:
    """That somebody belongs to the groups of a cell does not tell that they had its care."""
    if not key.family:
        return True
    groups = set(groups)
    families: set[str] = set().union(*(around.families_of.get(group, ()) for group in groups))
    everybody = persons_in(facts).union(*(around.covered.get(group, ()) for group in groups))
    return len(families) >= DIVERSE and 100 * len(persons_in(facts)) <= NEARLY_ALL * len(everybody)
