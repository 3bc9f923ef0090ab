"""Changing an address or a telephone, at once, and going back to what it was."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from members.coordinates.emails import tell
from members.coordinates.models import ContactChange, new_reference
from members.coordinates.rules import ADDRESS, CONTACT, fingerprint
from members.households.models import Person
from portals.accounts.models import Account
from privacy.audit import record

type Contact = Mapping[str, str]
"""The fields of `rules.CONTACT`."""


class NothingChanged(ValueError):
    """It is what we have already."""


class NotLatest(Exception):
    """Something newer was written since, by the person or by a feed: going back would lose it."""


@transaction.atomic
def change_contact(*, by: Account, person_ids: Sequence[int], contact: Contact) -> ContactChange:
    """Write a new address and telephone for the first person, and the address alone for the others, at once.

    Those contacts are told. Gives the first person's row. Raises NothingChanged.
    """
    persons = _locked(person_ids)
    reference = new_reference()
    first, *others = (persons[person_id] for person_id in person_ids)
    made = _change(first, {name: contact[name] for name in CONTACT}, by=by, reference=reference)
    if made is None:
        raise NothingChanged
    for person in others:
        _change(person, {name: contact[name] for name in ADDRESS}, by=by, reference=reference)
    tell(made)
    return made


@transaction.atomic
def undo(*, by: Account, change: ContactChange) -> None:
    """Everybody of the change has again what they had before it. Raises NotLatest.

    The file of tomorrow may still say it, or may know of the change by now: what it replaced is held as any change is.
    """
    rows = list(ContactChange.objects.select_for_update().filter(reference=change.reference, undone_at=None))
    persons = _locked([row.person_id for row in rows])
    if not rows or any(_present(persons[row.person_id], row.after) != row.after for row in rows):
        raise NotLatest
    now = timezone.now()
    for row in rows:
        _write(persons[row.person_id], row.before)
        row.undone_at = now
        row.save(update_fields=["undone_at"])
        record("coordinates.contact_undone", by=by, object_kind="person", object_id=row.person_id)
    tell(change)


def is_latest(change: ContactChange, person: Person) -> bool:
    """Whether the change is what the person has today, so that it can be undone."""
    return change.undone_at is None and _present(person, change.after) == change.after


def _change(person: Person, contact: Contact, *, by: Account, reference: str) -> ContactChange | None:
    before, after = _present(person, contact), dict(contact)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return None
    _write(person, after)
    row = ContactChange.objects.create(
        reference=reference,
        household_id=person.household_id,
        person=person,
        changed_by=by,
        before=before,
        after=after,
    )
    record(
        "coordinates.contact_changed", by=by, object_kind="person", object_id=person.pk,
        details={"fields": ",".join(changed)},
    )  # fmt: skip
    return row


def _write(person: Person, contact: Contact) -> None:
    """The new values, and the fingerprints of those that they replace: feeds that still say these change nothing."""
    old_address = [getattr(person, name) for name in ADDRESS]
    if any(contact[name] != value for name, value in zip(ADDRESS, old_address, strict=True)):
        person.address_replaced = sorted({*(person.address_replaced or []), fingerprint(old_address)})
    if contact.get("phone", person.phone) != person.phone:
        person.phone_replaced = sorted({*(person.phone_replaced or []), fingerprint([person.phone])})
    for name, value in contact.items():
        setattr(person, name, value)
    person.save(update_fields=[*contact, "address_replaced", "phone_replaced"])


def _present(person: Person, fields: Contact) -> dict[str, str]:
    return {name: getattr(person, name) for name in fields}


def _locked(person_ids: Sequence[int]) -> dict[int, Person]:
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=person_ids).order_by("pk")
    return {person.pk: person for person in rows}
