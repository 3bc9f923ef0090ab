"""Portfolios made by hypothesis: people who look alike by handfuls, in two contracts, over two years, who come and go."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from employers.technical.drawing import Before, Drawn, draw
from employers.technical.rules import AGES, STRUCTURES, Covered

FAMILIES = {"MED": "Soins courants", "PHAR": "Pharmacie", "OPTI": "Optique", "DENT": "Dentaire"}
CONTRACTS, YEARS = 2, (2024, 2025)


@dataclass(frozen=True)
class Alike:
    """Some persons whom the cuts and their care put together; how many of them in each year."""

    contract: int
    structure: str
    age: str
    sex: str
    families: frozenset[str]
    counts: tuple[int, int]
    cents: int


@dataclass(frozen=True)
class Account:
    contract: int
    year: int
    people: Sequence[Covered]
    drawn: Drawn


HANDFUL = st.one_of(st.just(0), st.integers(1, 9), st.integers(10, 14))
ALIKE = st.builds(
    Alike,
    contract=st.integers(0, CONTRACTS - 1),
    structure=st.sampled_from(sorted(STRUCTURES)),
    age=st.sampled_from(sorted(AGES)),
    sex=st.sampled_from(["1", "2", "2", ""]),
    families=st.frozensets(st.sampled_from(sorted(FAMILIES)), max_size=3),
    counts=st.tuples(HANDFUL, HANDFUL),
    cents=st.sampled_from([1_000, 5_000, 900_000]),
)
# Enough employees for tables; what hypothesis makes comes beside them.
STAFF = [
    Alike(contract, "member", age, sex, families, (12, 12), 4_000)
    for contract in range(CONTRACTS)
    for age, sex, families in (("30", "1", frozenset({"MED", "PHAR"})), ("40", "2", frozenset({"MED", "OPTI"})))
]
PORTFOLIOS = st.lists(ALIKE, min_size=3, max_size=14).map(lambda drawn: [*STAFF, *drawn])


def accounts_of(portfolio: Sequence[Alike]) -> list[Account]:
    """Every account of a portfolio, the second year beside the first. Somebody of both years is the same person."""
    made: list[Account] = []
    for contract in range(CONTRACTS):
        before: Before | None = None
        for rank, year in enumerate(YEARS):
            people = _people(portfolio, contract, rank)
            drawn = draw(people, FAMILIES, before)
            made.append(Account(contract, year, people, drawn))
            told: dict[tuple[str, str], Decimal] = {
                (line.table, line.code): line.amount for line in drawn.lines if line.amount is not None
            }
            before = Before(people, drawn.benefits, told)
    return made


def _people(portfolio: Sequence[Alike], contract: int, rank: int) -> list[Covered]:
    return [
        Covered(
            person=1_000 * group + one,
            structure=alike.structure,
            age=alike.age,
            sex=alike.sex,
            care=dict.fromkeys(sorted(alike.families), alike.cents + 10 * one),
        )
        for group, alike in enumerate(portfolio)
        if alike.contract == contract
        for one in range(alike.counts[rank])
    ]
