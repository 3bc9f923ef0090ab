"""What a benefit line says: whether it reverses another, how its payment stands, who received it, why its amount.

Pure: no database, no clock. Amounts are euros.
"""

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Protocol

from members.benefits.models import PaidTo
from members.households.rules import HouseholdPerson, Viewpoint

ZERO = Decimal(0)
CENT = Decimal("0.01")
HIGHEST_SHARE = Decimal(10)  # 1 000 % of the base


class Amounts(Protocol):
    """The amounts of a line (`BenefitLine`)."""

    expense: Decimal
    base: Decimal
    scheme_rate: Decimal
    scheme_amount: Decimal
    deduction: Decimal
    mutual_amount: Decimal
    other_amount: Decimal


class PaymentState(StrEnum):
    """How the mutual's payment stands on a day."""

    PAID = "paid"
    PLANNED = "planned"
    UNDATED = "undated"
    NOTHING = "nothing"
    UNTOLD = "untold"


def payment_state(mutual_amount: Decimal, payment_date: datetime.date | None, *, day: datetime.date) -> PaymentState:
    """Paid once its date has come; a line without amount and without date has nothing to pay."""
    if payment_date is not None:
        return PaymentState.PAID if payment_date <= day else PaymentState.PLANNED
    return PaymentState.UNDATED if mutual_amount else PaymentState.NOTHING


class Payee(StrEnum):
    """Who received the mutual's payment, as the viewer calls them."""

    VIEWER = "viewer"
    PROFESSIONAL = "professional"
    PERSON = "person"
    MEMBER = "member"
    OTHER_PARENT = "other_parent"


def payee(paid_to: str, person: HouseholdPerson, viewpoint: Viewpoint) -> Payee:
    """The insured is paid on their own account, or on the member's when they have none.

    To whoever represents them, it is the person who is paid. That the other parent was paid is all that is told.
    """
    if paid_to == PaidTo.PROFESSIONAL:
        return Payee.PROFESSIONAL
    if person.id in viewpoint.concealed_ids:
        return Payee.OTHER_PARENT
    if viewpoint.is_represented:
        return Payee.PERSON if person.has_own_account or viewpoint.is_holder else Payee.MEMBER
    if person.has_own_account:
        return Payee.VIEWER if person == viewpoint.viewer else Payee.PERSON
    return Payee.VIEWER if viewpoint.is_holder else Payee.MEMBER


def is_reversal(line: Amounts) -> bool:
    """A reversal carries the amounts of the line that it cancels, negated."""
    return min(line.expense, line.scheme_amount, line.mutual_amount, line.other_amount) < 0


@dataclass(frozen=True)
class Explanation:
    """The arithmetic of one line, from the expense to what stays with the person. Every amount is positive or zero."""

    expense: Decimal
    base: Decimal
    rate: Decimal
    computed: Decimal
    deduction: Decimal
    scheme: Decimal
    other: Decimal
    mutual: Decimal
    own: Decimal

    @property
    def within_base(self) -> Decimal:
        """What the expense has up to the reimbursement base."""
        return min(self.expense, self.base)

    @property
    def beyond_base(self) -> Decimal:
        """What the expense has above the reimbursement base."""
        return max(self.expense - self.base, ZERO)

    @property
    def rate_explains(self) -> bool:
        """Whether base × rate gives what the scheme computed, to the cent: only then is the product shown."""
        return bool(self.base) and (self.base * self.rate).quantize(CENT, ROUND_HALF_UP) == self.computed

    @property
    def total_share(self) -> Decimal | None:
        """Scheme (before deduction) and mutual together, as a share of the base: a whole percentage that means something.

        Some bases are a few cents (a class B lens): thousands of percent would explain nothing.
        """
        if not self.base or not self.mutual:
            return None
        share = (self.computed + self.mutual) / self.base
        return share if share <= HIGHEST_SHARE and share * 100 == (share * 100).to_integral_value() else None

    @property
    def own_beyond_deduction(self) -> Decimal:
        """What stays with the person besides what the law deducts."""
        return max(self.own - self.deduction, ZERO)


def explain(line: Amounts) -> Explanation | None:
    """The arithmetic of a line, or None for a reversal, which repeats another line with the sign changed.

    `scheme_amount` is net of the deduction: the scheme computed both together (SNDS: RO = base × rate − deduction).
    """
    if is_reversal(line):
        return None
    return Explanation(
        expense=line.expense,
        base=line.base,
        rate=line.scheme_rate,
        computed=line.scheme_amount + line.deduction,
        deduction=line.deduction,
        scheme=line.scheme_amount,
        other=line.other_amount,
        mutual=line.mutual_amount,
        own=line.expense - line.scheme_amount - line.mutual_amount - line.other_amount,
    )
