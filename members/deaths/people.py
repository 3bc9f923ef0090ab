"""Who writes directives here: oneself from 15 on, one's parents before; never whoever represents (code civil, art. 458)."""

import datetime

from django.http import HttpRequest

from members.households.models import Person
from members.households.rules import HouseholdPerson, Viewpoint, has_authority
from members.households.viewpoints import viewpoint_of
from portals.accounts.models import Space
from privacy.consents.holders import Holder
from privacy.directives.holders import People, Writer
from privacy.directives.rules import Capacity, decides_alone


def writers_of(request: HttpRequest) -> list[Writer]:
    """The viewer first, then the children under 15 over whom they have authority. One query."""
    return writers_from(viewpoint_of(request))


def writers_from(view: Viewpoint) -> list[Writer]:
    if view.is_represented or not decides_alone(view.viewer.birth_date, view.day):
        return []
    children = [one for one in view.persons if one.id != view.viewer.id and _is_child_of(view, one)]
    return [
        Writer(_holder(view, view.viewer), view.viewer.full_name, Capacity.SELF),
        *(Writer(_holder(view, one), one.full_name, Capacity.PARENT) for one in children),
    ]


def _is_child_of(view: Viewpoint, person: HouseholdPerson) -> bool:
    return not decides_alone(person.birth_date, view.day) and has_authority(view.viewer, person)


def _holder(view: Viewpoint, person: HouseholdPerson) -> Holder:
    return Holder(Space.MEMBER, person.id, view.household_id)


def name_of(person_id: int) -> str:
    found = Person.objects.filter(pk=person_id).values_list("given_names", "family_name").first()
    return " ".join(part for part in found if part) if found else ""


def born_on(person_id: int) -> datetime.date | None:
    return Person.objects.filter(pk=person_id).values_list("birth_date", flat=True).first()


def emails_of(person_id: int) -> list[str]:
    """The address on file, unless somebody of the household has the same."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not person.email:
        return []
    others = Person.objects.filter(household=person.household_id, email__iexact=person.email).exclude(pk=person_id)
    return [] if others.exists() else [person.email]


PEOPLE = People(writers_of, name_of, born_on, emails_of)
