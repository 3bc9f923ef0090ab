"""What the engine reads and what it gives. Every amount is in euros, every rate a share (`0.70`)."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

ZERO = Decimal(0)
ONE = Decimal(1)
CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Rounded to the cent, half a cent up, as settlements are."""
    return amount.quantize(CENT, ROUND_HALF_UP)


class Basis(StrEnum):
    """What a guarantee's rate applies to. Same values as the guarantee tables."""

    BASE = "BR"
    EXPENSE = "EXPENSE"
    FIXED = "FIXED"


class Unit(StrEnum):
    """What a yearly ceiling counts. Same values as the guarantee tables."""

    EUROS = "EUR"
    ACTS = "ACTS"


class Basket(StrEnum):
    """The baskets of « 100 % Santé » (order of 25 January 2019 for dental care)."""

    NONE = "none"
    ZERO = "zero"
    MODERATE = "moderate"


class Rule(StrEnum):
    """The rules that give amounts, in the order in which they may apply."""

    SCHEME_SHARE = "scheme_share"
    UNCOORDINATED = "uncoordinated"
    DEDUCTION = "deduction"
    OTHER = "other"
    NO_GUARANTEE = "no_guarantee"
    ZERO_BASKET = "zero_basket"
    DAILY_CHARGE = "daily_charge"
    SHARE_OF_BASE = "share_of_base"
    SHARE_OF_EXPENSE = "share_of_expense"
    FIXED_AMOUNT = "fixed_amount"
    FRAME_LIMIT = "frame_limit"
    HEARING_LIMIT = "hearing_limit"
    OVERRUN_LIMIT = "overrun_limit"
    RENEWAL = "renewal"
    CEILING = "ceiling"
    COPAYMENT = "copayment"
    WHAT_IS_LEFT = "what_is_left"


def basket_of(code: str, family: str, *, zero_out_of_pocket: bool) -> Basket:
    """The basket of an act: dental codes of the moderate basket end in 1 (nomenclature of the scheme, PF1, IN1…)."""
    if zero_out_of_pocket:
        return Basket.ZERO
    return Basket.MODERATE if family == "DENT" and code.endswith("1") else Basket.NONE


@dataclass(frozen=True, slots=True)
class Care:
    """One act for one person. Exemptions are not stored (PDP-4.2): they show in the rate that the scheme tells.

    `is_minor`: under 18, exempt from deductions. `early_renewal`: under 16, or sight that changed. `coordinated`:
    within the pathway of the attending doctor. `optam`: the doctor signed a price agreement, None when unknown.
    `expense` covers `quantity` acts, boxes or days.
    """

    act_code: str
    family: str
    day: datetime.date
    expense: Decimal
    quantity: Decimal = ONE
    basket: Basket = Basket.NONE
    is_minor: bool = False
    early_renewal: bool = False
    alsace_moselle: bool = False
    coordinated: bool = True
    optam: bool | None = None
    other: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class SchemeTerms:
    """What the compulsory scheme applies. `rate` is what it pays, `full_rate` what it pays within the pathway.

    `base` is never above the expense: the scheme pays on what was really spent.
    """

    base: Decimal
    rate: Decimal
    full_rate: Decimal
    deduction: Decimal = ZERO

    @property
    def gross(self) -> Decimal:
        """What it computes, before the law's deduction."""
        return cents(self.base * self.rate)

    @property
    def full_gross(self) -> Decimal:
        return cents(self.base * self.full_rate)


@dataclass(frozen=True, slots=True)
class GuaranteeLine:
    """The line of the plan's table in force on the day of care. `rate` includes the scheme's share."""

    basis: Basis
    rate: Decimal | None = None
    amount: Decimal | None = None
    annual_cap: Decimal | None = None
    cap_unit: Unit = Unit.EUROS
    responsible: bool = True


@dataclass(frozen=True, slots=True)
class Used:
    """What the person had before this act: of the guarantee's year (euros or acts), and withheld by the law.

    `participation` and `franchise` are of the calendar year, `on_day` of the same kind and the same day.
    `last_equipment` is the day of the last glasses, None when there are none or when it is not to be held against.
    """

    of_ceiling: Decimal = ZERO
    participation: Decimal = ZERO
    franchise: Decimal = ZERO
    on_day: Decimal = ZERO
    last_equipment: datetime.date | None = None


@dataclass(frozen=True)
class Law:
    """The law's figures on a day, from the dated table `LawParameter`. None: no figure is in force, no rule applies."""

    participation_cap: Decimal | None = None
    participation_daily_cap: Decimal | None = None
    franchise_cap: Decimal | None = None
    franchise_daily_cap_care: Decimal | None = None
    franchise_daily_cap_transport: Decimal | None = None
    uncoordinated_penalty: Decimal | None = None
    frame_limit: Decimal | None = None
    hearing_limit: Decimal | None = None
    overrun_limit: Decimal | None = None
    renewal_months: Decimal | None = None
    early_renewal_months: Decimal | None = None
    local_rates: Mapping[str, Decimal] = field(default_factory=dict)
    price_limits: Mapping[str, Decimal] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Mapping[str, Decimal]) -> "Law":
        """From codes of the table: a field's name, or `local_rate.<family>`, or `price_limit.<act>`."""
        plain = {each.name: values[each.name] for each in fields(cls) if each.name in values}
        return cls(**plain, local_rates=_under("local_rate.", values), price_limits=_under("price_limit.", values))


def _under(prefix: str, values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {code.removeprefix(prefix): value for code, value in values.items() if code.startswith(prefix)}


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that applied. `amount`: what the payer's part is once it has applied (a deduction: what is withheld)."""

    rule: Rule
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What is left of a yearly ceiling before and after the act, in its own unit. Never negative."""

    cap: Decimal
    unit: Unit
    before: Decimal
    after: Decimal

    @property
    def taken(self) -> Decimal:
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who pays what. `scheme` is net of `deduction`; the five amounts but the deduction add up to the expense."""

    expense: Decimal
    scheme: Decimal
    deduction: Decimal
    other: Decimal
    mutual: Decimal
    own: Decimal
    steps: tuple[Step, ...]
    ceiling: Ceiling | None

    def has(self, rule: Rule) -> bool:
        return any(step.rule == rule for step in self.steps)
