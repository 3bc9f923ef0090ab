"""Which statement a line belongs to, and months. Pure: no database, no clock.

One's own lines of care; a minor's go to the parent of the household who may read them on the last day of the month
(`households.rules`), until the minor is 16 and has an account of their own. `freezing.FREEZE` says the same in SQL.
"""

import datetime

from members.households.models import Role
from members.households.rules import AGE_OF_OWN_CHOICE, HouseholdPerson, age_on, sees_lines_of, sees_payments_for


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
    day = last_day(month)
    if person.has_own_space and age_on(person.birth_date, day) >= AGE_OF_OWN_CHOICE:
        return person
    parents = [one for one in household if one.id != person.id and sees_lines_of(one, person, day=day)]
    return parents[0] if parents else person


def is_paid_for(person: HouseholdPerson, household: list[HouseholdPerson], *, month: datetime.date) -> bool:
    """Whether the holder's statement says, without detail, what arrived on the holder's account for this person."""
    holder = holder_of(household)
    return holder is not None and sees_payments_for(holder, person, day=last_day(month))
