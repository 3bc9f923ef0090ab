"""Asking for work. Rows are written in the caller's transaction; the nudge leaves after its commit."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portals.jobs.models import Job, JobState, Priority
from portals.jobs.nudges import MANY, nudge
from portals.jobs.registry import kind_of


def enqueue(
    kind: str,
    *,
    key: str,
    subject_id: int,
    priority: int = Priority.ORDINARY,
    due_at: datetime.datetime | None = None,
) -> Job:
    """Promise a job, once per (kind, key): asked for again, the first one is returned, made more urgent if need be.

    Call it inside the transaction whose effects the job depends on. Raises `UnknownKind` for a kind without handler.
    """
    kind_of(kind)
    new = Job(kind=kind, key=key, subject_id=subject_id, priority=priority, due_at=due_at or timezone.now())
    Job.objects.bulk_create([new], ignore_conflicts=True)
    job = Job.objects.get(kind=kind, key=key)
    if job.state == JobState.DUE and priority < job.priority:
        ask(kind, key=key, priority=priority)
    nudge_on_commit()
    return job


def enqueue_all(kind: str, promised: Iterable[tuple[str, int]], *, priority: int = Priority.ORDINARY) -> None:
    """Promise many jobs of a kind, (key, subject_id) each, in one statement. Those promised before stay as they are."""
    kind_of(kind)
    now = timezone.now()
    jobs = [Job(kind=kind, key=key, subject_id=subject, priority=priority, due_at=now) for key, subject in promised]
    if jobs:
        Job.objects.bulk_create(jobs, ignore_conflicts=True)
        nudge_on_commit(MANY)


def ask(kind: str, *, key: str, priority: int = Priority.ASKED) -> bool:
    """Somebody waits for this job: it goes before every less urgent one. Says whether it was still to be done.

    A job that a worker holds right now is left alone, and nobody waits for its lock.
    """
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(kind=kind, key=key, state=JobState.DUE).first()
        if job is None:
            return False
        now = timezone.now()
        if job.priority > priority or job.due_at > now:
            job.priority = min(job.priority, priority)
            job.due_at = min(job.due_at, now)
            job.save(update_fields=["priority", "due_at"])
        nudge_on_commit()
    return True


def nudge_on_commit(wanted: int = 1) -> None:
    """Wake the workers once this transaction is there for them to see. A broker that is down fails nothing."""
    transaction.on_commit(lambda: nudge(wanted), robust=True)
