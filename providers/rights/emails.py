"""The e-mail to a practice whose verification of rights was stopped: to the address of its agreement."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose
from providers.agreements.queries import active_on, agreements_of
from providers.rights.blocking import BLOCKED


@mail_handler(BLOCKED)
def blocked(job: Job) -> EmailMessage | None:
    """That it was stopped, and where to read why. Nothing without an agreement in force, or without its address."""
    agreements = active_on(agreements_of(job.subject_id), timezone.localdate()).exclude(email="")
    agreement = agreements.first()
    if agreement is None:
        return None
    return compose(
        to=agreement.email,
        subject="La vérification des droits est suspendue",
        template="providers/rights/emails/blocked",
        space=Space.PROFESSIONAL,
        path=reverse("providers:rights"),
    )
