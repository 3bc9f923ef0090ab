"""`manage.py verify_journal`: checks every entry, seal, signature and exported checkpoint of the journal."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from portals.access import isolation
from privacy.audit.verifying import Broken
from privacy.desk.checks import check_journal


class Command(BaseCommand):
    help = (
        "Checks the operations journal: each entry against its hash, each seal against its signature, each exported "
        "checkpoint against both. Last line: entries=N seals=N checkpoints=N waiting=N. Exit status 1 and the first "
        "broken entry when something was altered."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(unit=" entries", disable=not sys.stderr.isatty()) as bar:
            try:
                with isolation.system():
                    found = check_journal(bar.update)
            except Broken as broken:
                where = [f"{name}={value}" for name, value in (("entry", broken.entry), ("seal", broken.seal)) if value]
                self.stderr.write(" ".join(["BROKEN:", broken.reason, *where]))
                sys.exit(1)
        self.stdout.write(
            f"entries={found.entries} seals={found.seals} checkpoints={found.checkpoints} waiting={found.waiting}"
        )
