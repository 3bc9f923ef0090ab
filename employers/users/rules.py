"""When an invitation or a mandate is good. Pure: no database, no clock."""

import datetime
from enum import StrEnum

from portals.accounts.rules import Access

INVITATION_LIFETIME = datetime.timedelta(days=7)
LONGEST_MANDATE_YEARS = 3
"""A mandate that outlives the people who gave it protects nobody: it is given again, or it ends."""


class InvitationState(StrEnum):
    """Where an invitation stands at an instant."""

    STANDING = "standing"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


def invitation_state(
    *,
    accepted_at: datetime.datetime | None,
    revoked_at: datetime.datetime | None,
    expires_at: datetime.datetime,
    now: datetime.datetime,
) -> InvitationState:
    """The state at `now`; an invitation is over at `expires_at` itself."""
    if accepted_at is not None:
        return InvitationState.ACCEPTED
    if revoked_at is not None:
        return InvitationState.REVOKED
    return InvitationState.EXPIRED if now >= expires_at else InvitationState.STANDING


def latest_end(starts_on: datetime.date) -> datetime.date:
    """The last day that a mandate starting then may have; one of 29 February ends on a 28."""
    year = starts_on.year + LONGEST_MANDATE_YEARS
    try:
        same_day = starts_on.replace(year=year)
    except ValueError:
        same_day = datetime.date(year, 3, 1)
    return same_day - datetime.timedelta(days=1)


def mandate_closes_on(ends_on: datetime.date, company: Access) -> datetime.date:
    """The day on which an agent's access closes, at 0 h: the day after the mandate's last, or with the company's."""
    after = ends_on + datetime.timedelta(days=1)
    return min(after, company.closes_on) if company.closes_on else after
