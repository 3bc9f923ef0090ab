"""The broom: frees the jobs of dead workers and wakes the living when something is due. Any number may sweep."""

import logging

from django.db import transaction
from django.utils import timezone

from portals.jobs.models import Job, JobState
from portals.jobs.nudges import MANY, nudge
from portals.jobs.registry import kind_of, known_kinds
from portals.jobs.rules import state_after_loss

logger = logging.getLogger(__name__)

AT_ONCE = 1000


def sweep() -> int:
    """Free what dead workers held, then nudge for what is due; returns how many jobs were freed."""
    freed = free_lost_jobs()
    due = Job.objects.filter(state=JobState.DUE, due_at__lte=timezone.now(), kind__in=known_kinds())
    waiting = due.values_list("pk", flat=True)[:MANY].count()
    if waiting:
        nudge(waiting)
    return freed


def free_lost_jobs() -> int:
    """Jobs whose lease is over and whose row nobody locks: their worker is dead."""
    now = timezone.now()
    with transaction.atomic():
        lost = Job.objects.select_for_update(skip_locked=True).filter(
            state__in=[JobState.RUNNING, JobState.SENDING], lease_until__lt=now, kind__in=known_kinds()
        )[:AT_ONCE]
        freed = list(lost)
        for job in freed:
            kind = kind_of(job.kind)
            job.state = state_after_loss(
                JobState(job.state),
                attempts=job.attempts,
                max_attempts=kind.max_attempts,
                resend=kind.resend_when_unknown,
            )
            job.error = "WorkerLost"
            job.lease_until = None
            job.finished_at = None if job.state == JobState.DUE else now
        Job.objects.bulk_update(freed, ["state", "error", "lease_until", "finished_at"])
    for job in freed:
        logger.warning("job freed: %s %s, now %s", job.kind, job.pk, job.state)
    return len(freed)
