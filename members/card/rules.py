"""Rights at a date and how long a card stays true. Pure: no database, no clock. Days are Paris days, ends included."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DAY = datetime.timedelta(days=1)
AHEAD = datetime.timedelta(days=45)
"""How long before its first day a card may be issued: the new year's card is there from mid-November."""


@dataclass(frozen=True)
class Span:
    """A person is covered by a policy from one day to another (None: no end is known)."""

    person_id: int
    policy_id: int
    start: datetime.date
    end: datetime.date | None

    def holds_on(self, day: datetime.date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Rights:
    """What is known of one person's cover on a day.

    Open: `since` and `until` bound the unbroken cover around the day, whatever the policies. Closed: `since` is None,
    `until` is the last day they were open before, and `reopens` the first day they will be.
    """

    is_open: bool
    since: datetime.date | None
    until: datetime.date | None
    reopens: datetime.date | None = None


@dataclass(frozen=True)
class Period:
    """The days on which a card says the truth."""

    start: datetime.date
    end: datetime.date


def span_of(
    *,
    person_id: int,
    policy_id: int,
    cover: tuple[datetime.date, datetime.date | None],
    policy: tuple[datetime.date, datetime.date | None],
) -> Span | None:
    """A cover within its policy; None when the policy was over before, or began after."""  # fmt: skip
    start = max(cover[0], policy[0])
    ends = [end for end in (cover[1], policy[1]) if end is not None]
    end = min(ends, default=None)
    return None if end is not None and end < start else Span(person_id, policy_id, start, end)


def rights_on(spans: Iterable[Span], day: datetime.date) -> Rights:
    """The rights of one person on a day; covers that touch or overlap are one."""
    stretches = _joined(sorted(spans, key=lambda span: span.start))
    for start, end in stretches:
        if start <= day and (end is None or day <= end):
            return Rights(is_open=True, since=start, until=end)
    ended = [end for _, end in stretches if end is not None and end < day]
    coming = [start for start, _ in stretches if start > day]
    return Rights(is_open=False, since=None, until=max(ended, default=None), reopens=min(coming, default=None))


def _joined(spans: Sequence[Span]) -> list[tuple[datetime.date, datetime.date | None]]:
    stretches: list[tuple[datetime.date, datetime.date | None]] = []
    for span in spans:
        if stretches:
            start, end = stretches[-1]
            if end is None or span.start <= end + DAY:
                stretches[-1] = (start, None if end is None or span.end is None else max(end, span.end))
                continue
        stretches.append((span.start, span.end))
    return stretches


def period_around(day: datetime.date, changes: Iterable[datetime.date]) -> Period:
    """The longest stretch around a day, within its calendar year, in which nothing changes.

    `changes` are the first days of each new state: the start of a cover, the day after its end, a new guarantee.
    """
    start, end = datetime.date(day.year, 1, 1), datetime.date(day.year, 12, 31)
    for change in changes:
        if start < change <= day:
            start = change
        elif day < change <= end:
            end = change - DAY
    return Period(start, end)


def changes_of(spans: Iterable[Span]) -> set[datetime.date]:
    """The days on which the set of covered persons becomes another."""
    spans = list(spans)
    return {span.start for span in spans} | {span.end + DAY for span in spans if span.end is not None}


def is_issuable(period: Period, today: datetime.date) -> bool:
    """Whether a card of this period is given out today: neither over, nor too far ahead."""
    return period.start - AHEAD <= today <= period.end
