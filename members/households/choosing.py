"""For whom a member chooses what is done with data: oneself, one's children under 16, whom one represents (CGU-8.10)."""

import datetime

from django.http import HttpRequest

from members.households.rules import AGE_OF_OWN_CHOICE, HouseholdPerson, Viewpoint, age_on, has_authority
from members.households.signup import persons_born
from members.households.viewpoints import viewpoint_of
from portals.accounts.models import Space
from privacy.consents.holders import Chooser, Found, Holder, Registrar
from privacy.consents.rules import Capacity


def choosers_of(request: HttpRequest) -> list[Chooser]:
    """One query. From 16 on, a dependant chooses alone, from their own account; a representative for one person only."""
    return choosers_from(viewpoint_of(request))


def choosers_from(view: Viewpoint) -> list[Chooser]:
    """The viewer first."""
    capacity = Capacity.REPRESENTATIVE if view.is_represented else Capacity.SELF
    own = Chooser(_holder(view, view.viewer), view.viewer.full_name, capacity)
    if view.is_represented:
        return [own]
    children = [one for one in view.persons if one.id != view.viewer.id and _chooses_for(view.viewer, one, view.day)]
    return [own, *(Chooser(_holder(view, one), one.full_name, Capacity.PARENT) for one in children)]


def _chooses_for(viewer: HouseholdPerson, person: HouseholdPerson, day: datetime.date) -> bool:
    return age_on(person.birth_date, day) < AGE_OF_OWN_CHOICE and has_authority(viewer, person)


def _holder(view: Viewpoint, person: HouseholdPerson) -> Holder:
    return Holder(Space.MEMBER, person.id, view.household_id)


def _find(number: str, birth_date: datetime.date) -> list[Found]:
    return [
        Found(Holder(Space.MEMBER, person.pk, person.household_id), f"{person.given_names} {person.family_name}")
        for person in persons_born(number, birth_date)
    ]


REGISTRAR = Registrar(choosers_of, _find)
