"""The e-mail that says that an archive waits in the space."""

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.accounts.export.actions import READY
from portals.accounts.export.models import AccountExport, ExportState
from portals.jobs import Job, mail_handler
from portals.presentation.mail import compose


@mail_handler(READY)
def export_ready(job: Job) -> EmailMessage | None:
    """Where it is and for how long; nothing of what it holds."""
    export = AccountExport.objects.select_related("account").get(pk=job.subject_id)
    if export.state != ExportState.READY or export.expires_at is None or export.expires_at <= timezone.now():
        return None
    return compose(
        to=export.account.email,
        subject="Votre copie est prête",
        template="portals/export/emails/ready",
        space=export.account.space,
        path=reverse("portals:export"),
        context={"export": export},
    )
