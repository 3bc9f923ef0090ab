"""What Celery runs. Idempotent, without arguments: the rows say what is to be done."""

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from portals.jobs.nudges import RUN_TASK, nudge
from portals.jobs.schedules import make_occurrences
from portals.jobs.sweeping import sweep
from portals.jobs.work import run_due

logger = logging.getLogger(__name__)

NEXT = 4
"""Messages that a worker leaves behind when more is due, so that others with nothing to do join in."""

SLICE = 1.0
"""Seconds of work for one message, so that a worker asked to stop does so soon and the sweeps get their turn."""


@shared_task(name=RUN_TASK)
def run() -> None:
    """Do what is due for a moment; while there is more, pass the word on."""
    if run_due(seconds=SLICE):
        nudge(NEXT)


@shared_task(name="portals.jobs.sweep")
def sweep_jobs() -> None:
    sweep()


@shared_task(name="portals.jobs.schedule")
def schedule() -> None:
    make_occurrences()


@worker_ready.connect
def catch_up(**_: Any) -> None:
    """A worker that starts looks at once for what was due while nobody worked."""
    nudge()
