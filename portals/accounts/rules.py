"""The steps of a registration, and how long access outlives what it rests on. Pure: no database, no clock."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from portals.accounts.models import Space


class Step(StrEnum):
    """What an account must do before any page opens, in this order (CGU-1.6). The value is the URL name."""

    PASSWORD = "portals:password_new"  # noqa: S105 a URL name
    SECOND_FACTOR = "portals:second_factor_new"
    TERMS = "portals:terms_acceptance"
    VALIDATION = "portals:signup_complete"


def needs_second_factor(*, space: str, asked: bool) -> bool:
    """Whether the account must have a second factor: outside the member space, and for whoever represents others."""
    return asked or space != Space.MEMBER


def missing_step(
    *, must_choose_password: bool, second_factor_missing: bool, terms_accepted: bool, validated: bool
) -> Step | None:
    """The first step still to take; None when the account is open. `terms_accepted` means the version in force."""
    if must_choose_password:
        return Step.PASSWORD
    if second_factor_missing:
        return Step.SECOND_FACTOR
    if not terms_accepted:
        return Step.TERMS
    return None if validated else Step.VALIDATION


def two_years_after(end: datetime.date) -> datetime.date:
    """The day on which access closes, at 0 h: the same day two years after the end (CGU-7.3); 29 February gives 1 March."""
    try:
        return end.replace(year=end.year + 2)
    except ValueError:
        return datetime.date(end.year + 2, 3, 1)


@dataclass(frozen=True)
class Access:
    """Whether a space may be entered; when what it rests on ends, its last day and the day on which access closes."""

    is_open: bool
    ended_on: datetime.date | None = None
    closes_on: datetime.date | None = None


def access_given_by(ends: list[datetime.date | None], today: datetime.date) -> Access:
    """What covers, contracts or agreements with these last days give (None: no end): the latest wins (CGU-7.4)."""
    if any(end is None for end in ends):
        return Access(is_open=True)
    last = max((end for end in ends if end is not None), default=None)
    if last is None:
        return Access(is_open=False)
    closes_on = two_years_after(last)
    return Access(is_open=closes_on > today, ended_on=last, closes_on=closes_on)
