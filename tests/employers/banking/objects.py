"""The account of a company, and changes of it, as tests need them."""

import datetime

from employers.banking.accounts import put_in_force
from employers.companies.models import Company
from portals.access import isolation
from portals.access.models import Grant
from portals.accounts.models import Account
from portals.banking.actions import ask_change
from portals.banking.models import BankChange
from tests import builders
from tests.builders.numbers import COVERED_SINCE

IBAN = "FR1420041010050500013M02606"
OTHER_IBAN = "FR7630006000011234567890189"


def with_account(company: Company) -> dict[str, object]:
    """The company has an account; nothing to say of it in an address."""
    with isolation.system():
        put_in_force(company.pk, IBAN)
    return {}


def second_administrator(company: Company, *, since: datetime.date | None = None) -> Account:
    """Somebody else who manages the company's space, for years unless told otherwise."""
    return builders.account(company, display_name="Malo Tanguy", since=since or COVERED_SINCE)


def change_of(account: Account, *, iban: str = OTHER_IBAN) -> BankChange:
    """A change that the account asks for its company."""
    with isolation.system():
        return ask_change(by=account, grant=Grant.objects.get(account=account), iban=iban)
