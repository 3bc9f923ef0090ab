"""What is promised of an invoice, how old it is, what its lines add up to, the states it went through. Pure."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from portals.presentation.formats import NBSP
from providers.invoices.models import Grain, Mode, Standing, Status
from providers.invoices.opening import opening_days_after, opening_days_between

ZERO = Decimal(0)


class Promises(Protocol):
    """How soon an invoice is paid: opening days when teletransmitted, days on paper (the settings have them)."""

    @property
    def teletransmitted(self) -> int: ...

    @property
    def paper(self) -> int: ...


RUNNING = frozenset({Standing.RECEIVED, Standing.CHECKING, Standing.ACCEPTED})
"""What we still owe an act for: the promise runs."""


@dataclass(frozen=True)
class Delay:
    """How long an invoice has waited, or waited until it was paid, against what is promised.

    `counted` is in opening days when teletransmitted, in days on paper. `late_days` likewise, 0 within the promise.
    """

    mode: str
    counted: int
    promised: int
    due_on: datetime.date
    late_days: int

    @property
    def is_late(self) -> bool:
        return self.late_days > 0

    @property
    def words(self) -> str:
        """`3 jours ouvrés`."""
        return counted_days(self.counted, self.mode)

    @property
    def late_words(self) -> str:
        return counted_days(self.late_days, self.mode)

    @property
    def promised_words(self) -> str:
        return counted_days(self.promised, self.mode)


def counted_days(count: int, mode: str) -> str:
    """`1 jour ouvré`, `4 jours ouvrés` for a teletransmitted invoice; `30 jours` on paper."""
    plural = "s" if count > 1 else ""
    return f"{count}{NBSP}jour{plural}" + (f" ouvré{plural}" if mode == Mode.DRE else "")


def due_on(mode: str, received_on: datetime.date, promises: Promises) -> datetime.date:
    """The last day of the promise, counted from the day after the receipt."""
    if mode == Mode.DRE:
        return opening_days_after(received_on, promises.teletransmitted)
    return received_on + datetime.timedelta(days=promises.paper)


def waited(mode: str, start: datetime.date, end: datetime.date) -> int:
    """Days between a receipt and a payment, in the unit of the promise; 0 when the end is not later."""
    return opening_days_between(start, end) if mode == Mode.DRE else max(0, (end - start).days)


def delay_of(mode: str, received_on: datetime.date, until: datetime.date, promises: Promises) -> Delay:
    """The delay of an invoice up to a day: that of its payment, or today."""
    due = due_on(mode, received_on, promises)
    promised = promises.teletransmitted if mode == Mode.DRE else promises.paper
    return Delay(mode, waited(mode, received_on, until), promised, due, waited(mode, due, until))


class Amounts(Protocol):
    """What adding a line up needs of it."""

    expense: Decimal
    scheme_amount: Decimal
    mutual_amount: Decimal


@dataclass(frozen=True)
class LineSums:
    """What lines add up to, in euros."""

    expense: Decimal
    scheme: Decimal
    mutual: Decimal


@dataclass(frozen=True)
class Difference:
    """A sum of lines that is not what the invoice says, in euros."""

    label: str
    lines: Decimal
    invoice: Decimal


def sums_of(lines: Iterable[Amounts]) -> LineSums:
    taken = list(lines)
    return LineSums(
        sum((line.expense for line in taken), ZERO),
        sum((line.scheme_amount for line in taken), ZERO),
        sum((line.mutual_amount for line in taken), ZERO),
    )


def differences(sums: LineSums, *, total: Decimal, scheme_part: Decimal, mutual_part: Decimal) -> list[Difference]:
    """Where the lines and the invoice do not say the same; the invoice itself is what is paid."""
    compared = (
        Difference("le total", sums.expense, total),
        Difference("la part du régime obligatoire", sums.scheme, scheme_part),
        Difference("la part de la mutuelle", sums.mutual, mutual_part),
    )
    return [one for one in compared if one.lines != one.invoice]


@dataclass(frozen=True)
class Step:
    """A state of the invoice, and the day since which it stood there; None when the first file already said it."""

    since: datetime.date | None
    status: str
    label: str


def steps_of(
    status: str, *, received_on: datetime.date, paid_on: datetime.date | None, past: Sequence[tuple[str, datetime.date]]
) -> list[Step]:
    """The states that an invoice went through, oldest first. `past`: each former state and the day on which it ended."""
    steps = [Step(received_on, Status.RECEIVED, str(Status.RECEIVED.label))]
    since: datetime.date | None = None
    for was, ended_on in (*past, (status, None)):
        if steps[-1].status != was:
            steps.append(Step(since, was, str(Status(was).label)))
        since = ended_on
    if status == Status.PAID and paid_on is not None:
        steps[-1] = Step(paid_on, status, str(Status.PAID.label))
    return steps


@dataclass(frozen=True)
class Slice:
    """A part of an interval whose totals are kept by day or by month: from `start`, before `past`; None is no bound."""

    grain: Grain
    start: datetime.date | None
    past: datetime.date | None


def slices(start: datetime.date | None, end: datetime.date | None) -> list[Slice]:
    """An interval, both ends included, as whole months and the days at both ends: each day is in one slice."""
    first = None if start is None else start if start.day == 1 else _next_month(start)
    after = None if end is None else end + datetime.timedelta(days=1)
    past = None if after is None else after.replace(day=1)
    if first is not None and past is not None and first >= past:
        return [Slice(Grain.DAY, start, after)]
    found = [Slice(Grain.MONTH, first, past)]
    if start != first:
        found.append(Slice(Grain.DAY, start, first))
    if after != past:
        found.append(Slice(Grain.DAY, past, after))
    return found


def _next_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)
