"""The demo member's past changes of account and address: what a page with some history looks like."""

import datetime

from django.utils import timezone

from members.coordinates.accounts import iban_of
from members.coordinates.models import ContactChange
from members.coordinates.rules import CONTACT
from members.households.models import Person
from members.populate.cast import PERSONS
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Space
from portals.banking.iban import bank_of, masked
from portals.banking.models import BankChange

OLD_ACCOUNT = "FR·· ···· ·417"
OLD_ADDRESS = {"address_line1": "6 rue des Salins", "postcode": "56400", "city": "Auray"}
CHANGED_ACCOUNT = datetime.timedelta(days=410)
MOVED = datetime.timedelta(days=230)


def fill_coordinates() -> bool:
    """Write them once; says whether they were missing."""
    with isolation.system():
        person = Person.objects.get(person_ref=PERSONS["member"])
        grant = Grant.objects.filter(space=Space.MEMBER, basis=Basis.COVER, subject_id=person.pk).first()
        if grant is None or ContactChange.objects.filter(person=person).exists():
            return False
        now, iban = timezone.now(), iban_of(person.pk)
        after = {name: getattr(person, name) for name in CONTACT}
        ContactChange.objects.create(
            household_id=person.household_id, person=person, changed_by=grant.account, changed_at=now - MOVED,
            before={**after, **OLD_ADDRESS}, after=after,
        )  # fmt: skip
        asked_at = now - CHANGED_ACCOUNT
        BankChange.objects.create(
            space=Space.MEMBER, tenant_id=grant.tenant_id, subject_id=person.pk, asked_by=grant.account,
            old_masked=OLD_ACCOUNT, new_masked=masked(iban), new_bank=bank_of(iban), asked_at=asked_at,
            effective_at=asked_at + datetime.timedelta(hours=48), done_at=asked_at + datetime.timedelta(hours=48),
        )  # fmt: skip
    return True
