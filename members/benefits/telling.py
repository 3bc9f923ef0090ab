"""A benefit line as it is told to a viewer: whose, how its payment stands, to whom, in words."""

from dataclasses import dataclass
from decimal import Decimal

from members.benefits.models import BenefitLine
from members.benefits.rules import Payee, PaymentState, is_reversal, payee, payment_state
from members.households.rules import HouseholdPerson, Viewpoint
from portals.presentation.spreadsheets import number_cell


@dataclass(frozen=True)
class ToldLine:
    """A line and what its viewer is told of it."""

    line: BenefitLine
    person: HouseholdPerson
    label: str
    state: PaymentState
    payee: Payee
    is_reversal: bool

    @property
    def to_whom(self) -> str:
        """`à vous`, `au professionnel`…, after « versé »."""
        return {
            Payee.VIEWER: "à vous",
            Payee.PROFESSIONAL: "au professionnel",
            Payee.PERSON: f"à {self.person.first_name}",
            Payee.MEMBER: "à l’adhérent",
            Payee.OTHER_PARENT: "à l’autre parent",
        }[self.payee]

    @property
    def is_payment_told(self) -> bool:
        """Whether the day and the reference of the payment are told: not those of the other parent's account."""
        return self.payee != Payee.OTHER_PARENT

    @property
    def quantity(self) -> str:
        """`1`, `2,5`."""
        return number_cell(self.line.quantity)

    @property
    def scheme_computed(self) -> Decimal:
        """What the scheme computed before the law's deduction, in euros."""
        return self.line.scheme_amount + self.line.deduction

    @property
    def deducted(self) -> Decimal:
        """The deduction with the sign of what it takes away, in euros."""
        return -self.line.deduction

    @property
    def taken_back(self) -> Decimal:
        """What a reversal takes back of the mutual's part, in euros."""
        return -self.line.mutual_amount


def tell(line: BenefitLine, viewpoint: Viewpoint) -> ToldLine:
    """Tell a line that the viewer may read. Its act code must be loaded with it."""
    person = viewpoint.by_id[line.person_id]
    to = payee(line.paid_to, person, viewpoint)
    state = payment_state(line.mutual_amount, line.payment_date, day=viewpoint.day)
    if to == Payee.OTHER_PARENT and state != PaymentState.NOTHING:
        state = PaymentState.UNTOLD
    return ToldLine(
        line=line,
        person=person,
        label=label_of(line),
        state=state,
        payee=to,
        is_reversal=is_reversal(line),
    )


def label_of(line: BenefitLine) -> str:
    """The label that came with the line, or that of its act code."""
    return line.act_label or line.act_code.label
