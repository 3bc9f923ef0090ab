"""What the record says of the looks at somebody, for a month: the page lists it, « Mes données » opens with it."""

import datetime
from dataclasses import dataclass

from django.contrib import admin

from portals.access.models import Grant
from portals.accounts.models import Account
from privacy.audit.searching import month_of
from privacy.looks import queries, telling
from privacy.looks.registry import Source, Whose
from privacy.looks.telling import Look


@dataclass(frozen=True)
class Told:
    """What the page says: the looks of others, and how many times those whose record it is looked at it."""

    looks: list[Look]
    own: int
    is_cut: bool

    @property
    def count(self) -> int:
        """How many times others looked."""
        return sum(look.times for look in self.looks)


def told_of(
    account: Account, person: Whose | None, month: datetime.date, source: Source | None, grant: Grant | None
) -> Told:
    """Three queries, whatever there is."""
    since, until = month_of(month)
    about = queries.about_viewer(account, person.id if person else None)
    groups = queries.groups_of(queries.looks_at(about, since, until))
    named = queries.named_of((group.account_id for group in groups), person.id if person else None)
    theirs = {account.pk} | {number for number, one in named.items() if one.is_own}
    others = [group for group in groups if group.account_id not in theirs]
    things = {str(model._meta.model_name): str(model._meta.verbose_name) for model in admin.site._registry}
    found = [telling.look_of(group, named, things) for group in others]
    if person and source and grant:
        found += [telling.from_room(look) for look in source.looks(grant, person.id, since, until)]
    own = sum(group.times for group in groups if group.account_id in theirs)
    return Told(telling.in_order(found), own, is_cut=len(groups) == queries.SHOWN)
