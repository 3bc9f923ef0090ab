"""Who pays what for one act."""

from hypothesis import given
from hypothesis import strategies as st

from members.populate.amounts import Rule, euros, shares

CENTS = st.integers(0, 200_000)


def test_it_shares_the_worked_example_of_2018() -> None:
    assert shares(27_00, 25_00, 70, 1_00, Rule("BR", 100, 0)) == (16_50, 1_00, 7_50)


def test_it_shares_a_consultation_of_today_beyond_the_base() -> None:
    assert shares(45_00, 30_00, 70, 2_00, Rule("BR", 200, 0)) == (19_00, 2_00, 24_00)


def test_a_100_percent_sante_equipment_leaves_nothing_to_pay() -> None:
    part = shares(950_00, 400_00, 60, 0, Rule("EXPENSE", 100, 0))
    assert part.scheme + part.mutual == 950_00


def test_a_fixed_amount_stops_at_what_is_left_of_its_ceiling() -> None:
    assert shares(60_00, 0, 0, 0, Rule("FIXED", 0, 25_00)) == (0, 0, 25_00)
    assert shares(60_00, 0, 0, 0, Rule("FIXED", 0, 0)) == (0, 0, 0)


def test_the_scheme_never_withholds_more_than_it_pays() -> None:
    assert shares(5_21, 5_21, 15, 1_00, Rule("BR", 100, 0)) == (0, 78, 4_43)


RULES = st.one_of(
    st.builds(Rule, st.just("BR"), st.integers(100, 400), st.just(0)),
    st.just(Rule("EXPENSE", 100, 0)),
    st.builds(Rule, st.just("FIXED"), st.just(0), CENTS),
)


@given(expense=CENTS, base=CENTS, rate=st.integers(0, 100), deduction=st.integers(0, 5_00), rule=RULES)
def test_shares_never_exceed_the_expense_and_the_deduction_stays_with_the_person(
    expense: int, base: int, rate: int, deduction: int, rule: Rule
) -> None:
    part = shares(expense, min(base, expense), rate, deduction, rule)
    assert min(part) >= 0
    assert expense - part.scheme - part.mutual >= part.deduction


def test_it_writes_amounts_as_feeds_do() -> None:
    assert [euros(cents) for cents in (0, 5, 1234, -1234, -7)] == ["0.00", "0.05", "12.34", "-12.34", "-0.07"]
