"""The NOEMIE links of the demo's households: no feed tells them, so they are written as staff would."""

import datetime

from members.households.models import Person
from members.noemie.actions import set_link
from members.noemie.models import LinkReason, LinkState
from members.populate.cast import PERSONS
from portals.access import isolation

OFFICE = "CPAM du Morbihan"
REJECTED = "DEMO0001-3"


def link_cast(today: datetime.date) -> int:
    """One link for each person of the cast's households: active, but for one child's. Gives how many there are."""
    prefixes = {ref.rpartition("-")[0] for ref in PERSONS.values()}
    with isolation.system():
        persons = [
            person
            for person in Person.objects.filter(person_ref__startswith="DEMO").order_by("person_ref")
            if person.person_ref.rpartition("-")[0] in prefixes
        ]
        for person in persons:
            is_rejected = person.person_ref == REJECTED
            set_link(
                by=None,
                person=person,
                state=LinkState.REJECTED if is_rejected else LinkState.ACTIVE,
                since=today - datetime.timedelta(days=16 if is_rejected else 400),
                office=OFFICE,
                reason=LinkReason.OTHER_MUTUAL if is_rejected else LinkReason.NONE,
            )
    return len(persons)
