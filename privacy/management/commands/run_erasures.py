"""`manage.py run_erasures [--every SECONDS]`: what the process of erasures runs, retention included."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connections

from privacy.erasure.emptying import ALIAS
from privacy.erasure.running import run_due
from privacy.retention.running import run_asked


class Command(BaseCommand):
    help = (
        "Does the erasures that the data protection officer has ordered, and with --every the runs of retention too, as the "
        "database role `eraser`, which no other process is given. Killed, it goes on where it stopped. "
        "Last line: erasures=N deleted=N emptied=N."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on at this pace until told to stop")

    def handle(self, *args: Any, every: float | None = None, **options: Any) -> None:
        if every is None:
            done = run_due()
            self.stdout.write(f"erasures={done.erasures} deleted={done.deleted} emptied={done.emptied}")
            return
        asked_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: asked_to_stop.set())
        while not asked_to_stop.wait(every):
            self._once()

    def _once(self) -> None:
        """A database that is away for a while stops nothing: what is ordered waits."""
        try:
            run_due()
            run_asked()
        except OperationalError:
            self.stderr.write("the database does not answer; trying again")
        finally:
            connections[ALIAS].close()
            connections["default"].close()
