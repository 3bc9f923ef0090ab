"""The e-mail of an alert: that something waits in the queue of incidents, and nothing of what."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import Account, Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose
from privacy.watch.actions import MAIL


@mail_handler(MAIL)
def alert(job: Job) -> EmailMessage | None:
    """To one security officer, while their account is open."""
    officer = Account.objects.filter(pk=job.subject_id, is_active=True, locked_at=None).first()
    if officer is None or not officer.email:
        return None
    return compose(
        to=officer.email,
        subject="Une alerte de sécurité vous attend",
        template="privacy/watch/emails/alert",
        space=Space.STAFF,
        path=reverse("admin:privacy_incident_changelist"),
    )
