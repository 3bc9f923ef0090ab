"""Reads about the persons of a household, from the point of view of one of them."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from members.households.models import Person, Role
from members.households.rules import sees_lines_of, sees_payments_for


@dataclass(frozen=True)
class HouseholdPerson:
    """A person of the household, with what pages say of them and what the rules ask."""

    id: int
    role: str
    birth_date: datetime.date
    given_names: str
    family_name: str
    has_own_account: bool

    @property
    def first_name(self) -> str:
        """The first of the given names, as one calls the person."""
        return self.given_names.split()[0] if self.given_names else self.family_name

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


@dataclass(frozen=True)
class Viewpoint:
    """What one person of a household may see of it on a day."""

    household_id: int
    viewer: HouseholdPerson
    persons: tuple[HouseholdPerson, ...]
    day: datetime.date

    @cached_property
    def seen(self) -> tuple[HouseholdPerson, ...]:
        """Those whose every line the viewer reads; the viewer comes first."""
        others = [p for p in self.persons if p != self.viewer and sees_lines_of(self.viewer, p, day=self.day)]
        return (self.viewer, *others)

    @cached_property
    def paid_for(self) -> tuple[HouseholdPerson, ...]:
        """Those of whom the viewer knows only what arrived for them on the viewer's own account."""
        return tuple(p for p in self.persons if sees_payments_for(self.viewer, p, day=self.day))

    @cached_property
    def by_id(self) -> dict[int, HouseholdPerson]:
        return {person.id: person for person in self.persons}

    @property
    def seen_ids(self) -> list[int]:
        return [person.id for person in self.seen]

    @property
    def paid_for_ids(self) -> list[int]:
        return [person.id for person in self.paid_for]

    @property
    def is_holder(self) -> bool:
        """Whether the viewer is the member, on whose account refunds arrive by default."""
        return self.viewer.role == Role.MEMBER


def viewpoint(*, household_id: int, person_id: int, day: datetime.date) -> Viewpoint:
    """One query. Raises `Person.DoesNotExist` when the person is not (or no longer) of the household."""
    rows = (
        Person.objects.filter(household_id=household_id)
        .order_by("rank", "id")
        .values_list("id", "role", "birth_date", "given_names", "family_name", Q(iban_sealed__isnull=False))
    )
    persons = tuple(HouseholdPerson(*row) for row in rows)
    viewer = next((person for person in persons if person.id == person_id), None)
    if viewer is None:
        raise Person.DoesNotExist
    return Viewpoint(household_id=household_id, viewer=viewer, persons=persons, day=day)
