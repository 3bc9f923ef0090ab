"""The e-mails of a module: when it is published, and seven days before its day."""

import datetime

from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account, Space
from portals.jobs import Job, mail_handler
from portals.jobs.actions import enqueue_all
from portals.jobs.schedules import daily
from portals.presentation.mail import compose
from privacy.staff.awareness.models import AwarenessModule, AwarenessResult
from privacy.staff.awareness.queries import open_modules
from privacy.staff.charter.queries import working_staff

INVITATION = "staff.module"
BEFORE = datetime.timedelta(days=7)
EACH_MORNING = datetime.time(7, 25)


def invite(_planned_for: datetime.datetime) -> None:
    """Write to whoever has not followed an open module: once when it is new, once seven days before its day."""
    today = timezone.localdate()
    for module in open_modules():
        which = "last" if today >= module.due_on - BEFORE else "first"
        enqueue_all(INVITATION, [(f"{module.pk}-{account}-{which}", account) for account in _waiting(module)])


def _waiting(module: AwarenessModule) -> list[int]:
    done = AwarenessResult.objects.filter(module=module, account=OuterRef("pk"))
    rows = working_staff().filter(~Exists(done), groups__isnull=False)
    return list(rows.distinct().values_list("pk", flat=True))


@mail_handler(INVITATION)
def invitation(job: Job) -> EmailMessage | None:
    """To one member of staff, unless nothing is left to follow."""
    account = Account.objects.filter(pk=job.subject_id, is_staff=True, is_active=True, locked_at=None).first()
    if account is None or not account.email:
        return None
    done = AwarenessResult.objects.filter(account=account).values("module")
    if not open_modules().exclude(pk__in=done).exists():
        return None
    return compose(
        to=account.email,
        subject="Un module de sensibilisation vous attend",
        template="privacy/staff/emails/module",
        space=Space.STAFF,
        path=reverse("admin:awareness"),
    )


daily("staff.awareness", at=EACH_MORNING, run=invite)
