"""`manage.py run_retention [--dry-run] [--today DATE]`: the retention policies, with a report per rule."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from privacy.erasure.running import as_eraser
from privacy.retention.models import RetentionReport
from privacy.retention.running import AlreadyRunning, ask, perform


class Command(BaseCommand):
    help = (
        "Does every rule of retention for a day, as the database role `eraser`, one line per rule. With --dry-run the same "
        "is done and taken back: nothing is changed but the report. Last line: run=N rules=N due=N deleted=N emptied=N."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="do it, report it, and take everything back")
        parser.add_argument(
            "--today", type=datetime.date.fromisoformat, metavar="DATE", help="the day it is done for (Europe/Paris)"
        )

    def handle(self, *args: Any, dry_run: bool = False, today: datetime.date | None = None, **options: Any) -> None:
        with as_eraser():
            run = ask(day=today or timezone.localdate(), is_dry=dry_run)
        try:
            perform(run.pk)
        except AlreadyRunning:
            raise CommandError("another run is at work; this one waits for the process that erases") from None
        with as_eraser():
            reports = list(RetentionReport.objects.filter(run_id=run.pk).order_by("rule"))
        for row in reports:
            self.stdout.write(
                f"{row.rule} due={row.due} held={row.held} linked={row.linked} deleted={row.deleted} "
                f"emptied={row.emptied} archived={row.archived} warned={row.warned} ms={row.milliseconds} {row.ending}"
            )
        due, deleted, emptied = (sum(getattr(row, name) for row in reports) for name in ("due", "deleted", "emptied"))
        self.stdout.write(f"run={run.pk} rules={len(reports)} due={due} deleted={deleted} emptied={emptied}")
