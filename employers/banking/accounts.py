"""How the accounts of companies are kept, and who must agree with a change."""

import datetime

from django.utils import timezone

from employers.banking.models import CompanyAccount
from employers.companies.models import Company
from employers.users.queries import grants_of
from portals import secrets
from portals.access.models import CompanyRole
from portals.accounts.models import Account, AccountState, Space
from portals.banking.payees import Approver, Payee, register

IBAN_PLACE = "employers_companyaccount.iban_sealed"
IN_PLACE_FOR = datetime.timedelta(days=7)
"""A new administrator approves no change before: who has taken one account cannot invite a second one to agree."""


def subject_of(company_id: int) -> str:
    return f"company:{company_id}"


def iban_of(company_id: int) -> str:
    """The IBAN in force, compact; nothing without one."""
    sealed = CompanyAccount.objects.filter(company=company_id).values_list("iban_sealed", flat=True).first()
    return secrets.unseal(subject_of(company_id), IBAN_PLACE, sealed) if sealed else ""


def put_in_force(company_id: int, iban: str) -> None:
    """Write another IBAN, with a new mandate."""
    now = timezone.now()
    CompanyAccount.objects.update_or_create(
        company_id=company_id,
        defaults={
            "iban_sealed": secrets.seal(subject_of(company_id), IBAN_PLACE, iban),
            "since": now,
            "mandate_number": f"EMP-{company_id:08d}-{now:%Y%m%d%H%M%S}",
        },
    )


def address_of(company_id: int) -> str:
    """The e-mail address of the company on file."""
    return Company.objects.values_list("email", flat=True).get(pk=company_id)


def approvers_of(company_id: int, asked_by: Account) -> list[Approver]:
    """The administrators of the company beside who asks, each from the day when they have been so for seven days."""
    today = timezone.localdate()
    grants = grants_of(company_id, today).filter(role=CompanyRole.ADMINISTRATOR, since__lte=today)
    able = grants.filter(account__is_active=True, account__state=AccountState.VALIDATED).exclude(account=asked_by)
    return [Approver(grant.account, grant.since + IN_PLACE_FOR) for grant in able.select_related("account")]


PAYEE = Payee(
    subject=subject_of, current=iban_of, write=put_in_force, address=address_of, page="employers:bank_details",
    approvers=approvers_of,
)  # fmt: skip
register(Space.EMPLOYER, PAYEE)
