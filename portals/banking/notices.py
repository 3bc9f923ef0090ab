"""Whom a change of account is told to, and by which jobs. What each message says is in `emails.py`.

Old and new contacts alike: whoever took an account and changed its address must not be the only one to know.
"""

from enum import StrEnum

from django.utils import timezone

from portals.access.expiry import OWN_BASES
from portals.access.models import CompanyRole, Grant
from portals.accounts.models import Account
from portals.accounts.security.email_change import Link, address_of_end
from portals.accounts.security.models import EmailChange
from portals.banking.models import BankChange
from portals.banking.payees import payee_of
from portals.jobs import Priority, enqueue

TOLD = "bank.change_told"


class Told(StrEnum):
    """What has happened. The value is a part of the job's key."""

    ASKED = "asked"
    APPROVED = "approved"
    CANCELLED = "cancelled"
    DONE = "done"


def tell(change: BankChange, what: Told) -> None:
    """Promise one message to each address, in the transaction of what happened."""
    addresses = {address.casefold(): end for end, address in reversed(contacts_of(change)) if address}
    for end in addresses.values():
        enqueue(TOLD, key=f"{change.reference}.{what}.{end}", subject_id=change.pk, priority=Priority.ASKED)


def contacts_of(change: BankChange) -> list[tuple[str, str]]:
    """Each way to reach the holder, by a name that the job's key may bear, with its address today.

    The holder's own accounts (of a company, its administrators), whoever asked, the address on file, and the former
    address of an account that changed it in the last days.
    """
    own = Grant.objects.filter(
        space=change.space, subject_id=change.subject_id, basis__in=OWN_BASES, role__in=("", CompanyRole.ADMINISTRATOR)
    ).open_on(timezone.localdate())
    accounts = {grant.account_id: grant.account for grant in own.select_related("account").order_by("id")}
    accounts.setdefault(change.asked_by_id, change.asked_by)
    ends = [(f"account-{account.pk}", account.email) for account in accounts.values()]
    ends.append(("file", payee_of(change.space).address(change.subject_id)))
    return ends + _former(list(accounts.values()))


def address_of(change: BankChange, end: str) -> str:
    """The address of one of the contacts, when its message leaves; empty when it is no longer known."""
    return dict(contacts_of(change)).get(end, "")


def _former(accounts: list[Account]) -> list[tuple[str, str]]:
    changes = EmailChange.objects.filter(account__in=accounts, done_at__isnull=False, old_sealed__isnull=False)
    return [(f"former-{one.pk}", address_of_end(one, Link.OLD) or "") for one in changes.select_related("account")]
