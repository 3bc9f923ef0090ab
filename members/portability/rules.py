"""How long cover goes on, when a proof is due, what stopping changes, when the offer goes. Pure: no database, no clock.

Days are of Europe/Paris, last days included. Sources: article L. 911-8 of the code de la sécurité sociale (the length of
the last contract, or of those that follow one another with one employer, in whole months rounded up, twelve at most;
free; from the day after; the benefit must have been opened, and be proved); article 4 of the loi n° 89-1009 of
31 December 1989 (the offer within two months, asked within six) and décret n° 2017-372 (100, 125, 150 %).
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from members.portability.words import Cause
from portals.dates import months_after

DAY = datetime.timedelta(days=1)
LONGEST = 12
"""Months."""
PROOF_DAYS = 60
"""How long after the first day the benefit is to be proved."""
REMINDER_DAYS = 30
"""The proof is asked for again so long before its day."""
NOTICE_DAYS = 15
"""No cover is suspended sooner after it was said."""
PROVED_MONTHS = 6
"""An accepted proof holds so long, unless it says otherwise: the benefit is proved all along."""
OFFER_AHEAD_DAYS = 30
"""The offer leaves so long before the end of the rights, so that no day goes without cover."""
OFFER_MONTHS = 2
REQUEST_MONTHS = 6
CAPS = ((1, Decimal(1)), (2, Decimal("1.25")), (3, Decimal("1.50")))
"""Year of the individual contract, and what it may cost beside the whole rate of the employees in post."""


def portability_months(first: datetime.date, last: datetime.date) -> int:
    """The length of a contract in whole months, rounded up, twelve at most. `first` and `last` are worked both.

    A month runs from a day to the eve of the same day number; twenty days make one. Raises ValueError when it ends
    before it begins.
    """
    if last < first:
        raise ValueError("a contract ends after it begins")
    months = 1
    while months < LONGEST and months_after(first, months) <= last:
        months += 1
    return months


def end_of_months(after: datetime.date, months: int) -> datetime.date:
    """The last of so many months that begin the day after `after`; a short month never costs the person a day."""
    return max(months_after(after + DAY, months) - DAY, months_after(after, months))


@dataclass(frozen=True)
class Stretch:
    """A contract of employment, or a cover by it; `last` is None while it runs."""

    first: datetime.date
    last: datetime.date | None


def employed_since(stretches: Iterable[Stretch], last: datetime.date) -> datetime.date | None:
    """The first day of the contracts that follow one another without a day between them up to `last`; None without one."""
    behind = sorted((each for each in stretches if each.first <= last), key=lambda each: each.first, reverse=True)
    if not behind:
        return None
    first = behind[0].first
    for each in behind[1:]:
        if each.last is None or each.last >= first - DAY:
            first = each.first
    return first


@dataclass(frozen=True)
class Rights:
    """What follows from the end of a contract. `months` is 0 and `ends_on` None without portability."""

    contract_end: datetime.date
    months: int
    ends_on: datetime.date | None

    @property
    def rights_end(self) -> datetime.date:
        """The last day of cover by the company's contract, portability included."""
        return self.ends_on or self.contract_end

    @property
    def starts_on(self) -> datetime.date:
        return self.contract_end + DAY


def rights_after(*, since: datetime.date, contract_end: datetime.date, opens: bool) -> Rights:
    """`opens`: whether this way of leaving opens unemployment benefit, gross misconduct excluded."""
    if not opens:
        return Rights(contract_end, 0, None)
    months = portability_months(since, contract_end)
    return Rights(contract_end, months, end_of_months(contract_end, months))


def proof_due(starts_on: datetime.date, told_on: datetime.date) -> datetime.date:
    """The day by which the benefit is to be proved: sixty days after the first day, or after it was said."""
    return max(starts_on, told_on) + datetime.timedelta(days=PROOF_DAYS)


def next_proof_due(proved_until: datetime.date, ends_on: datetime.date) -> datetime.date | None:
    """When the benefit is to be proved again; None when what was proved reaches the end."""
    return None if proved_until >= ends_on else proved_until


def proved_by_default(today: datetime.date, ends_on: datetime.date) -> datetime.date:
    """Until when an accepted proof holds when it does not say."""
    return min(months_after(today, PROVED_MONTHS), ends_on)


def suspension_after(today: datetime.date) -> datetime.date:
    """The first day without cover, when it is said today that the proof is missing."""
    return today + datetime.timedelta(days=NOTICE_DAYS)


class NotAfterEnd(ValueError):
    """The day that is declared comes after the portability is over: there is nothing to stop."""


def last_day_declared(since: datetime.date, *, today: datetime.date, ends_on: datetime.date) -> datetime.date:
    """The last day of cover when the person declares what stops it from `since` on.

    Never before today: care that was given in good faith stays refunded. Raises NotAfterEnd.
    """
    if since > ends_on:
        raise NotAfterEnd
    return max(since - DAY, today)


def offer_stays(cause: Cause | None) -> bool:
    """Whether the individual contract is still offered: to the unemployed and to the retired, not to whoever works."""
    return cause != Cause.NEW_JOB


@dataclass(frozen=True)
class OfferDays:
    """`sends_on`: when the offer leaves. `due_on`: the last day that the law leaves for it. `until`: to ask for it."""

    sends_on: datetime.date
    due_on: datetime.date
    until: datetime.date


def offer_days(rights_end: datetime.date, *, today: datetime.date) -> OfferDays:
    """Thirty days before the end of the rights, or today when that day has passed."""
    return OfferDays(
        sends_on=max(rights_end - datetime.timedelta(days=OFFER_AHEAD_DAYS), today),
        due_on=months_after(rights_end, OFFER_MONTHS),
        until=months_after(rights_end, REQUEST_MONTHS),
    )
