"""« Me l’envoyer »: the way to the certificate. The document itself never travels by e-mail."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import Account, Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose

REMINDER = "certificates.reminder"


@mail_handler(REMINDER)
def reminder(job: Job) -> EmailMessage | None:
    """To the account that asked."""
    return compose(
        to=Account.objects.values_list("email", flat=True).get(pk=job.subject_id),
        subject="Votre attestation est dans votre espace",
        template="members/certificates/emails/reminder",
        space=Space.MEMBER,
        path=reverse("members:certificates"),
    )
