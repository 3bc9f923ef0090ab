"""No figure of the published accounts, and no combination of them, describes one to nine persons (PDP-3.3)."""

import time
from collections.abc import Iterable
from decimal import Decimal
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from employers.technical.drawing import Drawn, Line, draw
from employers.technical.rules import AGES, STRUCTURES, Covered, Level, Table
from employers.technical.suppression import breakdowns
from portals.anonymity.parts import rounded
from tests.employers.technical.attack import fewest_described, figures_of
from tests.employers.technical.portfolios import FAMILIES, PORTFOLIOS, Alike, accounts_of

pytestmark = pytest.mark.commitment("PDP-3.3")

MED = frozenset({"MED"})


def people(*groups: tuple[int, str, str, str, Iterable[str]], cents: int = 4_000) -> list[Covered]:
    """So many persons of a structure, an age and a sex, with care of some families."""
    return [
        Covered(1_000 * rank + one, structure, age, sex, dict.fromkeys(families, cents + one))
        for rank, (count, structure, age, sex, families) in enumerate(groups)
        for one in range(count)
    ]


def told(drawn: Drawn, table: Table) -> list[str]:
    return [line.code for line in drawn.lines if line.table == table and line.amount]


def naive(crowd: list[Covered]) -> Drawn:
    """Every line of ten persons, and nothing held against anything: what the attack must break."""
    lines = []
    for table, name in ((Table.STRUCTURE, "structure"), (Table.AGE, "age")):
        for code in STRUCTURES if table == Table.STRUCTURE else AGES:
            paid = [sum(one.care.values()) for one in crowd if getattr(one, name) == code and one.care]
            if len(paid) >= 10:
                lines.append(Line(table, code, code, rounded(sum(paid))))
    return Drawn(Level.DETAIL, rounded(sum(sum(one.care.values()) for one in crowd)), lines=tuple(lines))


@settings(max_examples=80, deadline=None)
@given(PORTFOLIOS, st.integers(0, 1_000))
@example([Alike(0, "member", "30", "1", MED, (30, 31), 4_000), Alike(0, "child", "18", "2", MED, (5, 5), 4_000)], 0)
def test_no_combination_of_years_populations_totals_and_lines_describes_fewer_than_ten(
    portfolio: list[Alike], seed: int
) -> None:
    accounts = accounts_of(portfolio)
    figures = figures_of((str(one.contract), one.year, one.people, one.drawn) for one in accounts)
    fewest = fewest_described(figures, seed=seed, tries=2)
    assert fewest is None or fewest >= 10


@settings(max_examples=60, deadline=None)
@given(PORTFOLIOS)
def test_a_variation_is_told_only_between_groups_that_differ_by_nobody_or_by_ten(portfolio: list[Alike]) -> None:
    first, second = ({one.contract: one for one in accounts_of(portfolio) if one.year == year} for year in (2024, 2025))
    for contract, account in second.items():
        for line in account.drawn.lines:
            if line.variation is None:
                continue
            sets = [
                {
                    one.person
                    for one in side.people
                    if one.care
                    and (line.table != Table.FAMILY or line.code in one.care)
                    and (line.table == Table.FAMILY or line.code in {one.structure, one.age, one.sex})
                }
                for side in (first[contract], account)
            ]
            assert len(sets[0] ^ sets[1]) not in range(1, 10)
            assert not line.is_rest


def test_the_attack_finds_what_lines_of_ten_alone_give_away() -> None:
    """Thirty children, of whom four are of age: children less those under 18 describes the four."""
    crowd = people((30, "member", "40", "1", MED), (26, "child", "0", "2", MED), (4, "child", "18", "2", MED))
    crowd += people((12, "member", "18", "1", MED))
    crowd = [Covered(rank, one.structure, one.age, one.sex, one.care) for rank, one in enumerate(crowd)]
    assert fewest_described(figures_of([("1", 2025, crowd, naive(crowd))])) == 4
    assert (fewest_described(figures_of([("1", 2025, crowd, draw(crowd, FAMILIES))])) or 0) >= 10


