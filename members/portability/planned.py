"""Each night: the proof is asked for again, its lack is announced, then suspends; offers whose day has come leave.

Nobody is suspended who could not be told: without an address, staff write a letter (the list says so). Nothing is
decided without a human being about somebody whose data is frozen (GDPR, art. 18).
"""

import datetime

from django.db.models import Exists, OuterRef, QuerySet

from members.portability.actions import suspend
from members.portability.emails import Told, address_of, tell
from members.portability.models import Portability, UnemploymentProof
from members.portability.offers import send_due
from members.portability.rules import DAY, REMINDER_DAYS, suspension_after
from members.portability.words import OPEN_PROOFS, State
from portals.jobs.schedules import daily
from portals.presentation.formats import local_date
from portals.signals import announce
from privacy.deaths import departed_persons
from privacy.restriction.queries import frozen_persons

BATCH = 1000


def follow(today: datetime.date) -> None:
    """The steps of one day, in the system's context. Run twice, the second time does nothing."""
    for row in _unproved(today).filter(
        reminded_on=None, proof_due_on__gt=today, proof_due_on__lte=today + datetime.timedelta(days=REMINDER_DAYS)
    )[:BATCH]:
        row.reminded_on = today
        row.save(update_fields=["reminded_on"])
        tell(row, Told.REMINDER)
    for row in _unproved(today).filter(suspends_on=None, proof_due_on__lte=today)[:BATCH]:
        if address_of(row.person):
            row.suspends_on = suspension_after(today)
            row.save(update_fields=["suspends_on"])
            tell(row, Told.NOTICE)
            announce("portability.notice_sent", by=None, object_kind="portability", object_id=row.pk)
    for row in _unproved(today).filter(suspends_on__lte=today)[:BATCH]:
        suspend(row=row, last_day=today - DAY)
    send_due(today)


def follow_planned(planned_for: datetime.datetime) -> None:
    """The daily run."""
    follow(local_date(planned_for))


def _unproved(today: datetime.date) -> QuerySet[Portability]:
    """Those whose proof is awaited: a document that waits for staff holds everything back."""
    waiting = UnemploymentProof.objects.filter(portability_id=OuterRef("pk"), state__in=OPEN_PROOFS)
    rows = Portability.objects.select_for_update(of=("self",)).select_related("person")
    rows = rows.exclude(person_id__in=frozen_persons()).exclude(person_id__in=departed_persons())
    running = rows.filter(~Exists(waiting), state=State.RUNNING, ends_on__gte=today, proof_due_on__isnull=False)
    return running.order_by("proof_due_on", "id")


daily("portability.follow", at=datetime.time(4, 10), run=follow_planned)
