"""Showing one's care to a parent or not, from 16 to 18; and what a judgment says of parental authority.

Whoever acts for the minor on the same ground is stopped by `members.representation`, which hears `care.hidden` and
`parental_authority.recorded` inside the same transaction.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from members.households.choices.models import CareChoice, Exercise, ParentalAuthority
from members.households.choices.queries import hides_from
from members.households.models import Person
from members.households.rules import chooses_who_sees
from portals.access import isolation
from portals.accounts.models import Account
from portals.signals import announce


class NotTheirChoice(Exception):
    """The person is under 16 or of age, or the parent is not one of the household."""


class NotBegun(ValueError):
    """A judgment applies from a day that has come."""


@transaction.atomic
def choose(*, by: Account, person_id: int, parent_id: int, shows: bool) -> CareChoice:
    """Show one's care to this parent or not, from the next request on. The same choice again changes nothing.

    Runs in the minor's own household. Raises NotTheirChoice.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    parent = Person.objects.filter(household=person.household_id, pk=parent_id).exclude(pk=person_id).first()
    if parent is None or not chooses_who_sees(person.birth_date, timezone.localdate()):
        raise NotTheirChoice
    now = timezone.now()
    in_force = CareChoice.objects.filter(person=person, parent=parent, replaced_at=None).first()
    if in_force is not None:
        if in_force.shows == shows:
            return in_force
        in_force.replaced_at = now
        in_force.save(update_fields=["replaced_at"])
    made = CareChoice.objects.create(
        person=person, household_id=person.household_id, parent=parent, shows=shows, chosen_at=now, chosen_by=by
    )
    details = {"parent": parent.pk}
    if shows:
        announce("care.shown", by=by, object_kind="person", object_id=person.pk, details=details)
    else:
        announce("care.hidden", by=by, object_kind="person", object_id=person.pk, details=details)
    return made


def show_again(*, by: Account, person: Person, parent_id: int) -> None:
    """Whom a minor lets act for them sees their care: undo what hid it, if something did. In the system's context."""
    if hides_from(person.pk, parent_id):
        choose(by=by, person_id=person.pk, parent_id=parent_id, shows=True)


def record_authority(
    *,
    by: Account,
    child: Person,
    exercised_by: Exercise,
    parent: Person | None,
    judgment_reference: str,
    judgment_date: datetime.date,
    start_date: datetime.date,
) -> ParentalAuthority:
    """Write down a judgment. It applies at once: to pages, to representations, to statements to come. Raises NotBegun."""
    if start_date > timezone.localdate():
        raise NotBegun
    with isolation.system():  # the other parent may be of another household
        recorded = ParentalAuthority.objects.create(
            child=child,
            household_id=child.household_id,
            exercised_by=exercised_by,
            parent=parent if exercised_by == Exercise.ONE else None,
            judgment_reference=judgment_reference,
            judgment_date=judgment_date,
            start_date=start_date,
            recorded_by=by,
        )
        details = {"authority": recorded.pk}
        announce("parental_authority.recorded", by=by, object_kind="person", object_id=child.pk, details=details)
    return recorded
