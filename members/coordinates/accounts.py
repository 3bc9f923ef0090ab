"""How members' bank accounts are kept: sealed under the person's own key, at the same place as the feed's."""

from members.households.feeds import IBAN_PLACE
from members.households.models import Person
from portals import secrets
from portals.accounts.models import Space
from portals.banking.payees import Payee, register


def subject_of(person_id: int) -> str:
    return f"person:{Person.objects.values_list('person_ref', flat=True).get(pk=person_id)}"


def iban_of(person_id: int) -> str:
    """The person's own IBAN, compact; nothing when refunds go to the member's account."""
    ref, sealed = Person.objects.values_list("person_ref", "iban_sealed").get(pk=person_id)
    return secrets.unseal(f"person:{ref}", IBAN_PLACE, sealed) if sealed else ""


def put_in_force(person_id: int, iban: str) -> None:
    """Write another IBAN. What it replaces is noted as a fingerprint: feeds that still say it change nothing."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    replaced = bytes(person.iban_index).hex() if person.iban_index else ""
    person.iban_replaced = sorted({*(person.iban_replaced or []), replaced})
    person.iban_sealed = secrets.seal(f"person:{person.person_ref}", IBAN_PLACE, iban)
    person.iban_index = secrets.blind_index(IBAN_PLACE, iban)
    person.save(update_fields=["iban_sealed", "iban_index", "iban_replaced"])


def address_of(person_id: int) -> str:
    """The e-mail address on file, which may not be that of the account."""
    return Person.objects.values_list("email", flat=True).get(pk=person_id)


PAYEE = Payee(subject=subject_of, current=iban_of, write=put_in_force, address=address_of, page="members:coordinates")
register(Space.MEMBER, PAYEE)
