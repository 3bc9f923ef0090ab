"""Whether two names may be one person's. Pure: no list, no portfolio, no clock.

Names are compared word by word, whatever their order, accents and case; then by their skeletons, which forgive doubled
letters and vowels (Mohamed, Mohammed, Muhammad). A skeleton alone proves little: without an agreeing birth date it raises
nothing. A birth date that contradicts settles it.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from portals.names import folded_name

EXACT, SAME_YEAR, NO_DATE, SKELETON, SKELETON_YEAR = 100, 85, 70, 80, 60
SILENT = set("aeiouyhw")


@dataclass(frozen=True)
class Listed:
    """A name of the list. `is_entity`: a legal person, whose whole name is compared and nothing else."""

    number: str
    family_name: str
    given_names: str = ""
    born_on: datetime.date | None = None
    birth_year: int | None = None
    is_entity: bool = False


@dataclass(frozen=True)
class Candidate:
    """Somebody of the portfolio: every family name that they bear."""

    family_names: tuple[str, ...]
    given_names: str = ""
    born_on: datetime.date | None = None
    is_entity: bool = False


@dataclass(frozen=True)
class Match:
    number: str
    degree: int


def skeleton(word: str) -> str:
    """The consonants of a folded word, doubles once; a word of vowels alone is its own."""
    kept = [letter for letter in word if letter not in SILENT]
    return "".join(letter for letter, _group in groupby(kept)) or word


def words_of(*names: str) -> frozenset[str]:
    return frozenset(folded_name(*names).split())


def skeletons_of(words: Iterable[str]) -> frozenset[str]:
    return frozenset(skeleton(word) for word in words)


@dataclass
class Index:
    """A list that is asked about many candidates: by the skeleton of a family name. Its size is that of the list."""

    persons: dict[frozenset[str], list[Listed]] = field(default_factory=dict)
    entities: dict[frozenset[str], list[Listed]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[Listed]) -> "Index":
        index = cls()
        for one in names:
            if one.is_entity:
                index.entities.setdefault(words_of(one.family_name), []).append(one)
            else:
                index.persons.setdefault(skeletons_of(words_of(one.family_name)), []).append(one)
        return index

    def matches(self, candidate: Candidate) -> list[Match]:
        """The best degree of each number of the register, the closest first."""
        best: dict[str, int] = {}
        for number, degree in self._degrees(candidate):
            best[number] = max(best.get(number, 0), degree)
        return sorted((Match(*one) for one in best.items()), key=lambda match: (-match.degree, match.number))

    def _degrees(self, candidate: Candidate) -> Iterator[tuple[str, int]]:
        for family_name in candidate.family_names:
            words = words_of(family_name)
            if not words:
                continue
            if candidate.is_entity:
                yield from ((one.number, EXACT) for one in self.entities.get(words, ()))
                continue
            for one in self.persons.get(skeletons_of(words), ()):
                degree = degree_of(one, words, words_of(candidate.given_names), candidate.born_on)
                if degree:
                    yield one.number, degree


def degree_of(one: Listed, family: frozenset[str], given: frozenset[str], born_on: datetime.date | None) -> int:
    """How close, out of 100; 0: somebody else. `family` has the skeletons of the listed family name already."""
    listed_given = words_of(one.given_names)
    same_given = bool(given & listed_given)
    is_same = family == words_of(one.family_name) and same_given
    if not is_same and not skeletons_of(given) & skeletons_of(listed_given):
        return 0
    year = one.born_on.year if one.born_on else one.birth_year
    if born_on is None or year is None:
        return NO_DATE if is_same else 0
    if one.born_on == born_on:
        return EXACT if is_same else SKELETON
    if one.born_on is None and year == born_on.year:
        return SAME_YEAR if is_same else SKELETON_YEAR
    return 0
