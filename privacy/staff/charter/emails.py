"""The e-mails of the year: the charter to acknowledge, a module to follow. They say neither who nor what was done."""

import datetime

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from portals.accounts.models import Account, Space
from portals.jobs import Job, mail_handler
from portals.jobs.actions import enqueue_all
from portals.jobs.schedules import daily
from portals.presentation.mail import compose
from privacy.staff.charter.queries import standing_of, standings, working_staff
from privacy.staff.charter.rules import stage

REMINDER = "staff.charter_reminder"
EACH_MORNING = datetime.time(7, 20)


def remind(_planned_for: datetime.datetime) -> None:
    """Write to whoever has the charter to acknowledge within 30 days, 7 days, or today: once for each of these days."""
    today = timezone.localdate()
    accounts = list(working_staff().filter(groups__isnull=False).distinct().values_list("pk", flat=True))
    promised = []
    for account, found in standings(accounts).items():
        days = stage(found.due_on, today) if found.due_on else None
        if days is not None:
            promised.append((f"{account}-{found.due_on}-{days}", account))
    enqueue_all(REMINDER, promised)


@mail_handler(REMINDER)
def reminder(job: Job) -> EmailMessage | None:
    """To one member of staff, unless it was done meanwhile."""
    account = Account.objects.filter(pk=job.subject_id, is_staff=True, is_active=True, locked_at=None).first()
    if account is None or not account.email or not standing_of(account).asked:
        return None
    return compose(
        to=account.email,
        subject="La charte du personnel est à relire",
        template="privacy/staff/emails/charter",
        space=Space.STAFF,
        path=reverse("admin:charter"),
    )


daily("staff.charter", at=EACH_MORNING, run=remind)
