"""What is told of a month describes nobody, and the attacks that say so would see it if it did."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portals.anonymity.parts import LEAST
from privacy.statistics.checks import Attacked, Verdict, verdicts
from privacy.statistics.facts import Atom, Fact, Group, Told
from privacy.statistics.folding import Cell, cell_of, fold
from privacy.statistics.rules import HOUSEHOLDS, LEVELS, WHOLE, Key, age_band, key_at
from tests.privacy.statistics.objects import FAMILIES, PLANS, crowd

pytestmark = [pytest.mark.commitment("PDP-3.9"), pytest.mark.commitment("PDP-5.2")]

type Amounts = Mapping[str, int]
HERE = Group("30", "2", "53", "P1")


def failed(found: list[Verdict]) -> set[str]:
    return {verdict.code for verdict in found if not verdict.passed}


def people(
    count: int, family: str = "MED", group: Group = HERE, *, first: int = 1, amounts: Amounts | None = None
) -> list[Fact]:
    """Persons of as many households, each with the same care."""
    said = {"acts": 1, "expense": 3_000, "mutual": 900, **(amounts or {})}
    return [Fact(number, number, Atom(family, group), **said) for number in range(first, first + count)]


def told(*facts: list[Fact], covered: int = 400, groups: tuple[Group, ...] = (HERE,)) -> Told:
    everybody = {group: frozenset(range(covered)) for group in groups}
    return Told([fact for part in facts for fact in part], everybody, FAMILIES, PLANS)


def as_it_stands(key: Key, facts: list[Fact]) -> Cell:
    """What somebody who looks at nothing would publish; the class of its size is the smallest there is."""
    cell = cell_of(key, facts)
    return replace(cell, at_least=cell.at_least or LEAST)


def other_care(group: Group = HERE) -> list[Fact]:
    """Care of other families, by other persons, so that a group has had several kinds."""
    return [*people(20, "PHAR", group, first=500), *people(20, "DENT", group, first=600)]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 220), st.sampled_from([0.02, 0.1, 0.3, 0.8]))
def test_no_portfolio_gives_an_edition_that_an_attack_breaks(seed: int, households: int, care: float) -> None:
    before, now = crowd(seed, households, care=care), crowd(seed, households, month=1, care=care)
    for earlier in (None, before):
        assert failed(verdicts(now, earlier, fold(now, earlier))) == set()


def test_cells_part_the_payments_so_that_no_sum_or_difference_of_them_isolates_anybody() -> None:
    month = crowd(7, 600)
    cells = fold(month)
    laid = Attacked(month, None, cells)
    assert len(cells) > 20
    assert sum(len(facts) for facts in laid.facts.values()) == len(month.facts)
    for facts in laid.facts.values():
        assert len({fact.person for fact in facts}) >= LEAST
        assert len({fact.household for fact in facts}) >= HOUSEHOLDS
    levels = {frozenset(name for name, value in cell.key._asdict().items() if value) for cell in cells}
    assert levels <= set(LEVELS)
    assert len(levels) >= 3


def test_the_naive_edition_of_the_same_month_is_broken_by_the_attacks() -> None:
    """Every combination told as it stands: what the battery is for."""
    month = crowd(7, 600)
    parts: dict[Key, list[Fact]] = defaultdict(list)
    for fact in month.facts:
        parts[key_at(fact.atom, LEVELS[0])].append(fact)
    naive = [as_it_stands(key, facts) for key, facts in parts.items()]
    assert failed(verdicts(month, None, naive)) >= {"prosecutor", "dominance"}


def test_nine_persons_are_told_with_others_and_ten_are_told() -> None:
    enough, few = told(people(10), other_care()), told(people(9), other_care())
    assert Key("MED", *HERE) in {cell.key for cell in fold(enough)}
    assert "MED" not in {cell.key.family for cell in fold(few)}
    assert fold(told(people(9))) == []


def test_ten_persons_of_four_households_are_not_told_alone() -> None:
    crowded = [replace(fact, household=fact.person % 4) for fact in people(10)]
    assert "MED" not in {cell.key.family for cell in fold(told(crowded, other_care()))}


@pytest.mark.parametrize("amounts", [{"expense": 900_000}, {"mutual": 400_000}, {"acts": 40}])
def test_one_person_never_makes_more_than_half_of_anything_that_is_told(amounts: Amounts) -> None:
    month = told([*people(14), *people(1, first=50, amounts=amounts)], other_care())
    assert Key("MED", *HERE) not in {cell.key for cell in fold(month)}
    narrow = [cell_of(Key("MED", *HERE), [fact for fact in month.facts if fact.atom.family == "MED"])]
    assert "dominance" in failed(verdicts(month, None, narrow))


def test_care_that_nearly_all_of_a_group_had_is_not_told_of_the_group() -> None:
    """Knowing somebody of the group would be knowing their care."""
    month = told(people(20), other_care(), covered=22)
    narrow = [cell_of(Key("MED", *HERE), [fact for fact in month.facts if fact.atom.family == "MED"])]
    assert "diversity" not in failed(verdicts(month, None, narrow))
    alone = told(people(20, "HOSP"), covered=22)
    assert {cell.key for cell in fold(alone)} == {WHOLE}  # one kind of care only: the group would say which
    assert "diversity" in failed(verdicts(alone, None, [cell_of(Key("HOSP", *HERE), alone.facts)]))
    wide = told(people(90, "HOSP"), people(3, "MED"), people(3, "OPTI"), covered=100)
    assert Key("HOSP", *HERE) not in {cell.key for cell in fold(wide)}


def test_a_cell_that_differs_by_one_person_from_the_edition_before_is_told_with_others() -> None:
    before, now = told(people(20), other_care()), told(people(21), other_care())
    assert Key("MED", *HERE) in {cell.key for cell in fold(now)}
    assert Key("MED", *HERE) not in {cell.key for cell in fold(now, before)}
    assert "differencing" in failed(verdicts(now, before, fold(now)))
    moved = told(people(20, first=15), other_care())
    assert Key("MED", *HERE) in {cell.key for cell in fold(moved, before)}


def test_what_is_told_nowhere_else_is_safe_as_well() -> None:
    """The whole less the cells is the rest: cells join it until it is ten persons."""
    month = told(
        people(12, "MED"), people(30, "PHAR", first=100), people(30, "DENT", first=200), people(2, "OPTI", first=300)
    )
    cells = {cell.key: cell for cell in fold(month)}
    assert Key("PHAR", *HERE) in cells
    assert Key("MED", *HERE) not in cells
    assert cells[WHOLE].at_least == 10
    assert cells[WHOLE].acts == 10  # twelve and two, to the nearest ten
    assert cells[WHOLE].expense == Decimal(420)


def test_a_code_that_no_list_has_is_seen() -> None:
    month = told(people(20), other_care())
    slipped = Cell(Key("MED", "30", "2", "53", "70000001-1"), 20, 20, Decimal(600), Decimal(180))
    assert "vocabulary" in failed(verdicts(month, None, [slipped]))
    assert "vocabulary" in failed(verdicts(month, None, [replace(slipped, key=Key("MED", "1994-03-14"))]))
    assert "vocabulary" in failed(verdicts(month, None, [replace(slipped, key=Key("MED"), at_least=17)]))


def test_a_cell_that_is_not_the_sum_of_its_payments_is_seen() -> None:
    month = told(people(20), other_care())
    first, *others = fold(month)
    assert "partition" in failed(verdicts(month, None, [replace(first, expense=first.expense + 10), *others]))
    assert "partition" in failed(verdicts(month, None, others))


def test_ages_are_told_by_bands_of_ten_years() -> None:
    assert [age_band(years) for years in (-1, 0, 9, 10, 79, 80, 104)] == ["0", "0", "0", "10", "70", "80", "80"]
