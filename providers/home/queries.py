"""What the first page of the professional's space says: money to come, delays by month. Read from kept totals."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from providers.invoices.models import Axis, Grain, Invoice, InvoiceTotal, Mode, Standing
from providers.invoices.queries import invoices_of
from providers.invoices.rules import RUNNING

ZERO = Decimal(0)
MONTHS = 12
SHOWN_REJECTED = 3


@dataclass(frozen=True)
class Counted:
    """How many invoices stand somewhere, and what they ask of the mutual, in euros."""

    count: int = 0
    amount: Decimal = ZERO


@dataclass(frozen=True)
class Standings:
    """The invoices of a professional today."""

    by_standing: dict[str, Counted]

    def of(self, *standings: str) -> Counted:
        found = [self.by_standing.get(standing, Counted()) for standing in standings]
        return Counted(sum(one.count for one in found), sum((one.amount for one in found), ZERO))

    @property
    def running(self) -> Counted:
        """What we have to pay, as far as we know today."""
        return self.of(*RUNNING)

    @property
    def accepted(self) -> Counted:
        return self.of(Standing.ACCEPTED)

    @property
    def rejected(self) -> Counted:
        return self.of(Standing.REJECTED)

    @property
    def pending(self) -> Counted:
        return self.of(Standing.PENDING)

    @property
    def count(self) -> int:
        return sum(one.count for one in self.by_standing.values())


def standings_of(professional_id: int) -> Standings:
    """Whole months add up to everything. One query."""
    kept = InvoiceTotal.objects.filter(professional=professional_id, axis=Axis.RECEIVED, grain=Grain.MONTH)
    sums = kept.values_list("standing").annotate(number=Sum("count"), amount=Sum("mutual_part"))
    return Standings({standing: Counted(number, amount) for standing, number, amount in sums})


@dataclass(frozen=True)
class Delays:
    """Of the invoices of one mode paid in a month: how many, and their delays added up."""

    count: int = 0
    days: int = 0

    @property
    def average(self) -> Decimal | None:
        return Decimal(self.days) / self.count if self.count else None


@dataclass(frozen=True)
class MonthDelays:
    """A month of payment (its first day), by mode."""

    month: datetime.date
    teletransmitted: Delays
    paper: Delays


def months_until(day: datetime.date) -> list[datetime.date]:
    """The first days of the twelve months that end with that of `day`, oldest first."""
    months = day.year * 12 + day.month - 1
    return [datetime.date(n // 12, n % 12 + 1, 1) for n in range(months - MONTHS + 1, months + 1)]


def delays_of(professional_id: int, day: datetime.date) -> list[MonthDelays]:
    """The delays of twelve months, oldest first. One query."""
    months = months_until(day)
    kept = InvoiceTotal.objects.filter(
        professional=professional_id, axis=Axis.PAID, grain=Grain.MONTH, period__gte=months[0], standing=Standing.PAID
    )
    found = {(period, mode): Delays(count, days) for period, mode, count, days in kept.values_list(
        "period", "mode", "count", "days"
    )}  # fmt: skip
    return [
        MonthDelays(month, found.get((month, Mode.DRE), Delays()), found.get((month, Mode.PAPER), Delays()))
        for month in months
    ]


def whole(delays: Sequence[Delays]) -> Delays:
    """All of them together."""
    return Delays(sum(one.count for one in delays), sum(one.days for one in delays))


def newest_rejected(professional_id: int) -> list[Invoice]:
    """The rejected invoices that were not sent again, newest first."""
    rejected = invoices_of(professional_id).filter(standing=Standing.REJECTED)
    return list(rejected.order_by("-received_on", "-id")[:SHOWN_REJECTED])
