"""A kept simulation as its page shows it, and beside it what was paid."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from members.benefits.explanation import left_words
from members.benefits.models import BenefitLine
from members.benefits.telling import label_of
from members.quotes.models import Simulation
from members.quotes.queries import matched_lines
from members.quotes.rules import Amounts, Cause, causes_of
from members.quotes.telling import CAUSE_WORDS, rule_words

ZERO = Decimal(0)
BEFORE = datetime.timedelta(days=7)
AFTER = datetime.timedelta(days=90)
"""The window in which a payment is looked for, unless the person chooses another one."""


@dataclass(frozen=True)
class ShownStep:
    """One rule that applied, with what a payer's part was once it had."""

    title: str
    words: str
    amount: Decimal


@dataclass(frozen=True)
class ShownLine:
    """A frozen line, read back."""

    frozen: dict[str, Any]

    def __getattr__(self, name: str) -> Decimal:
        """Amounts by the name under which they were kept: price, base, scheme, deduction, mutual, own."""
        try:
            return Decimal(self.frozen[name])
        except KeyError:
            raise AttributeError(name) from None

    @property
    def quantity(self) -> int:
        return int(Decimal(self.frozen["quantity"]))

    @property
    def steps(self) -> list[ShownStep]:
        return [
            ShownStep(*rule_words(rule, self.frozen), amount=Decimal(amount)) for rule, amount in self.frozen["steps"]
        ]

    @property
    def ceiling_words(self) -> str:
        """What would be left of the ceiling afterwards, in a sentence; empty without a ceiling."""
        ceiling = self.frozen["ceiling"]
        return left_words(Decimal(ceiling["after"]), Decimal(ceiling["cap"]), ceiling["unit"]) if ceiling else ""


@dataclass(frozen=True)
class Paid:
    """A benefit line of the window, with its label."""

    line: BenefitLine
    label: str


@dataclass(frozen=True)
class Comparison:
    """What was foreseen beside what was paid in a window of days."""

    start: datetime.date
    end: datetime.date
    lines: list[Paid]
    foreseen: Amounts
    paid: Amounts

    @property
    def rows(self) -> list[tuple[str, Decimal, Decimal, Decimal]]:
        """Label, foreseen, paid, difference: one row by payer."""
        gaps = self.paid.less(self.foreseen)
        names = {"expense": "Prix", "scheme": "Régime obligatoire", "mutual": "Mutuelle", "own": "Reste à charge"}
        return [
            (label, getattr(self.foreseen, name), getattr(self.paid, name), gaps[name]) for name, label in names.items()
        ]

    @property
    def causes(self) -> list[str]:
        return [CAUSE_WORDS[cause] for cause in causes_of(self.foreseen, self.paid)]

    @property
    def is_same(self) -> bool:
        return causes_of(self.foreseen, self.paid) == [Cause.SAME]


def lines_of(simulation: Simulation) -> list[ShownLine]:
    return [ShownLine(frozen) for frozen in simulation.content["lines"]]


def default_window(simulation: Simulation) -> tuple[datetime.date, datetime.date]:
    return simulation.care_date - BEFORE, simulation.care_date + AFTER


def compare(simulation: Simulation, start: datetime.date, end: datetime.date) -> Comparison:
    """One query."""
    found = matched_lines(simulation, start, end)
    frozen = lines_of(simulation)
    foreseen = Amounts(
        expense=simulation.expense,
        base=sum((line.base for line in frozen), ZERO),
        scheme=simulation.scheme_amount,
        mutual=simulation.mutual_amount,
        other=ZERO,
        acts=frozenset(line.frozen["act"] for line in frozen),
    )
    paid = Amounts(
        expense=sum((line.expense for line in found), ZERO),
        base=sum((line.base for line in found), ZERO),
        scheme=sum((line.scheme_amount for line in found), ZERO),
        mutual=sum((line.mutual_amount for line in found), ZERO),
        other=sum((line.other_amount for line in found), ZERO),
        acts=frozenset(line.act_code_id for line in found),
    )
    return Comparison(start, end, [Paid(line, label_of(line)) for line in found], foreseen, paid)
