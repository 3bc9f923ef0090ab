"""The night's work on files: those whose day has come are destroyed, unless one of their holds stands.

What is destroyed: the key, the names, the pieces. What stays: that there was a file, from when until when.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from portals.dates import months_after
from portals.jobs.schedules import daily
from privacy.investigations import rules
from privacy.investigations.actions import StillHeld, relations_of, standing_holds
from privacy.investigations.evidence import destroy
from privacy.investigations.models import Investigation, Kind, State, StepKind
from privacy.investigations.screening.models import FlagState, ScreeningFlag
from privacy.investigations.sealing import forget
from privacy.investigations.timeline import note
from privacy.investigations.walls import inside

BATCH = 200


def each_night(planned_for: datetime.datetime) -> None:
    purge_due(timezone.localdate(planned_for))


def purge_due(today: datetime.date) -> int:
    """Say the days that are known by now, then destroy what is due on `today` (Europe/Paris); returns how many."""
    purged = 0
    with inside(*Kind.values):
        for case in Investigation.objects.filter(state=State.CLOSED, kind=Kind.FINANCIAL_CRIME).order_by("pk"):
            _date(case)
        due = Investigation.objects.filter(state=State.CLOSED, purge_on__lte=today).order_by("purge_on", "pk")
        for case in due[:BATCH]:
            try:
                purge(case, today)
            except StillHeld:
                continue
            purged += 1
        forget_flags(today)
    return purged


def forget_flags(today: datetime.date) -> None:
    """Dismissed ones are kept for the law's five years; those that were confirmed go with their file."""
    limit = months_after(today, -rules.VIGILANCE_MONTHS)
    ScreeningFlag.objects.filter(state=FlagState.DISMISSED, decided_at__date__lt=limit).delete()


@transaction.atomic
def purge(case: Investigation, today: datetime.date) -> None:
    """Destroy one file. Raises StillHeld."""
    held = Investigation.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if standing_holds(held, today):
        raise StillHeld
    for exhibit in held.exhibits.select_related("original", "upload"):
        destroy(exhibit)
    held.subjects.all().delete()
    held.flags.all().delete()
    note(held, StepKind.PURGED, by=None)
    forget(held)
    held.state, held.purged_at = State.PURGED, timezone.now()
    held.save(update_fields=["state", "purged_at"])


def _date(case: Investigation) -> None:
    """The relation may have ended since, or begun again."""
    if case.closed_at is None:
        return
    decision = case.steps.filter(kind=StepKind.DECIDED).values_list("code", flat=True)[0]
    day = rules.purge_day(case.kind, decision, timezone.localdate(case.closed_at), relations_of(case))
    if day != case.purge_on:
        case.purge_on = day
        case.save(update_fields=["purge_on"])


daily("investigations.purge", at=datetime.time(3, 35), run=each_night)
