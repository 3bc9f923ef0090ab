"""Changes of coordinates, as tests need them."""

from members.coordinates.actions import change_contact
from members.coordinates.models import ContactChange
from members.coordinates.queries import contact_of
from members.households.models import Person
from portals.access import isolation
from portals.access.models import Basis, Grant
from portals.accounts.models import Account
from portals.banking.actions import ask_change
from portals.banking.models import BankChange

OTHER_IBAN = "FR7630006000011234567890189"
NEW_ADDRESS = {"address_line1": "12 rue du Port", "address_line2": "", "postcode": "29200", "city": "Brest"}


def bank_change_of(account: Account, *, iban: str = OTHER_IBAN) -> BankChange:
    """A change that waits, asked by the holder of the account."""
    with isolation.system():
        return ask_change(by=account, grant=Grant.objects.get(account=account, basis=Basis.COVER), iban=iban)


def contact_change_of(account: Account, person: Person) -> ContactChange:
    """The person has moved to Brest."""
    with isolation.system():
        contact = {**contact_of(Person.objects.get(pk=person.pk)), **NEW_ADDRESS}
        return change_contact(by=account, person_ids=[person.pk], contact=contact)
