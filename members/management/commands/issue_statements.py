"""`manage.py issue_statements --period YYYY-MM`: freezes a month's statements and queues their rendering."""

import datetime
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from members.statements.actions import RENDER, issue_month
from members.statements.models import Statement
from members.statements.queries import left_to_render
from members.statements.rules import MonthNotOver, next_month
from portals.access import isolation
from portals.jobs import Job, JobState, run_due

TURN = 2.0
"""Seconds of rendering between two looks at what the workers did meanwhile."""
PAUSE = 0.2


def month(text: str) -> datetime.date:
    try:
        return datetime.datetime.strptime(text, "%Y-%m").replace(tzinfo=datetime.UTC).date()
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a month: write YYYY-MM") from None


class Command(BaseCommand):
    help = (
        "Freezes the statements of a month that is over, one per person who was paid something, and queues their "
        "rendering. A second run makes nothing: whoever has a statement keeps it. Last line: issued=N."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--period", metavar="YYYY-MM", type=month, required=True, help="the month of payment")
        parser.add_argument(
            "--wait", action="store_true", help="return when every PDF of the month exists; helps the workers"
        )

    def handle(self, *args: Any, period: datetime.date, wait: bool, **options: Any) -> None:
        try:
            issued = issue_month(month=period, by=None)
        except MonthNotOver:
            over = next_month(period)
            raise CommandError(
                f"{period:%Y-%m} is not over: its statements can be issued from {over} on (today is {timezone.localdate()})."
            ) from None
        if wait:
            self.render_all(period)
        self.stdout.write(f"issued={issued}")

    def render_all(self, period: datetime.date) -> None:
        left = _left(period)
        with tqdm(total=left, unit="PDF", leave=False, disable=None, file=sys.stderr) as bar:
            while left:
                idle = not run_due([RENDER], seconds=TURN)
                if idle and _given_up(period):
                    raise CommandError("Some statements could not be rendered: see the failed jobs.")
                if idle:  # the workers hold the last ones
                    time.sleep(PAUSE)
                now_left = _left(period)
                bar.update(left - now_left)
                left = now_left


def _left(period: datetime.date) -> int:
    with isolation.system():
        return left_to_render(period)


def _given_up(period: datetime.date) -> bool:
    """Whether a statement of the month was tried too often."""
    with isolation.system():
        failed = Job.objects.filter(kind=RENDER, state=JobState.FAILED)
        return Statement.objects.filter(period=period, pk__in=failed.values("subject_id")).exists()
