"""`manage.py seal_journal [--every SECONDS]`: what the sealer's process runs."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from privacy.audit.exporting import export_due
from privacy.audit.sealing import ALIAS, seal_due
from privacy.transparency.checkpoints import verifier_key


class Command(BaseCommand):
    help = (
        "Seals what the journal has received since the last time and exports the checkpoints. Connects as the role "
        "`sealer`, with the signing key that no other process is given. Last line: sealed=N exported=N."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--public-key", action="store_true", help="print the public half of the key, and do nothing"
        )
        parser.add_argument("--every", type=float, metavar="SECONDS", help="go on at this pace until told to stop")

    def handle(self, *args: Any, every: float | None = None, public_key: bool = False, **options: Any) -> None:
        if not settings.JOURNAL_KEY:
            raise CommandError("Set JOURNAL_KEY: this process signs the journal.")
        ours = str(verifier_key(settings.JOURNAL_ORIGIN, settings.JOURNAL_KEY))
        if public_key:
            self.stdout.write(ours)
            return
        if ours not in settings.JOURNAL_PUBLIC_KEYS:
            raise CommandError(f"JOURNAL_PUBLIC_KEYS lacks the key that this process signs with: {ours}")
        if every is None:
            sealed, exported = seal_due(), export_due(using=ALIAS)
            self.stdout.write(f"sealed={sealed} exported={exported}")
            return
        asked_to_stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: asked_to_stop.set())
        while not asked_to_stop.wait(every):
            self._once()

    def _once(self) -> None:
        """A database that is away for a while stops nothing: what is due waits."""
        try:
            seal_due()
            export_due(using=ALIAS)
        except OperationalError:
            self.stderr.write("the database does not answer; trying again")
        finally:
            connections[ALIAS].close()
