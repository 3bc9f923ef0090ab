"""What a statement says: its frozen content read back, in the order and the words of print. Pure: no database, no clock.

Amounts are euros. The content is written by `freezing.FREEZE`; its lines are arrays, in the order of `_line`.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from members.statements.models import Statement
from portals.presentation.formats import NBSP, month_name

ZERO = Decimal(0)
BORN = {"1": "né", "2": "née"}

TO_RECIPIENT, TO_HOLDER, TO_PERSON, TO_PROFESSIONAL = "recipient", "holder", "person", "professional"
TO_OTHER_PARENT = "other_parent"
"""A child's refund that arrived on the other parent's account: the day, the reference and the account are theirs."""


@dataclass(frozen=True)
class PrintedLine:
    """One line of care. `scheme` is what the scheme computed, before the law's deduction, which is printed negative."""

    person_id: int
    care_date: datetime.date
    act: str
    professional: str
    expense: Decimal
    base: Decimal
    rate: Decimal
    scheme: Decimal
    deduction: Decimal
    mutual: Decimal
    other: Decimal
    paid_to: str
    paid_on: datetime.date
    payment_ref: str

    @property
    def care_day(self) -> str:
        """`16/07`, or `16/12/25` when the care was in another year than the payment."""
        return f"{self.care_date:{'%d/%m' if self.care_date.year == self.paid_on.year else '%d/%m/%y'}}"

    @property
    def own(self) -> Decimal:
        """What stays with the person."""
        return self.expense - self.scheme - self.deduction - self.mutual - self.other


@dataclass(frozen=True)
class Sums:
    """Column totals of some lines."""

    expense: Decimal
    scheme: Decimal
    deduction: Decimal
    mutual: Decimal
    other: Decimal
    own: Decimal


@dataclass(frozen=True)
class PrintedPerson:
    """A person and their lines, oldest care first."""

    name: str
    first_name: str
    birth_date: datetime.date
    born: str
    lines: tuple[PrintedLine, ...]
    sums: Sums

    def paid(self, line: PrintedLine) -> str:
        """`à vous le 30/07`, `payé le 08/09`: what became of the mutual's part."""
        if not line.mutual or line.paid_to == TO_OTHER_PARENT:
            return ""
        day = f"{line.paid_on:%d/%m}"
        if line.mutual < 0:
            return f"repris le{NBSP}{day}"
        return {
            TO_RECIPIENT: f"à vous le{NBSP}{day}",
            TO_HOLDER: f"à l’adhérent le{NBSP}{day}",
            TO_PERSON: f"à {self.first_name} le{NBSP}{day}",
        }.get(line.paid_to, f"payé le{NBSP}{day}")

    @property
    def told_lines(self) -> list[tuple[PrintedLine, str]]:
        """Each line with what is written under its act."""
        return [(line, ", ".join(filter(None, (line.professional, self.paid(line))))) for line in self.lines]


@dataclass(frozen=True)
class PrintedPayment:
    """One transfer, as it appears on the account that received it."""

    paid_on: datetime.date
    ref: str
    payee: str
    amount: Decimal


@dataclass(frozen=True)
class PrintedStatement:
    """Everything that is printed. `others`: persons whose care is theirs alone, and what arrived for them."""

    number: str
    verification_code: str
    period: datetime.date
    issued_at: datetime.datetime
    recipient: str
    address_lines: tuple[str, ...]
    member_number: str
    policies: tuple[str, ...]
    persons: tuple[PrintedPerson, ...]
    payments: tuple[PrintedPayment, ...]
    others: tuple[tuple[str, Decimal], ...]
    sums: Sums
    shares_of_payment: tuple[tuple[Decimal, str], ...]

    @property
    def title(self) -> str:
        return f"Relevé de prestations, {month_name(self.period)}"

    @property
    def scheme_net(self) -> Decimal:
        """What the scheme paid, deductions off."""
        return self.sums.scheme + self.sums.deduction

    @property
    def paid_for_others(self) -> Decimal:
        return sum((amount for _, amount in self.others), ZERO)

    @property
    def late(self) -> tuple[PrintedLine, ...]:
        """What was paid in earlier months and came too late for their statements."""
        return tuple(line for person in self.persons for line in person.lines if line.paid_on < self.period)

    @property
    def late_sum(self) -> Decimal:
        """What the mutual paid of it."""
        return sum((line.mutual for line in self.late), ZERO)

    @property
    def has_other_bodies(self) -> bool:
        """Whether another body paid a part: then its column is printed, in every table."""
        return any(line.other for person in self.persons for line in person.lines)


