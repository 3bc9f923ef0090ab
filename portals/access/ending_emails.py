"""The e-mails about the end of an access: until when the space can be read, and how to take everything away."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.access.ending import TELL
from portals.access.models import EndNotice, EndStep
from portals.accounts.models import AccountState
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose

SUBJECTS = {
    EndStep.FIRST: "Votre espace en ligne va bientôt fermer",
    EndStep.LAST: "Dernier rappel avant la fermeture de votre espace en ligne",
    EndStep.CLOSED: "Votre espace en ligne est fermé",
}


@mail_handler(TELL)
def end_notice(job: Job) -> EmailMessage | None:
    """Nothing when access has been extended meanwhile, nor a reminder of what has already happened."""
    notice = EndNotice.objects.select_related("grant__account").get(pk=job.subject_id)
    grant, account = notice.grant, notice.grant.account
    if grant.revoked_at is not None or grant.closes_on != notice.closes_on:
        return None
    if notice.step != EndStep.CLOSED and notice.closes_on <= timezone.localdate():
        return None
    if not account.is_active or account.state != AccountState.VALIDATED:
        return None
    return compose(
        to=account.email,
        subject=SUBJECTS[EndStep(notice.step)],
        template=f"portals/access/emails/end_{notice.step}",
        space=grant.space,
        path=reverse("portals:export"),
        context={"notice": notice},
    )
