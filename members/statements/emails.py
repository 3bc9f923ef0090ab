"""The e-mail at each new statement (CGU-3.8)."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from members.representation.queries import notified_beside
from members.statements.actions import NOTICE, NOTICE_BESIDE
from members.statements.models import Statement
from members.statements.queries import account_of_recipient
from portals.accounts.models import Account, Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose


@mail_handler(NOTICE)
def notice(job: Job) -> EmailMessage | None:
    """Says that a statement waits in the space: no name, no month of care, no amount. Nothing without an account."""
    recipient_id = Statement.objects.values_list("recipient_id", flat=True).get(pk=job.subject_id)
    account = account_of_recipient(recipient_id, day=timezone.localdate())
    return _message(account) if account else None


@mail_handler(NOTICE_BESIDE)
def notice_beside(job: Job) -> EmailMessage | None:
    """The same, to an account that acts fully for the recipient on the day on which it leaves."""
    recipient_id = Statement.objects.values_list("recipient_id", flat=True).get(pk=job.subject_id)
    account_id = int(job.key.rpartition("-")[2])
    acting = notified_beside(recipient_id, day=timezone.localdate())
    account = next((account for account in acting if account.pk == account_id), None)
    return _message(account) if account else None


def _message(account: Account) -> EmailMessage:
    return compose(
        to=account.email,
        subject="Un nouveau relevé vous attend dans votre espace",
        template="members/statements/emails/notice",
        space=Space.MEMBER,
        path=reverse("members:statements"),
    )
