"""What technical accounts say and how finely: thresholds, fixed cuts, results. Pure: no database, no clock.

What may be told of few persons, and how amounts are rounded, is `portals.anonymity.parts`.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portals.anonymity.parts import LEAST

DETAILED_FROM = 20
"""Insured employees: a smaller contract gets its totals only."""
BUILT_IN, PUBLISHED_IN = (4, 7), 8
"""Months: accounts of the past year are drafted in April, in July for companies told since, and published in August,
before the 31st (décret 90-769, article 4)."""


class Level(StrEnum):
    """How much of a contract's care is told."""

    NOTHING = "nothing"
    TOTALS = "totals"
    DETAIL = "detail"


class Table(StrEnum):
    """The fixed cuts. No other one is made, for anybody."""

    FAMILY = "family"
    STRUCTURE = "structure"
    AGE = "age"
    SEX = "sex"


TITLES = {
    Table.FAMILY: "Par famille de soins",
    Table.STRUCTURE: "Par qualité de la personne",
    Table.AGE: "Par âge",
    Table.SEX: "Par sexe",
}
STRUCTURES = {"member": "Salariés", "spouse": "Conjoints et autres ayants droit", "child": "Enfants"}
AGES = {
    "0": "Moins de 18 ans",
    "18": "De 18 à 29 ans",
    "30": "De 30 à 39 ans",
    "40": "De 40 à 49 ans",
    "50": "De 50 à 59 ans",
    "60": "60 ans et plus",
}
SEXES = {"2": "Femmes", "1": "Hommes"}
ENTERED = {
    "provisions_opening": "Provisions techniques au 1er\u00a0janvier",
    "provisions_closing": "Provisions techniques au 31\u00a0décembre",
    "financial_income": "Part des produits financiers",
    "commissions": "Commissions",
    "other_charges": "Autres charges",
    "profit_sharing": "Participation aux bénéfices",
    "reinsurance_balance": "Solde de réassurance",
}
"""Lines of the decree that nothing here tells: staff enter them on a draft, or they are said not to be known."""


@dataclass(frozen=True, slots=True)
class Covered:
    """A person of a contract in a year: where the cuts put them, and what was paid for them, in cents by family.

    `was_covered` is False for somebody whose cover had ended and whose care of before was paid that year.
    """

    person: int
    structure: str
    age: str
    sex: str
    care: Mapping[str, int]
    was_covered: bool = True


def structure_of(role: str) -> str:
    """Ascendants and others are told with spouses: apart, they would nearly always be fewer than ten."""
    return role if role in {"member", "child"} else "spouse"


def age_band(birth: datetime.date, year: int) -> str:
    """The band of the age reached in the year."""
    age = max(0, year - birth.year)
    return str(max(int(lowest) for lowest in AGES if int(lowest) <= age))


def level_of(employees: int, consumers: int) -> Level:
    """What may be told of a contract with so many insured employees, for so many of whose persons something was paid."""
    if employees < LEAST or 0 < consumers < LEAST:
        return Level.NOTHING
    return Level.TOTALS if employees < DETAILED_FROM else Level.DETAIL


def are_whole(
    periods: Iterable[tuple[datetime.date, datetime.date]], first: datetime.date, last: datetime.date
) -> bool:
    """Whether the periods, both days included, leave no day between two days uncovered."""
    day = first
    for start, end in sorted(periods):
        if start > day:
            break
        day = max(day, end + datetime.timedelta(days=1))
    return day > last


@dataclass(frozen=True)
class Decree:
    """The lines of article 3 of the decree that a contract's account has, in euros; None: not known to us."""

    contributions: Decimal | None
    benefits: Decimal | None
    provisions_opening: Decimal | None = None
    provisions_closing: Decimal | None = None
    financial_income: Decimal | None = None
    commissions: Decimal | None = None
    other_charges: Decimal | None = None
    profit_sharing: Decimal | None = None
    reinsurance_balance: Decimal | None = None

    @property
    def balance(self) -> Decimal | None:
        """Contributions less benefits: what is left before provisions, income and charges."""
        if self.contributions is None or self.benefits is None:
            return None
        return self.contributions - self.benefits

    @property
    def share(self) -> Decimal | None:
        """What the benefits are of the contributions: 0.80 for 80 %."""
        if not self.contributions or self.benefits is None:
            return None
        return self.benefits / self.contributions

    @property
    def result(self) -> Decimal | None:
        """What is left once everything is counted; None as long as one line is not known."""
        known = (
            self.balance, self.provisions_opening, self.provisions_closing, self.financial_income, self.commissions,
            self.other_charges, self.profit_sharing, self.reinsurance_balance,
        )  # fmt: skip
        if any(one is None for one in known):
            return None
        balance, opening, closing, income, commissions, charges, sharing, reinsurance = (
            one for one in known if one is not None
        )
        return balance - (closing - opening) + income - commissions - charges - sharing + reinsurance
