"""What a slip and its lines say together: what is left to pay, when, whether sums agree. Pure. Amounts in euros.

A balance that a slip leaves is either asked again by the next slip of the same contract, which says so in its previous
balance, or still asked by the slip itself: it counts once.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from employers.contributions.models import ContributionLine, ContributionSlip, Status, Structure
from portals.presentation.formats import NARROW, NBSP, long_date, month_name, number
from portals.presentation.rulers import Tick
from portals.presentation.shares import length

ZERO = Decimal(0)
CENT = Decimal("0.01")
SOON_DAYS = 10
MONTHS_OF_QUARTER = 3
ORDINALS = ("1er", "2e", "3e", "4e")
UNPAID = frozenset({Status.ISSUED, Status.PARTIAL, Status.LATE})
"""Slips that wait for a payment; a disputed one waits for an answer."""
STATES = {
    Status.ISSUED: ("warn", "clock"),
    Status.PAID: ("good", "check"),
    Status.PARTIAL: ("warn", "clock"),
    Status.LATE: ("bad", "alert"),
    Status.DISPUTED: ("warn", "alert"),
}
"""The kind of state word of each status, and its icon."""


def period_words(start: datetime.date, end: datetime.date) -> str:
    """`octobre 2026`, `1er trimestre 2026`, `du 3 mars 2026 au 2 avril 2026`."""
    months = _whole_months(start, end)
    if months == 1:
        return month_name(start)
    if months == MONTHS_OF_QUARTER and start.month % MONTHS_OF_QUARTER == 1:
        return f"{ORDINALS[start.month // MONTHS_OF_QUARTER]}{NBSP}trimestre{NBSP}{start.year}"
    return f"du {long_date(start)} au {long_date(end)}"


def rate_words(rate: Decimal) -> str:
    """`1,2 %`, `1,2345 %`: as many places as the rate has, four at most."""
    written = number(rate * 100, 4).rstrip("0").rstrip(",")
    return f"{written}{NARROW}%"


def _whole_months(start: datetime.date, end: datetime.date) -> int:
    """How many calendar months the days make exactly, 0 when they do not."""
    after = end + datetime.timedelta(days=1)
    if start.day != 1 or after.day != 1:
        return 0
    return (after.year - start.year) * 12 + after.month - start.month


@dataclass(frozen=True)
class Sheet:
    """A slip, what its lines add up to, and the next slip of the same contract."""

    slip: ContributionSlip
    total: Decimal
    following: ContributionSlip | None = None

    @property
    def period(self) -> str:
        return period_words(self.slip.period_start, self.slip.period_end)

    @property
    def to_pay(self) -> Decimal:
        return self.slip.previous_balance + self.total

    @property
    def paid(self) -> Decimal:
        """What was paid; the whole of a slip that is said to be paid without an amount."""
        if self.slip.paid_amount is not None:
            return self.slip.paid_amount
        return self.to_pay if self.slip.status == Status.PAID else ZERO

    @property
    def remaining(self) -> Decimal:
        """What the payment leaves; negative when more was paid than asked."""
        return self.to_pay - self.paid

    @property
    def carried_to(self) -> ContributionSlip | None:
        """The slip that asks again for what this one left."""
        takes_over = self.following is not None and self.following.previous_balance != 0
        return self.following if takes_over and self.remaining else None

    @property
    def balance(self) -> Decimal:
        """What still counts on this slip: nothing once it is paid, or once the next one asks for it."""
        return ZERO if self.slip.status == Status.PAID or self.carried_to else self.remaining

    @property
    def is_due(self) -> bool:
        """Whether a payment is waited for."""
        return self.slip.status in UNPAID and self.balance > 0

    @property
    def unpaid(self) -> Decimal:
        """The part of its own total that is not paid, for the drawing."""
        return min(max(self.balance, ZERO), max(self.total, ZERO))

    @property
    def kind(self) -> str:
        return STATES[Status(self.slip.status)][0]

    @property
    def icon(self) -> str:
        return STATES[Status(self.slip.status)][1]


def balance_of(sheets: Iterable[Sheet]) -> Decimal:
    """What the company owes on all of them; negative when the balance is in its favour."""
    return sum((sheet.balance for sheet in sheets), ZERO)


def due_of(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Those that wait for a payment, the first due first."""
    return sorted((sheet for sheet in sheets if sheet.is_due), key=lambda sheet: (sheet.slip.due_date, sheet.slip.pk))


