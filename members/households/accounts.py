"""The bank account of a person as pages and documents show it."""

from members.households.feeds import IBAN_PLACE
from members.households.models import Person
from portals.banking.iban import masked
from portals.secrets import unseal
from portals.secrets.errors import SubjectForgotten


def masked_account(person: Person | None) -> str:
    """`FR·· ···· ·606`: the person's own account as it is now; nothing without one, without the
    person, or once its key is gone."""
    if person is None or not person.iban_sealed:
        return ""
    try:
        return masked(unseal(f"person:{person.person_ref}", IBAN_PLACE, person.iban_sealed))
    except SubjectForgotten:
        return ""
