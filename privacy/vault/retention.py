"""The nightly erasure of what the vault need not keep any more (PDP-3.12)."""

import datetime

from django.db import transaction
from django.utils import timezone

from portals.jobs.schedules import daily
from privacy.retention.holding import unheld
from privacy.vault.actions import erase
from privacy.vault.models import MedicalCase
from privacy.vault.noting import note

BATCH = 1000


def sweep(planned_for: datetime.datetime) -> None:
    """Erase the cases whose day has come, the oldest first."""
    erase_due(timezone.localdate(planned_for))


@transaction.atomic
def erase_due(today: datetime.date) -> int:
    """Erase what is due on `today` (Europe/Paris); returns how many cases. Runs in the system's row context."""
    due = MedicalCase.objects.select_for_update(skip_locked=True).filter(erased_at=None, erase_on__lte=today)
    cases = list(unheld(due, today).order_by("erase_on")[:BATCH])
    for case in cases:
        erase(case)
        note("vault.erased", by=None, case=case)
    return len(cases)


daily("vault.retention", at=datetime.time(3, 50), run=sweep)
