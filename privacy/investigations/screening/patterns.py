"""Payments out of the ordinary. Pure; the figures are settings (`VIGILANCE`)."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Thresholds:
    """`bank_changes` within `bank_days`; `refunds` in euros within `refund_days`."""

    bank_changes: int
    bank_days: int
    refunds: Decimal
    refund_days: int


def bank_changes_are_unusual(days: Collection[datetime.date], today: datetime.date, limits: Thresholds) -> bool:
    """Whether an account was changed too often, by the days on which it was asked."""
    since = today - datetime.timedelta(days=limits.bank_days)
    return sum(since < day <= today for day in days) >= limits.bank_changes


def refunds_are_unusual(total: Decimal, limits: Thresholds) -> bool:
    """Whether what was paid back within the period passes the threshold."""
    return total > limits.refunds
