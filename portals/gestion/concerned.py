"""Whose record a thing that staff handle belongs to, so that people find who looked at theirs (security.md)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models

from portals.access.models import Basis, Grant
from portals.accounts.models import Space
from portals.signals import Concerned


@dataclass(frozen=True)
class About:
    """How persons and accounts are found from the rows of a model.

    `persons` and `accounts` are lookups of the ORM that give numbers. `subjects`: the rows say the space in `space`
    and whom they are about in `subject_id`. An account leads to the insured person whose own it is.
    """

    persons: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    subjects: bool = False

    def of(self, model: type[models.Model], keys: Collection[Any]) -> Concerned:
        """Whom these rows are about. One query for each way, one more for accounts."""
        if not keys or self == NOBODY_AT_ALL:
            return Concerned()
        rows = model._default_manager.filter(pk__in=keys)
        persons = {number for lookup in self.persons for number in rows.values_list(lookup, flat=True) if number}
        accounts = {number for lookup in self.accounts for number in rows.values_list(lookup, flat=True) if number}
        if self.subjects:
            told = rows.filter(space=Space.MEMBER).values_list("subject_id", flat=True)
            persons |= {number for number in told if number}
        if accounts:
            own = Grant.objects.filter(account__in=accounts, space=Space.MEMBER, basis=Basis.COVER)
            persons |= set(own.values_list("subject_id", flat=True))
        return Concerned(frozenset(persons), frozenset(accounts))


NOBODY_AT_ALL = About()
"""Of tables of reference, texts and settings."""
