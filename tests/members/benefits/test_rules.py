"""What one line says: its state, who was paid, why its amount."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.benefits.falls import falls_of
from members.benefits.models import PaidTo
from members.benefits.rules import Payee, PaymentState, explain, is_reversal, payee, payment_state
from members.households.models import Role
from members.households.rules import HouseholdPerson, Viewpoint

DAY = datetime.date(2026, 10, 9)
BORN = datetime.date(1980, 3, 14)


@dataclass
class Line:
    expense: Decimal
    base: Decimal
    scheme_rate: Decimal
    scheme_amount: Decimal
    deduction: Decimal
    mutual_amount: Decimal
    other_amount: Decimal


def line(*amounts: str) -> Line:
    return Line(*[Decimal(amount) for amount in amounts])


SPECIALIST = line("85.00", "60.00", "0.70", "40.00", "2.00", "36.00", "0.00")


@pytest.mark.parametrize(
    ("mutual", "date", "state"),
    [
        ("9.00", DAY, PaymentState.PAID),
        ("9.00", DAY + datetime.timedelta(days=1), PaymentState.PLANNED),
        ("9.00", None, PaymentState.UNDATED),
        ("0.00", None, PaymentState.NOTHING),
    ],
)
def test_the_payment_of_a_line_stands_somewhere(mutual: str, date: datetime.date | None, state: PaymentState) -> None:
    assert payment_state(Decimal(mutual), date, day=DAY) == state


def test_the_insured_is_paid_on_their_account_or_on_the_members() -> None:
    member = HouseholdPerson(1, Role.MEMBER, BORN, "Alice", "Le Goff", True)
    spouse = HouseholdPerson(2, Role.SPOUSE, BORN, "Samir", "Benali", False)
    grown = HouseholdPerson(3, Role.CHILD, BORN, "Lina", "Benali", True)
    home = (member, spouse, grown)
    of_member, of_spouse = Viewpoint(1, member, home, DAY), Viewpoint(1, spouse, home, DAY)
    assert payee(PaidTo.PROFESSIONAL, member, of_member) == Payee.PROFESSIONAL
    assert payee(PaidTo.INSURED, member, of_member) == Payee.VIEWER
    assert payee(PaidTo.INSURED, spouse, of_member) == Payee.VIEWER
    assert payee(PaidTo.INSURED, grown, of_member) == Payee.PERSON
    assert payee(PaidTo.INSURED, spouse, of_spouse) == Payee.MEMBER


def test_it_explains_a_line_by_its_own_arithmetic() -> None:
    why = explain(SPECIALIST)
    assert why is not None
    assert (why.computed, why.deduction, why.scheme) == (Decimal("42.00"), Decimal("2.00"), Decimal("40.00"))
    assert why.beyond_base == Decimal("25.00")
    assert why.rate_explains
    assert why.total_share == Decimal("1.3")
    assert why.own == Decimal("9.00")
    assert why.own_beyond_deduction == Decimal("7.00")


def test_it_shows_no_product_that_does_not_give_the_amount() -> None:
    why = explain(line("85.00", "60.00", "0.70", "30.00", "0.00", "36.00", "0.00"))
    assert why is not None
    assert not why.rate_explains


def test_a_share_that_is_not_a_whole_percentage_is_not_told() -> None:
    why = explain(line("85.00", "60.00", "0.70", "42.00", "0.00", "35.99", "0.00"))
    assert why is not None
    assert why.total_share is None


def test_a_share_of_a_base_of_a_few_cents_is_not_told() -> None:
    why = explain(line("250.00", "0.05", "0.60", "0.03", "0.00", "110.03", "0.00"))
    assert why is not None
    assert why.total_share is None


def test_a_reversal_is_known_by_its_sign_and_has_no_explanation_of_its_own() -> None:
    negated = line("-85.00", "-60.00", "0.70", "-40.00", "-2.00", "-36.00", "0.00")
    assert is_reversal(negated)
    assert not is_reversal(SPECIALIST)
    assert explain(negated) is None


def test_the_falls_go_from_the_expense_to_what_stays() -> None:
    why = explain(SPECIALIST)
    assert why is not None
    falls = falls_of(why)
    assert [(step.kind, step.signed, step.left) for step in falls.steps] == [
        ("scheme", Decimal("-42.00"), Decimal("43.00")),
        ("deduction", Decimal("2.00"), Decimal("45.00")),
        ("mutual", Decimal("-36.00"), Decimal("9.00")),
    ]
    assert (falls.base_width, falls.beyond_width, falls.own_width) == ("70.59%", "29.41%", "10.59%")


cents = st.integers(min_value=0, max_value=300_000).map(lambda n: Decimal(n) / 100)


@given(st.tuples(cents, cents, cents, cents, cents, cents))
def test_the_steps_always_lead_to_what_stays_with_the_person(amounts: tuple[Decimal, ...]) -> None:
    scheme, deduction, mutual, other, own, base = amounts
    expense = scheme + mutual + other + own
    why = explain(Line(expense, base, Decimal("0.7"), scheme, deduction, mutual, other))
    assert why is not None
    falls = falls_of(why)
    assert falls.steps[-1].left == own == why.own
    for step in falls.steps:
        for place in (step.x, step.width, step.enters, step.leaves):
            assert 0 <= float(place.removesuffix("%")) <= 100
