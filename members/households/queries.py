"""Reads about the persons of a household, from the point of view of one of them."""

import datetime

from django.db.models import BooleanField, ExpressionWrapper, Q

from members.households.models import Person
from members.households.rules import HouseholdPerson, Viewpoint
from portals.access.models import Grant


def viewpoint_by(grant: Grant, *, day: datetime.date) -> Viewpoint:
    """The point of view that a grant gives, for oneself or for whom one acts. As `viewpoint`."""
    return viewpoint(household_id=grant.tenant_id, person_id=grant.subject_id, day=day, is_represented=grant.represents)


def viewpoint(*, household_id: int, person_id: int, day: datetime.date, is_represented: bool) -> Viewpoint:
    """One query. Raises `Person.DoesNotExist` when the person is not (or no longer) of the household."""
    rows = (
        Person.objects.filter(household_id=household_id)
        .annotate(has_own_account=ExpressionWrapper(Q(iban_sealed__isnull=False), output_field=BooleanField()))
        .order_by("rank", "id")
        .values_list("id", "role", "birth_date", "given_names", "family_name", "has_own_account")
    )
    persons = tuple(HouseholdPerson(*row) for row in rows)
    viewer = next((person for person in persons if person.id == person_id), None)
    if viewer is None:
        raise Person.DoesNotExist
    return Viewpoint(household_id=household_id, viewer=viewer, persons=persons, day=day, is_represented=is_represented)
