"""The e-mails about what the mutual decides: that something changed, never what (CGU-7.1, 7.5)."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.access.models import Withdrawal
from portals.accounts.models import Account, AccountState
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose


@mail_handler("access.restricted")
def restricted(job: Job) -> EmailMessage | None:
    """A suspension or a closure: the reason is read in the space."""
    return _to(job, "restricted", "Une décision concerne votre espace")


@mail_handler("access.restriction_lifted")
def restriction_lifted(job: Job) -> EmailMessage | None:
    return _to(job, "restriction_lifted", "Votre espace vous est rouvert")


@mail_handler("access.withdrawal_announced")
def withdrawal_announced(job: Job) -> EmailMessage | None:
    """The end of the services of a whole space; nothing once it has been cancelled."""
    withdrawal_id = int(job.key.partition("-")[0])
    if not Withdrawal.objects.filter(pk=withdrawal_id, cancelled_at=None).exists():
        return None
    return _to(job, "withdrawal_announced", "Vos services en ligne vont prendre fin")


@mail_handler("access.withdrawal_cancelled")
def withdrawal_cancelled(job: Job) -> EmailMessage | None:
    return _to(job, "withdrawal_cancelled", "Vos services en ligne continuent")


def _to(job: Job, template: str, subject: str) -> EmailMessage | None:
    accounts = Account.objects.filter(pk=job.subject_id, is_active=True).exclude(state=AccountState.CLOSED)
    account = accounts.first()
    if account is None:
        return None
    return compose(
        to=account.email,
        subject=subject,
        template=f"portals/access/emails/{template}",
        space=account.space,
        path=reverse("portals:account"),
    )
