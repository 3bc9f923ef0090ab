"""Doing jobs: claim, effect, state.

A claim is committed first (state, attempt and lease), so that a job which kills its worker is counted. The effect
then runs in one transaction with the final state, holding the row's lock: a live worker is known by its lock, and a
dead one's job is free when its lease ends (`sweeping.py`). Nothing is ever half-done, nothing is done twice.
"""

import logging
import smtplib
import socket
import time
from collections.abc import Collection

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone

from portals.access import isolation
from portals.history.actor import acts
from portals.jobs.models import Job, JobState
from portals.jobs.registry import Kind, kind_of, known_kinds
from portals.jobs.rules import LEASE, pause_after
from portals.jobs.withholding import is_withheld

logger = logging.getLogger(__name__)

CLAIM = """
    UPDATE portals_job SET state = 'running', attempts = attempts + 1, lease_until = %(lease)s
    WHERE id = (
        SELECT id FROM portals_job
        WHERE state = 'due' AND due_at <= %(now)s AND kind = ANY(%(kinds)s)
        ORDER BY priority, due_at, id
        FOR UPDATE SKIP LOCKED LIMIT 1
    )
    RETURNING id, kind, attempts
"""

NOT_DELIVERED = (ConnectionRefusedError, socket.gaierror, smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused)
"""Errors after which a message certainly did not leave: it may be tried again."""


def run_next(kinds: Collection[str] | None = None) -> bool:
    """Do the most urgent due job (of these kinds); says whether there was one. A failure is recorded, not raised."""
    claimed = _claim(known_kinds() if kinds is None else list(kinds))
    if claimed is None:
        return False
    job_id, kind_name, attempt = claimed
    kind = kind_of(kind_name)
    try:
        if kind.compose is None:
            _run(kind, job_id, attempt)
        else:
            _mail(kind, job_id, attempt)
    except Exception as error:
        _record_failure(kind, job_id, attempt, error)
    return True


def run_due(kinds: Collection[str] | None = None, *, seconds: float | None = None) -> int:
    """Do what is due, in this process, until nothing is (or `seconds` have passed); returns how many jobs were tried."""
    deadline = None if seconds is None else time.monotonic() + seconds
    tried = 0
    while run_next(kinds):
        tried += 1
        if deadline is not None and time.monotonic() >= deadline:
            break
    return tried


def _claim(kinds: list[str]) -> tuple[int, str, int] | None:
    now = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM, {"now": now, "lease": now + LEASE, "kinds": kinds})
        return cursor.fetchone()


def _held(job_id: int, attempt: int, state: JobState) -> Job | None:
    """The job, locked, if it is still this attempt's."""
    jobs = Job.objects.select_for_update(skip_locked=True)
    return jobs.filter(pk=job_id, attempts=attempt, state=state).first()


def _run(kind: Kind, job_id: int, attempt: int) -> None:
    if kind.handle is None:
        raise TypeError(kind.name)
    with isolation.system():
        job = _held(job_id, attempt, JobState.RUNNING)
        if job is not None:
            acts(account_id=None, operation=_named(job))
            kind.handle(job)
            _finish(job, JobState.DONE)


def _mail(kind: Kind, job_id: int, attempt: int) -> None:
    message = _compose(kind, job_id, attempt)
    if message is None:
        return
    with transaction.atomic():
        job = _held(job_id, attempt, JobState.SENDING)
        if job is None:
            return
        try:
            message.send(using="default")
        except NOT_DELIVERED:
            raise
        except Exception as error:
            _leave_unknown(kind, job, error)
            return
        _finish(job, JobState.DONE)


def _compose(kind: Kind, job_id: int, attempt: int) -> EmailMessage | None:
    """Write the message and commit `sending`: from here on, a crash means that nobody knows."""
    if kind.compose is None:
        raise TypeError(kind.name)
    with isolation.system():
        job = _held(job_id, attempt, JobState.RUNNING)
        if job is None:
            return None
        acts(account_id=None, operation=_named(job))
        message = kind.compose(job)
        if message is None or is_withheld(kind.name, message):
            _finish(job, JobState.DONE)
            return None
        # The same job always bears the same Message-ID: a mail server that saw it already may drop the second.
        message.extra_headers.setdefault("Message-ID", f"<job-{job.pk}@{_mail_domain()}>")
        job.state = JobState.SENDING
        job.lease_until = timezone.now() + LEASE
        job.save(update_fields=["state", "lease_until"])
    return message


def _named(job: Job) -> str:
    """How the field history names what a job changed."""
    return f"job:{job.kind}:{job.pk}"


def _mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")


def _finish(job: Job, state: JobState, error: str = "") -> None:
    job.state = state
    job.error = error
    job.lease_until = None
    job.finished_at = timezone.now()
    job.save(update_fields=["state", "error", "lease_until", "finished_at"])


def _leave_unknown(kind: Kind, job: Job, error: Exception) -> None:
    if kind.resend_when_unknown and job.attempts < kind.max_attempts:
        _put_back(job, error)
    else:
        _finish(job, JobState.UNKNOWN, type(error).__name__)
    _log("mail uncertain", job, error)


def _put_back(job: Job, error: Exception) -> None:
    job.state = JobState.DUE
    job.error = type(error).__name__
    job.lease_until = None
    job.due_at = timezone.now() + pause_after(job.attempts)
    job.save(update_fields=["state", "error", "lease_until", "due_at"])


def _record_failure(kind: Kind, job_id: int, attempt: int, error: Exception) -> None:
    """In a transaction of its own: that of the effect was rolled back. The class of the error is kept, never its words."""
    with transaction.atomic():
        jobs = Job.objects.select_for_update().filter(state__in=[JobState.RUNNING, JobState.SENDING])
        job = jobs.filter(pk=job_id, attempts=attempt).first()
        if job is None:
            return
        if attempt >= kind.max_attempts:
            _finish(job, JobState.FAILED, type(error).__name__)
        else:
            _put_back(job, error)
    _log("job failed", job, error)


def _log(event: str, job: Job, error: Exception) -> None:
    """Where it happened, without the error's words: they may name a person."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last is not None else "?"
    logger.warning(
        "%s: %s %s, attempt %s, %s at %s", event, job.kind, job.pk, job.attempts, type(error).__name__, place
    )
