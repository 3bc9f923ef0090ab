"""The e-mails of a blocked account. The number of the report is no personal data: it designates nobody."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.emails import recipient
from portals.accounts.fraud.models import FraudReport
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose


@mail_handler("account.locked")
def locked(job: Job) -> EmailMessage | None:
    """The account is blocked: the number, and the way back."""
    account = recipient(job)
    report = FraudReport.objects.filter(account=job.subject_id).order_by("-received_at", "-id").first()
    if account is None or account.locked_at is None or report is None:
        return None
    return compose(
        to=account.email,
        subject="Votre compte est bloqué",
        template="portals/fraud/emails/locked",
        space=account.space,
        path=reverse("portals:password_forgotten"),
        context={"account": account, "number": report.reference},
    )


@mail_handler("account.unlocked")
def unlocked(job: Job) -> EmailMessage | None:
    """The account is open again: by a new password, or by staff."""
    account = recipient(job)
    if account is None or account.locked_at is not None:
        return None
    return compose(
        to=account.email,
        subject="Votre compte est débloqué",
        template="portals/fraud/emails/unlocked",
        space=account.space,
        path=reverse("portals:login"),
        context={"account": account},
    )
