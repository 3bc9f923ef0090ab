"""Which statement a line belongs to, and months. Pure: no database, no clock.

Whoever may read a person's lines of care on the last day of the month receives them (`households.rules`): one's own,
and for the member (the holder of the policy) also those of persons under 16. `freezing.FREEZE` says the same in SQL.
"""

import datetime

from members.households.models import Role
from members.households.rules import HouseholdPerson, sees_lines_of, sees_payments_for


class MonthNotOver(ValueError):
    """A month's statements are issued once, when nothing can be paid in it any more."""


def next_month(day: datetime.date) -> datetime.date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def last_day(month: datetime.date) -> datetime.date:
    return next_month(month) - datetime.timedelta(days=1)


def month_before(day: datetime.date) -> datetime.date:
    """The first day of the month before that of `day`."""
    return (day.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)


def holder_of(household: list[HouseholdPerson]) -> HouseholdPerson | None:
    """The member of the household, given in order of rank."""
    return next((person for person in household if person.role == Role.MEMBER), None)


def recipient_of(person: HouseholdPerson, household: list[HouseholdPerson], *, month: datetime.date) -> HouseholdPerson:
    """Who receives the lines of `person` paid in this month (its first day)."""
    holder = holder_of(household)
    if holder is not None and sees_lines_of(holder, person, day=last_day(month)):
        return holder
    return person


def is_paid_for(person: HouseholdPerson, household: list[HouseholdPerson], *, month: datetime.date) -> bool:
    """Whether the holder's statement says, without detail, what arrived on the holder's account for this person."""
    holder = holder_of(household)
    return holder is not None and sees_payments_for(holder, person, day=last_day(month))
