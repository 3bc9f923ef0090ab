"""The e-mail to somebody whose account will close: when, and that signing in is enough to keep it."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import AccountState, Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose
from privacy.retention.models import RetentionWarning
from privacy.retention.phases import WARN


@mail_handler(WARN)
def warning(job: Job) -> EmailMessage | None:
    """To the owner; nothing when they came back meanwhile, or when the account is closed."""
    row = RetentionWarning.objects.select_related("account").filter(pk=job.subject_id).first()
    if row is None or row.account.state == AccountState.CLOSED or not row.account.email:
        return None
    return compose(
        to=row.account.email,
        subject="Votre espace va fermer\u202f: connectez-vous pour le garder",
        template="privacy/retention/emails/warning",
        space=Space(row.account.space),
        path=reverse("portals:login"),
        context={"acts_on": row.acts_on},
    )
