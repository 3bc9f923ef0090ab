"""What rooms let go of by themselves each night: counted, reported, and stopped by the same switches."""

import datetime
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portals.jobs.schedules import daily, surround
from privacy.retention.models import Ending, RetentionReport, RetentionRun
from privacy.retention.registry import NightlyRule, rules
from privacy.retention.stopping import is_stopped

_run: ContextVar[int | None] = ContextVar("retention_run", default=None)


@contextmanager
def in_run(number: int) -> Iterator[None]:
    """The reports of what is done inside belong to this run."""
    before = _run.set(number)
    try:
        yield
    finally:
        _run.reset(before)


@contextmanager
def around(name: str, planned_for: datetime.datetime) -> Iterator[bool]:
    """What surrounds each schedule: nothing for those that let go of nothing. In the system's context.

    A schedule that serves several rules stops when one of them does.
    """
    mine = [rule for rule in rules() if isinstance(rule, NightlyRule) and rule.schedule == name]
    if not mine:
        yield True
        return
    goes_on = not any(is_stopped(rule.code) for rule in mine)
    began = time.monotonic()
    due = {rule.code: rule.due_at(planned_for, "default").count() for rule in mine}
    yield goes_on
    for rule in mine:
        left = rule.due_at(planned_for, "default").count() if goes_on else due[rule.code]
        _report(rule, planned_for, _Counted(due[rule.code], left, began), Ending.DONE if goes_on else Ending.STOPPED)


@dataclass(frozen=True)
class _Counted:
    """What was due before and after, and when it began."""

    due: int
    left: int
    began: float


def _report(rule: NightlyRule, planned_for: datetime.datetime, counted: _Counted, ending: Ending) -> None:
    gone = max(counted.due - counted.left, 0)
    values = {
        "day": timezone.localdate(planned_for),
        "due": counted.due,
        "handled": gone,
        "deleted": 0 if rule.empties else gone,
        "emptied": gone if rule.empties else 0,
        "ending": ending,
        "milliseconds": int((time.monotonic() - counted.began) * 1000),
    }
    if _run.get() is None:
        RetentionReport.objects.create(rule=rule.code, **values)
    else:
        RetentionReport.objects.get_or_create(run_id=_run.get(), rule=rule.code, defaults=values)


@transaction.atomic
def ask_each_night(planned_for: datetime.datetime) -> None:
    """Ask for the run of the day; the process that erases does it."""
    RetentionRun.objects.create(day=timezone.localdate(planned_for))


surround(around)
daily("retention", at=datetime.time(2, 30), run=ask_each_night)
