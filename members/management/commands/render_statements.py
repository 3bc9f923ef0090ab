"""`manage.py render_statements`: renders what is due, in this process, until nothing is due."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from members.statements.actions import RENDER
from portals.jobs import Job, JobState, run_next


class Command(BaseCommand):
    help = (
        "Renders the statements that are due, in this process, until none is. Last line: rendered=N left=N, those left "
        "having failed (tried again later) or being in the hands of a worker. Exit status 1 when some failed for good."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = Job.objects.filter(kind=RENDER)
        done = 0
        with tqdm(
            total=jobs.filter(state=JobState.DUE).count(), unit="PDF", leave=False, disable=None, file=sys.stderr
        ) as bar:
            while run_next([RENDER]):
                done += 1
                bar.update()
        left = jobs.filter(state__in=[JobState.DUE, JobState.RUNNING]).count()
        self.stdout.write(f"rendered={done} left={left}")
        if jobs.filter(state=JobState.FAILED).exists():
            raise CommandError("Some statements could not be rendered: see the failed jobs.")
