"""The last message of an account, to the address that it had."""

from django.core.mail import EmailMessage
from django.urls import reverse

from portals.accounts.closing.actions import ADDRESS_PLACE, TELL, address_subject
from portals.accounts.closing.models import Deletion
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose
from portals.secrets import unseal


@mail_handler(TELL)
def deleted_notice(job: Job) -> EmailMessage | None:
    """The account is gone; what follows on paper, and how to come back."""
    deletion = Deletion.objects.select_related("account").get(pk=job.subject_id)
    if deletion.address_sealed is None:
        return None
    space = deletion.account.space
    return compose(
        to=unseal(address_subject(deletion.pk), ADDRESS_PLACE, bytes(deletion.address_sealed)),
        subject="Votre compte est supprimé",
        template="portals/closing/emails/deleted",
        space=space,
        path=reverse("portals:home"),
        context={"is_member": space == "adherent"},
    )
