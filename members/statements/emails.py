"""The e-mail at each new statement (CGU-3.8)."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from members.statements.actions import NOTICE
from members.statements.models import Statement
from members.statements.queries import account_of_recipient
from portals.accounts.models import Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose


@mail_handler(NOTICE)
def notice(job: Job) -> EmailMessage | None:
    """Says that a statement waits in the space: no name, no month of care, no amount. Nothing without an account."""
    recipient_id = Statement.objects.values_list("recipient_id", flat=True).get(pk=job.subject_id)
    account = account_of_recipient(recipient_id, day=timezone.localdate())
    if account is None:
        return None
    return compose(
        to=account.email,
        subject="Un nouveau relevé vous attend dans votre espace",
        template="members/statements/emails/notice",
        space=Space.MEMBER,
        path=reverse("members:statements"),
    )
