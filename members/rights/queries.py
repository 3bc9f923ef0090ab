"""Who has verified a person's rights, from a point of view of the household."""

from django.db.models import QuerySet

from members.households.rules import AGE_OF_OWN_CHOICE, HouseholdPerson, Viewpoint, age_on
from members.rights.models import RightsLook

SHOWN = 100


def told_of(viewpoint: Viewpoint) -> tuple[HouseholdPerson, ...]:
    """Of whom the viewer reads the looks: themselves, and as a parent their children under 16."""
    return tuple(
        person
        for person in viewpoint.seen
        if person == viewpoint.viewer or age_on(person.birth_date, viewpoint.day) < AGE_OF_OWN_CHOICE
    )


def looks_seen(viewpoint: Viewpoint) -> QuerySet[RightsLook]:
    """Newest first, whatever household they were covered in then."""
    told = [person.id for person in told_of(viewpoint)]
    return RightsLook.objects.filter(household=viewpoint.household_id, person_id__in=told).order_by("-at", "-id")
