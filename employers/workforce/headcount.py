"""How many employees were affiliated at the end of each of the last twelve months: counted, then drawn."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from employers.workforce.queries import affiliations_of
from portals.dates import months_after
from portals.presentation.formats import number
from portals.presentation.scales import (
    FLOOR,
    INITIALS,
    MONTH_WIDTH,
    Letter,
    Line,
    month_left,
    pixels,
    scale_for,
)
from portals.presentation.shares import length

MONTHS = 12
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """Who was there on the last day of a month, or today for the current one; who came and went in it."""

    day: datetime.date
    there: int
    entered: int
    left: int


@dataclass(frozen=True)
class Column:
    x: str
    y: str
    height: str
    is_current: bool


@dataclass(frozen=True)
class Chart:
    lines: tuple[Line, ...]
    width: str
    columns: tuple[Column, ...]
    letters: tuple[Letter, ...]


def months_of(company_id: int, today: datetime.date) -> list[Month]:
    """The last twelve months, oldest first. One query."""
    ends = [_end_of_month(today, -back) for back in range(MONTHS - 1, -1, -1)]
    days = [*ends[:-1], today]
    asked: dict[str, Count] = {}
    for rank, (day, end) in enumerate(zip(days, ends, strict=True)):
        first = end.replace(day=1)
        running = Q(start_date__lte=day) & (Q(end_date=None) | Q(end_date__gte=day))
        asked[f"there_{rank}"] = Count("pk", filter=running)
        asked[f"entered_{rank}"] = Count("pk", filter=Q(start_date__range=(first, day)))
        # Whoever is covered on the last day of June has left in June.
        asked[f"left_{rank}"] = Count("pk", filter=Q(end_date__range=(first, day)))
    counted = affiliations_of(company_id).order_by().aggregate(**asked)
    return [
        Month(day, counted[f"there_{rank}"], counted[f"entered_{rank}"], counted[f"left_{rank}"])
        for rank, day in enumerate(days)
    ]


def chart_of(months: list[Month]) -> Chart:
    """One column a month; the current one is told apart."""
    scale = scale_for(Decimal(max((month.there for month in months), default=0)))
    last = len(months) - 1
    return Chart(
        lines=scale.lines(number),
        width=length(MONTH_WIDTH),
        columns=tuple(
            Column(
                length(month_left(rank)),
                pixels(FLOOR - month.there * scale.unit),
                pixels(month.there * scale.unit),
                is_current=rank == last,
            )
            for rank, month in enumerate(months)
            if month.there
        ),
        letters=tuple(
            Letter(length(month_left(rank) + MONTH_WIDTH / 2), INITIALS[month.day.month - 1], is_current=rank == last)
            for rank, month in enumerate(months)
        ),
    )


def _end_of_month(day: datetime.date, more: int) -> datetime.date:
    return months_after(day.replace(day=1), more + 1) - DAY
