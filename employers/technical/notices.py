"""Telling whoever may read them that the accounts of a year are there."""

import datetime

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from employers.permissions import ServiceCode, may_see
from employers.users.queries import grants_of, scope_of
from portals.access.models import Basis, Grant
from portals.accounts.models import Account, AccountState, Space
from portals.jobs import Job, enqueue_all, mail_handler
from portals.presentation.mail import compose

KIND = "employer.technical_accounts.notice"


def tell_readers(company_id: int, year: int) -> None:
    """Promise an e-mail to each account that sees the technical accounts of the company, filing agents included."""
    today = timezone.localdate()
    able = grants_of(company_id, today).filter(
        since__lte=today, account__is_active=True, account__state=AccountState.VALIDATED
    )
    readers = {grant.account_id for grant in able if reads(grant, today)}
    enqueue_all(KIND, [(f"{year}-{company_id}-{account}", account) for account in sorted(readers)])


def reads(grant: Grant, today: datetime.date) -> bool:
    """Whether a grant opens the technical accounts on a day."""
    scope = scope_of(grant, today) if grant.basis == Basis.MANDATE else frozenset()
    return may_see(grant, ServiceCode.TECHNICAL_ACCOUNTS, scope)


@mail_handler(KIND)
def notice(job: Job) -> EmailMessage | None:
    """No figure, no name of a company: a link to the space."""
    account = Account.objects.filter(pk=job.subject_id).exclude(state=AccountState.CLOSED).first()
    if account is None:
        return None
    return compose(
        to=account.email,
        subject="Vos comptes techniques sont publiés",
        template="employers/technical/emails/published",
        space=Space.EMPLOYER,
        path=reverse("employers:technical_accounts"),
        context={"year": job.key.split("-")[0]},
    )
