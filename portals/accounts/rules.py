"""The steps of a registration, and how long access outlives what it rests on. Pure: no database, no clock."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """What an account must do before any page opens, in this order (CGU-1.6). The value is the URL name."""

    PASSWORD = "portals:password_new"  # noqa: S105 a URL name
    TERMS = "portals:terms_acceptance"
    VALIDATION = "portals:signup_complete"


def missing_step(*, must_choose_password: bool, terms_accepted: bool, validated: bool) -> Step | None:
    """The first step still to take; None when the account is open. `terms_accepted` means the version in force."""
    if must_choose_password:
        return Step.PASSWORD
    if not terms_accepted:
        return Step.TERMS
    return None if validated else Step.VALIDATION


def two_years_after(end: datetime.date) -> datetime.date:
    """The last day of access after an end: the same day two years later (CGU-7.3); 29 February gives 28 February."""
    try:
        return end.replace(year=end.year + 2)
    except ValueError:
        return end.replace(year=end.year + 2, day=28)


@dataclass(frozen=True)
class Access:
    """Whether a space may be entered, and until which day when what it rests on has ended."""

    is_open: bool
    until: datetime.date | None = None


def access_given_by(ends: list[datetime.date | None], today: datetime.date) -> Access:
    """What covers, contracts or agreements with these last days give (None: no end): the latest wins (CGU-7.4)."""
    if any(end is None or end >= today for end in ends):
        return Access(is_open=True)
    last = max((end for end in ends if end is not None), default=None)
    if last is None or two_years_after(last) < today:
        return Access(is_open=False)
    return Access(is_open=True, until=two_years_after(last))
