"""What comes before an end: the archive that few may read, and the e-mail to whoever still has an account."""

import datetime
import time
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from portals.jobs.models import Job
from privacy.erasure.emptying import ALIAS
from privacy.erasure.running import as_eraser
from privacy.retention import holding
from privacy.retention.engine import SUBJECTS, Work
from privacy.retention.models import Archived, RetentionWarning
from privacy.retention.registry import SubjectRule
from privacy.retention.rules import DAY, last_counted
from privacy.retention.stopping import is_stopped

WARN = "retention.warning"
"""The kind of job that writes to somebody whose account will close."""


def before(work: Work, rule: SubjectRule) -> None:
    """Bring the archive and the warnings in line with the day: who is covered or signs in again leaves them."""
    if is_over(work):
        return
    if rule.archived_after:
        _leave_archive(work, rule)
        _archive(work, rule)
    if rule.warned_days:
        _unstamp(rule, work.day)


def after(work: Work, rule: SubjectRule) -> None:
    """Tell those whose account will close."""
    if rule.warned_days and not is_over(work):
        _warn(work, rule)


def is_over(work: Work) -> bool:
    with as_eraser():
        return is_stopped(work.rule.code, using=ALIAS)


def _archive(work: Work, rule: SubjectRule) -> None:
    known = Archived.objects.using(ALIAS).filter(space=rule.space, subject_id=OuterRef("pk"))
    while True:
        began = time.monotonic()
        with as_eraser():
            rows = rule.archived(work.day, ALIAS).filter(~Exists(known)).order_by("pk")
            keys = list(rows.values_list("pk", flat=True)[:SUBJECTS])
            if not keys:
                return
            new = [Archived(space=rule.space, subject_id=key, since=work.day) for key in keys]
            Archived.objects.using(ALIAS).bulk_create(new, ignore_conflicts=True)
            work.report.archived += len(keys)
            work.save(began)


def _leave_archive(work: Work, rule: SubjectRule) -> None:
    with as_eraser():
        still = rule.archived(work.day, ALIAS).order_by().values("pk")
        Archived.objects.using(ALIAS).filter(space=rule.space).exclude(subject_id__in=still).delete()


def _unstamp(rule: SubjectRule, day: datetime.date) -> None:
    """Whoever was active since is no longer on the way to an end, today nor on the day that they were told."""
    with as_eraser():
        stamps = RetentionWarning.objects.using(ALIAS).filter(rule=rule.code)
        for acts_on in set(stamps.values_list("acts_on", flat=True)):
            still = rule.rows(last_counted(max(acts_on, day), rule.delay), ALIAS).order_by().values("pk")
            stamps.filter(acts_on=acts_on).exclude(account_id__in=still).delete()


def _warn(work: Work, rule: SubjectRule) -> None:
    acts_on = work.day + rule.warned_days * DAY
    while True:
        began = time.monotonic()
        with as_eraser():
            keys = list(_unwarned(work, rule, acts_on).values_list("pk", flat=True)[:SUBJECTS])
            if not keys:
                return
            new = [
                RetentionWarning(account_id=key, rule=rule.code, warned_on=work.day, acts_on=acts_on) for key in keys
            ]
            made = RetentionWarning.objects.using(ALIAS).bulk_create(new)
            jobs = [Job(kind=WARN, key=str(one.pk), subject_id=one.pk) for one in made]
            Job.objects.using(ALIAS).bulk_create(jobs, ignore_conflicts=True)
            work.report.warned += len(keys)
            work.save(began)


def _unwarned(work: Work, rule: SubjectRule, acts_on: datetime.date) -> QuerySet[Any]:
    """Those for whom it will be over on that day, who have not been told and whom nothing holds."""
    told = RetentionWarning.objects.using(ALIAS).filter(rule=rule.code, account_id=OuterRef("pk"))
    rows = rule.rows(last_counted(acts_on, rule.delay), ALIAS).filter(~Exists(told))
    held = holding.keys_of(rows, work.held)
    return (rows if held is None else rows.exclude(pk__in=held)).order_by("pk")
