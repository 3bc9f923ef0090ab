"""Schedules declared in code, each occurrence a unique row: two beats are harmless, a missed night is caught up.

    daily("retention", at=datetime.time(2, 30), run=apply_retention)
    monthly("statements", day=2, at=datetime.time(3, 0), run=issue_past_month)
    steadily("journal.watch", minutes=15, run=watch)

`run` takes the instant it was planned for; it is done as a job, so it is retried and it commits with its job's state.
Times are Europe/Paris.
"""

import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from portals.jobs.actions import enqueue
from portals.jobs.calendar import Calendar, daily_calendar, latest, missed, monthly_calendar, steady_calendar
from portals.jobs.models import Job, Occurrence
from portals.jobs.registry import handler

KIND = "schedule"

type Run = Callable[[datetime.datetime], None]
type Around = Callable[[str, datetime.datetime], AbstractContextManager[bool]]


@dataclass(frozen=True)
class Schedule:
    name: str
    calendar: Calendar
    run: Run


_schedules: dict[str, Schedule] = {}
_around: list[Around] = []


def surround(around: Around) -> None:
    """Have each run of a schedule happen inside `around(name, planned_for)`, which says whether it may happen at all."""
    _around.append(around)


def daily(name: str, *, at: datetime.time, run: Run) -> None:
    """Do `run(planned_for)` each day at this Paris time, also on the days when clocks change."""
    _schedules[name] = Schedule(name, daily_calendar(at), run)


def monthly(name: str, *, day: int, at: datetime.time, run: Run) -> None:
    """Do `run(planned_for)` on this day of each month (1 to 28) at this Paris time."""
    _schedules[name] = Schedule(name, monthly_calendar(day, at), run)


def steadily(name: str, *, minutes: int, run: Run) -> None:
    """Do `run(planned_for)` every so many minutes (a divisor of 60). What was missed is done as well, each in its turn."""
    _schedules[name] = Schedule(name, steady_calendar(minutes), run)


def make_occurrences() -> int:
    """Promise every occurrence whose time has come since the last known one; returns how many.

    A schedule met for the first time starts from now: its last occurrence is noted, not run.
    """
    now = timezone.now()
    return sum(_promise(schedule, now) for schedule in _schedules.values())


@transaction.atomic
def _promise(schedule: Schedule, now: datetime.datetime) -> int:
    known = Occurrence.objects.filter(name=schedule.name).order_by("-scheduled_for").first()
    if known is None:
        start = Occurrence(name=schedule.name, scheduled_for=latest(schedule.calendar, now))
        Occurrence.objects.bulk_create([start], ignore_conflicts=True)
        return 0
    instants = missed(schedule.calendar, after=known.scheduled_for, until=now)
    rows = [Occurrence(name=schedule.name, scheduled_for=instant) for instant in instants]
    Occurrence.objects.bulk_create(rows, ignore_conflicts=True)
    made = Occurrence.objects.filter(name=schedule.name, scheduled_for__in=instants)
    for occurrence in made.order_by("scheduled_for"):
        enqueue(KIND, key=f"{schedule.name} {occurrence.scheduled_for.isoformat()}", subject_id=occurrence.pk)
    return len(instants)


@handler(KIND)
def run_occurrence(job: Job) -> None:
    """The job of one occurrence. A schedule that this release no longer has is nothing to do."""
    occurrence = Occurrence.objects.get(pk=job.subject_id)
    run_named(occurrence.name, occurrence.scheduled_for)


def run_named(name: str, planned_for: datetime.datetime) -> None:
    """What the schedule of this name does at this instant, unless something that surrounds it says no."""
    schedule = _schedules.get(name)
    if schedule is None:
        return
    with ExitStack() as stack:
        said = [stack.enter_context(around(name, planned_for)) for around in _around]
        if all(said):
            schedule.run(planned_for)
