"""Reads about the persons of a household, from the point of view of one of them."""

import datetime
import functools
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery

from members.households.choices.queries import hidden_from, only_parent_on
from members.households.models import Person
from members.households.rules import HouseholdPerson, Viewpoint
from portals.access.models import Basis, Grant
from portals.accounts.models import Space
from portals.prepared import Prepared, prepare


def viewpoint_by(grant: Grant, *, day: datetime.date) -> Viewpoint:
    """The point of view that a grant gives, for oneself or for whom one acts. As `viewpoint`."""
    acting = grant.account_id if grant.represents else None
    return viewpoint(
        household_id=grant.tenant_id, person_id=grant.subject_id, day=day, is_represented=grant.represents,
        acting_account_id=acting,
    )  # fmt: skip


def viewpoint(
    *,
    household_id: int,
    person_id: int,
    day: datetime.date,
    is_represented: bool,
    acting_account_id: int | None = None,
) -> Viewpoint:
    """One query. Raises `Person.DoesNotExist` when the person is not (or no longer) of the household."""
    rows = _prepared().rows({"household_id": household_id, "day": day, "acting": acting_account_id or 0})
    persons = tuple(HouseholdPerson(*(*row[:8], frozenset(row[8]))) for row in rows)
    viewer = next((person for person in persons if person.id == person_id), None)
    if viewer is None:
        raise Person.DoesNotExist
    return Viewpoint(
        household_id=household_id, viewer=viewer, persons=persons, day=day, is_represented=is_represented,
        acting_person_id=rows[0][9],
    )  # fmt: skip


def _persons(*, household_id: int, day: datetime.date, acting: int) -> QuerySet[Person, tuple[Any, ...]]:
    """The persons of a household, each with what the rules ask. `acting`: the account that acts for another, or 0."""
    own = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER)
    acts_as = own.filter(account=acting, revoked_at=None).order_by("id").values("subject_id")[:1]
    return (
        Person.objects.filter(household_id=household_id)
        .annotate(
            has_own_account=ExpressionWrapper(Q(iban_sealed__isnull=False), output_field=BooleanField()),
            has_own_space=Exists(own.filter(subject_id=OuterRef("pk")).open_on(day)),
            only_parent_id=only_parent_on(day),
            hidden_from=hidden_from(),
            acting_person_id=Subquery(acts_as),
        )
        .order_by("rank", "id")
        .values_list(
            "id", "role", "birth_date", "given_names", "family_name", "has_own_account", "has_own_space",
            "only_parent_id", "hidden_from", "acting_person_id",
        )
    )  # fmt: skip


@functools.cache
def _prepared() -> Prepared:
    """Nearly every page of a member begins with it."""
    return prepare(_persons, household_id=-7_000_001, day=datetime.date(1, 2, 3), acting=-7_000_002)
