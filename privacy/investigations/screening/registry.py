"""What the spaces tell of whom they know and what they paid. The core knows no insured person: they register here.

Everything runs in the system's context, from a job, and is read as it comes: memory does not grow with the portfolio.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from privacy.investigations.screening.matching import Candidate


@dataclass(frozen=True)
class Known:
    """Somebody of a space, with what is compared of them."""

    space: str
    tenant_id: int | None
    subject_id: int
    candidate: Candidate


@dataclass(frozen=True)
class Paid:
    """What was paid back to somebody within a period, in euros."""

    space: str
    tenant_id: int | None
    subject_id: int
    total: Decimal


type Population = Callable[[], Iterator[Known]]
type Payments = Callable[[datetime.date, Decimal], Iterator[Paid]]
"""`(since, over)`: those who were paid more than `over` since that day."""

_populations: list[Population] = []
_payments: list[Payments] = []


def register_population(population: Population) -> None:
    if population not in _populations:
        _populations.append(population)


def register_payments(payments: Payments) -> None:
    if payments not in _payments:
        _payments.append(payments)


def everybody() -> Iterator[Known]:
    for population in _populations:
        yield from population()


def paid_since(since: datetime.date, over: Decimal) -> Iterator[Paid]:
    for payments in _payments:
        yield from payments(since, over)