@dataclass(frozen=True)
class Due:
    """A slip to pay, as a day tells it. `gone` and the ticks are those of a ruler from the first day of the period."""

    sheet: Sheet
    today: datetime.date

    @property
    def days_left(self) -> int:
        """Negative once the day has passed."""
        return (self.sheet.slip.due_date - self.today).days

    @property
    def is_late(self) -> bool:
        return self.days_left < 0

    @property
    def days_late(self) -> int:
        return max(-self.days_left, 0)

    @property
    def is_soon(self) -> bool:
        return self.days_left <= SOON_DAYS

    @property
    def days(self) -> int:
        """How long the ruler is; 0 when the slip is due before its period, and has none."""
        return max((self.sheet.slip.due_date - self.sheet.slip.period_start).days, 0)

    @property
    def days_gone(self) -> int:
        return min(max((self.today - self.sheet.slip.period_start).days, 0), self.days)

    @property
    def gone(self) -> str:
        return length(self.days_gone * 100 / self.days) if self.days else length(0)

    @property
    def ticks(self) -> list[Tick]:
        """The first day, the last day of the period when it comes before, and the due date."""
        if not self.days:
            return []
        end = (self.sheet.slip.period_end - self.sheet.slip.period_start).days
        known = sorted({0, min(end, self.days), self.days})
        return [Tick(length(day * 100 / self.days)) for day in known]


@dataclass(frozen=True)
class ShownLine:
    """A line with both parts of its amount; None when the feed does not say who bears it."""

    line: ContributionLine

    @property
    def structure(self) -> str:
        return str(Structure(self.line.structure).label)

    @property
    def rate(self) -> str:
        return rate_words(self.line.rate)

    @property
    def employer(self) -> Decimal | None:
        if self.line.employer_share is None:
            return None
        return (self.line.amount * self.line.employer_share).quantize(CENT, ROUND_HALF_UP)

    @property
    def employee(self) -> Decimal | None:
        return None if self.employer is None else self.line.amount - self.employer

    @property
    def agrees(self) -> bool:
        """Whether the amount is the rate of the base, of one person or of all, within a cent a head."""
        one = self.line.base * self.line.rate
        near = CENT * max(self.line.headcount, 1)
        amount = abs(self.line.amount)
        return any(abs(amount - expected) <= near for expected in (one, one * self.line.headcount))


@dataclass(frozen=True)
class Group:
    """The lines of one population, with their sums."""

    population: str
    lines: tuple[ShownLine, ...]

    @property
    def headcount(self) -> int:
        return sum(shown.line.headcount for shown in self.lines)

    @property
    def amount(self) -> Decimal:
        return sum((shown.line.amount for shown in self.lines), ZERO)

    @property
    def employer(self) -> Decimal | None:
        """None as soon as one line does not say it."""
        parts = [shown.employer for shown in self.lines]
        return None if None in parts else sum((part for part in parts if part is not None), ZERO)

    @property
    def employee(self) -> Decimal | None:
        return None if self.employer is None else self.amount - self.employer


def groups_of(lines: Sequence[ContributionLine]) -> list[Group]:
    """The lines of the period itself, by population in the order of the slip."""
    by_population: dict[str, list[ShownLine]] = {}
    for line in lines:
        if line.adjusts_period is None:
            by_population.setdefault(line.population, []).append(ShownLine(line))
    return [Group(population, tuple(shown)) for population, shown in by_population.items()]


def adjustments_of(lines: Sequence[ContributionLine]) -> list[ShownLine]:
    """The lines that correct a past period."""
    return [ShownLine(line) for line in lines if line.adjusts_period is not None]


def of_period(sheets: Iterable[Sheet], contract_id: int, day: datetime.date) -> Sheet | None:
    """The slip of a contract whose period holds a day."""
    return next(
        (
            sheet
            for sheet in sheets
            if sheet.slip.contract_id == contract_id and sheet.slip.period_start <= day <= sheet.slip.period_end
        ),
        None,
    )


def differences(sheet: Sheet, lines: Sequence[ContributionLine]) -> list[str]:
    """What does not agree between the state of a slip, its payment and its lines, in sentences."""
    said = []
    if sheet.slip.status == Status.PAID and sheet.remaining > 0:
        said.append("Ce bordereau est dit payé, et ses lignes font plus que ce qui a été réglé.")
    if sheet.slip.status in UNPAID and lines and sheet.remaining < 0:
        said.append("Ce qui a été réglé dépasse ce que font les lignes de ce bordereau.")
    wrong = [str(line.line) for line in lines if not ShownLine(line).agrees]
    if wrong:
        which = f"de la ligne {wrong[0]}" if len(wrong) == 1 else f"des lignes {', '.join(wrong)}"
        said.append(f"Le montant {which} n’est pas celui que donnent l’effectif, l’assiette et le taux.")
    return said
