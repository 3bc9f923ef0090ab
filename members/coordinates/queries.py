"""What the pages of coordinates show."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from members.coordinates.actions import is_latest
from members.coordinates.models import ContactChange
from members.coordinates.rules import (
    ADDRESS,
    CONTACT,
    Step,
    department_of,
    may_have_own_account,
    steps_after_account,
    steps_after_address,
)
from members.households.models import Person
from members.households.rules import HouseholdPerson, Viewpoint
from members.noemie.queries import links_of
from portals.access.models import Grant
from portals.banking.iban import ShownAccount
from portals.banking.models import BankChange
from portals.banking.queries import current_account, history_of

STEPS_SHOWN_FOR = datetime.timedelta(days=30)
HISTORY_SHOWN = 12


@dataclass(frozen=True)
class Coordinates:
    """One page. `account` is None when refunds go to the member's; `steps` are what the latest change leaves to do."""

    person: Person
    account: ShownAccount | None
    may_have_account: bool
    pending: BankChange | None
    bank_history: list[BankChange]
    contact_history: list[ContactChange]
    undoable: ContactChange | None
    account_steps: list[Step]
    address_steps: list[Step]

    @property
    def address_lines(self) -> list[str]:
        """The address as an envelope has it."""
        one = self.person
        return [line for line in (one.address_line1, one.address_line2, f"{one.postcode} {one.city}".strip()) if line]


def coordinates_of(viewpoint: Viewpoint, grant: Grant) -> Coordinates:
    """Six queries, whatever the history holds."""
    person = Person.objects.get(pk=viewpoint.viewer.id)
    banks = list(history_of(grant.space, person.pk)[:HISTORY_SHOWN])
    contacts = list(ContactChange.objects.filter(person=person).order_by("-changed_at", "-pk")[:HISTORY_SHOWN])
    latest = next((row for row in contacts if row.undone_at is None), None)
    return Coordinates(
        person=person,
        account=current_account(grant.space, person.pk),
        may_have_account=may_have_own_account(viewpoint),
        pending=next((row for row in banks if row.is_pending), None),
        bank_history=[row for row in banks if not row.is_pending],
        contact_history=contacts,
        undoable=latest if latest and is_latest(latest, person) else None,
        **_steps(viewpoint, banks, latest),
    )


def children_at_home(viewpoint: Viewpoint, person: Person) -> list[HouseholdPerson]:
    """The minors whose address the viewer keeps: those under their eyes who live where they live."""
    minors = [one.id for one in viewpoint.seen[1:]]
    same = {name: getattr(person, name) for name in ADDRESS}
    home = set(Person.objects.filter(pk__in=minors, **same).values_list("pk", flat=True)) if minors else set()
    return [one for one in viewpoint.seen[1:] if one.id in home]


def contact_of(person: Person) -> dict[str, str]:
    """What the form shows at first."""
    return {name: getattr(person, name) for name in CONTACT}


def _steps(viewpoint: Viewpoint, banks: list[BankChange], latest: ContactChange | None) -> dict[str, list[Step]]:
    """What a change of the last month leaves to do; the link with the caisse is read only then."""
    since = timezone.now() - STEPS_SHOWN_FOR
    bank = next((row for row in banks if row.cancelled_at is None and row.asked_at >= since), None)
    moved = latest if latest and latest.changed_at >= since and _moved(latest) else None
    if bank is None and moved is None:
        return {"account_steps": [], "address_steps": []}
    is_stuck = any(told.needs_help for told in links_of(viewpoint))
    address_steps = (
        steps_after_address(
            before=department_of(moved.before["postcode"], moved.before["country"]),
            after=department_of(moved.after["postcode"], moved.after["country"]),
            has_stuck_link=is_stuck,
        )
        if moved
        else []
    )
    return {
        "account_steps": steps_after_account(has_stuck_link=is_stuck) if bank else [],
        "address_steps": address_steps,
    }


def _moved(change: ContactChange) -> bool:
    return any(change.before[name] != change.after[name] for name in ADDRESS)
