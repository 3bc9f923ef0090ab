"""The e-mail of an invitation. Its token is drawn here, and only its hash is kept."""

import secrets

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Space
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose
from providers.users.invitations import MAIL
from providers.users.models import Delegation
from providers.users.queries import address_of
from providers.users.rules import INVITATION_LIFETIME, TOKEN_BYTES, hash_of


@mail_handler(MAIL, resend_when_unknown=True)
def invitation(job: Job) -> EmailMessage | None:
    """A link good for seven days and once: the one before, if any, opens nothing from now on."""
    waiting = Delegation.objects.select_for_update().filter(accepted_at=None, revoked_at=None)
    invited = waiting.filter(pk=job.subject_id).first()
    if invited is None:
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invited.token_hash = hash_of(token)
    invited.expires_at = timezone.now() + INVITATION_LIFETIME
    invited.save(update_fields=["token_hash", "expires_at"])
    return compose(
        to=address_of(invited),
        subject="Invitation dans un espace professionnel de santé",
        template="providers/users/emails/invitation",
        space=Space.PROFESSIONAL,
        path=reverse("delegations:invitation", kwargs={"token": token}),
    )
