"""The schedule of a year, from dated terms and from what became of each instalment. Pure: no database, no clock."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

MONTHS_OF = {"monthly": tuple(range(1, 13)), "quarterly": (1, 4, 7, 10), "yearly": (1,)}
"""The months in which an instalment falls due, by frequency. A year is paid in January."""


class Term(Protocol):
    """Dated terms (`ContributionTerm`). Euros."""

    valid_from: datetime.date
    valid_to: datetime.date | None
    amount: Decimal
    frequency: str
    day: int


class Known(Protocol):
    """What became of an instalment (`Instalment`)."""

    amount: Decimal
    state: str
    state_on: datetime.date


class Standing(StrEnum):
    """How an instalment stands on a day. `UNTOLD`: its day has passed and nobody has told what became of it."""

    PAID = "paid"
    REJECTED = "rejected"
    COMING = "coming"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Due:
    """One instalment. `since` is the day of its payment or of its rejection."""

    due_on: datetime.date
    amount: Decimal
    standing: Standing
    since: datetime.date | None = None


def holds_on(term: Term, day: datetime.date) -> bool:
    return term.valid_from <= day and (term.valid_to is None or day <= term.valid_to)


def term_on[T: Term](terms: Iterable[T], day: datetime.date) -> T | None:
    """The terms of a day: the latest of those that hold."""
    return max((term for term in terms if holds_on(term, day)), key=lambda term: term.valid_from, default=None)


def schedule(
    terms: Iterable[Term], known: Mapping[datetime.date, Known], *, year: int, today: datetime.date
) -> list[Due]:
    """The instalments of a calendar year, oldest first: those of the terms, and those that are known without any."""
    terms = list(terms)
    due = {
        day: term.amount
        for term in terms
        for month in MONTHS_OF[term.frequency]
        if term_on(terms, day := datetime.date(year, month, term.day)) is term
    }
    due |= {day: one.amount for day, one in known.items() if day.year == year}
    return [_standing(day, due[day], known.get(day), today) for day in sorted(due)]


def _standing(day: datetime.date, amount: Decimal, known: Known | None, today: datetime.date) -> Due:
    if known is not None:
        return Due(day, amount, Standing(known.state), known.state_on)
    return Due(day, amount, Standing.COMING if day >= today else Standing.UNTOLD)


def next_due(instalments: Iterable[Due]) -> Due | None:
    """The first that is to come."""
    return next((one for one in instalments if one.standing is Standing.COMING), None)
