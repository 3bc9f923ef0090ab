"""What is written to the address on an agreement: whoever reads it may not be who opened the space."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.models import Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose
from providers.agreements.models import Agreement
from providers.agreements.practices import TOLD


@mail_handler(TOLD)
def practice_added(job: Job) -> EmailMessage | None:
    """One more practice is in the hands of an account; nothing when the agreement has no address."""
    address = Agreement.objects.values_list("email", flat=True).get(pk=job.subject_id)
    if not address:
        return None
    return compose(
        to=address,
        subject="Un cabinet est ajouté à un compte",
        template="providers/agreements/emails/practice_added",
        space=Space.PROFESSIONAL,
        path=reverse("providers:agreement"),
    )