def filename_of(period: datetime.date) -> str:
    """`Relevé septembre 2026.pdf`: no name, no number."""
    return f"Relevé {month_name(period)}.pdf".replace(NBSP, " ")


def printed(statement: Statement) -> PrintedStatement:
    """The print of a statement."""
    content = statement.content
    lines = sorted((_line(row) for row in content["lines"]), key=lambda line: (line.care_date, line.paid_on))
    persons = tuple(_person(row, [line for line in lines if line.person_id == row[0]]) for row in content["persons"])
    return PrintedStatement(
        number=statement.number,
        verification_code=statement.verification_code,
        period=statement.period,
        issued_at=statement.issued_at,
        recipient=content["name"],
        address_lines=tuple(filter(None, (part.strip() for part in content["address"] if part))),
        member_number=content["member_number"],
        policies=tuple(content["policies"]),
        persons=persons,
        payments=_payments(lines, {row[0]: row[1] for row in content["persons"]}, content["name"], content["holder"]),
        others=tuple((name, Decimal(amount)) for name, amount in content["others"]),
        sums=_sums(lines),
        shares_of_payment=_shares(lines),
    )


def _line(row: Sequence[Any]) -> PrintedLine:
    person, care, act, by, expense, base, rate, net, deduction, mutual, other, to, paid_on, ref = row
    return PrintedLine(
        person_id=person,
        care_date=datetime.date.fromisoformat(care),
        act=act,
        professional=by,
        expense=Decimal(expense),
        base=Decimal(base),
        rate=Decimal(rate),
        scheme=Decimal(net) + Decimal(deduction),
        deduction=-Decimal(deduction),
        mutual=Decimal(mutual),
        other=Decimal(other),
        paid_to=to,
        paid_on=datetime.date.fromisoformat(paid_on),
        payment_ref=ref,
    )


def _person(row: Sequence[Any], lines: Sequence[PrintedLine]) -> PrintedPerson:
    _, name, first_name, birth_date, sex = row
    birth = datetime.date.fromisoformat(birth_date)
    born = f"{BORN.get(sex, 'né(e)')} le"
    return PrintedPerson(name, first_name or name, birth, born, tuple(lines), _sums(lines))


def _sums(lines: Iterable[PrintedLine]) -> Sums:
    columns = ("expense", "scheme", "deduction", "mutual", "other", "own")
    taken = list(lines)
    return Sums(**{name: sum((getattr(line, name) for line in taken), ZERO) for name in columns})


def _payments(
    lines: Sequence[PrintedLine], names: dict[int, str], recipient: str, holder: str
) -> tuple[PrintedPayment, ...]:
    """One row per transfer and payee; what adds up to nothing is not a transfer."""
    amounts: dict[tuple[datetime.date, str, str], Decimal] = {}
    for line in lines:
        if line.paid_to == TO_OTHER_PARENT:
            continue
        payee = {TO_RECIPIENT: recipient, TO_HOLDER: holder, TO_PERSON: names[line.person_id]}.get(
            line.paid_to, line.professional or "Professionnel de santé"
        )
        key = (line.paid_on, line.payment_ref, payee)
        amounts[key] = amounts.get(key, ZERO) + line.mutual
    return tuple(PrintedPayment(*key, amount) for key, amount in sorted(amounts.items()) if amount)


def _shares(lines: Sequence[PrintedLine]) -> tuple[tuple[Decimal, str], ...]:
    """The mutual's payments by where they went, in the words of the first sentence."""
    words = (
        (TO_RECIPIENT, "sur votre compte"),
        (TO_HOLDER, "sur le compte de l’adhérent"),
        (TO_PERSON, "sur un autre compte de votre foyer"),
        (TO_PROFESSIONAL, "aux professionnels"),
        (TO_OTHER_PARENT, "sans que ce versement vous soit détaillé"),
    )
    sums = ((sum((line.mutual for line in lines if line.paid_to == to), ZERO), where) for to, where in words)
    return tuple((amount, where) for amount, where in sums if amount)