def test_the_attack_finds_a_family_that_only_one_table_hides() -> None:
    """Spouses with optics only, and two employees with optics: the family less the spouses describes the two."""
    crowd = people(
        (40, "member", "40", "1", ["MED"]), (15, "spouse", "40", "2", ["OPTI"]), (2, "member", "50", "1", ["OPTI"])
    )
    bare = naive(crowd)
    family = Line(Table.FAMILY, "OPTI", "Optique", Decimal(10))
    leaky = Drawn(bare.level, bare.benefits, lines=(*bare.lines, family))
    assert fewest_described(figures_of([("1", 2025, crowd, leaky)])) == 2
    assert (fewest_described(figures_of([("1", 2025, crowd, draw(crowd, FAMILIES))])) or 0) >= 10


def test_a_small_line_takes_another_with_it_so_that_the_total_does_not_give_it() -> None:
    crowd = people(
        (40, "member", "40", "1", ["MED", "PHAR"]), (20, "spouse", "40", "2", ["MED", "OPTI"]),
        (3, "member", "30", "1", ["MED", "DENT"]),
    )  # fmt: skip
    family = breakdowns(crowd)[Table.FAMILY]
    assert "DENT" not in family.shown and {"DENT"} < family.rest
    assert family.rest_amount == sum(one.care.get(code, 0) for one in crowd for code in family.rest)


def test_a_line_that_one_person_makes_for_more_than_half_is_told_with_others() -> None:
    crowd = people((60, "member", "40", "1", ["MED", "PHAR"]), (40, "spouse", "30", "2", ["MED", "PHAR", "OPTI"]))
    crowd += [Covered(99_999, "spouse", "30", "2", {"OPTI": 5_000_000, "MED": 4_000})]
    assert "OPTI" not in breakdowns(crowd)[Table.FAMILY].shown


def test_sexes_are_told_only_of_a_company_large_enough() -> None:
    small = people((25, "member", "40", "1", MED), (25, "spouse", "30", "2", MED))
    assert breakdowns(small)[Table.SEX].shown == {}
    large = people(
        *((20, structure, age, sex, MED) for structure in ("member", "spouse") for age in ("30", "40") for sex in "12")
    )
    assert set(breakdowns(large)[Table.SEX].shown) == {"1", "2"}


@pytest.mark.parametrize(("employees", "level"), [(9, "nothing"), (12, "totals"), (19, "totals"), (400, "detail")])
def test_what_is_told_depends_on_how_many_employees_are_covered(employees: int, level: str) -> None:
    drawn = draw(company(employees), FAMILIES)
    assert drawn.level == level
    assert (drawn.benefits is None) == (level == "nothing") and bool(drawn.lines) == (level == "detail")


def test_a_company_of_four_hundred_reads_every_table_in_full() -> None:
    drawn = draw(company(400), FAMILIES)
    assert told(drawn, Table.FAMILY) == list(FAMILIES)
    assert (told(drawn, Table.STRUCTURE), told(drawn, Table.AGE)) == (list(STRUCTURES), list(AGES))
    assert not any(line.is_rest for line in drawn.lines)


def test_nothing_paid_is_told_as_nothing_and_few_as_not_told() -> None:
    without = [Covered(rank, "member", "40", "1", {}) for rank in range(50)]
    assert draw(without, FAMILIES).benefits == Decimal(0)
    few = [*without, *people((3, "member", "30", "1", MED))]
    assert draw(few, FAMILIES) == Drawn(Level.NOTHING)


def test_drawing_an_account_takes_as_long_as_there_are_people() -> None:
    """Ten times the people, at most thirty times as long: nothing is squared."""
    durations = []
    for employees in (2_000, 20_000):
        crowd = company(employees)
        start = time.process_time()
        draw(crowd, FAMILIES)
        durations.append(time.process_time() - start)
    assert durations[1] < 30 * durations[0]


def company(employees: int, *, seed: int = 3) -> list[Covered]:
    """A company as they are: a spouse for one in two, children, care of most families for most people."""
    rng = Random(seed)
    crowd: list[Covered] = []
    for _ in range(employees):
        standings = [("member", rng.choice(["18", "30", "40", "50", "60"]))]
        if rng.random() < 0.5:
            standings.append(("spouse", rng.choice(["18", "30", "40", "50", "60"])))
        standings += [("child", rng.choice(["0", "0", "0", "18"])) for _ in range(rng.randrange(3))]
        for structure, age in standings:
            care = {family: rng.randrange(1_000, 30_000) for family in FAMILIES if rng.random() < 0.6}
            crowd.append(Covered(len(crowd), structure, age, rng.choice("12"), care))
    return crowd
