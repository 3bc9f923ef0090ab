"""`manage.py verify_document FILE`: says whether a PDF is one that we issued, unchanged."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.statements.verifying import Verdict, verify
from portals.access import isolation


class Command(BaseCommand):
    help = "Says whether a PDF is one that we issued, unchanged. Exit status 0 if it is, 1 if it was changed or is unknown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        with isolation.system():
            finding = verify(content)
        if finding.verdict == Verdict.CHANGED:
            raise CommandError(f"changed: it bears our number {finding.number}, but it is not the file that we issued.")
        if finding.verdict == Verdict.UNKNOWN:
            raise CommandError("unknown: we never issued this file.")
        self.stdout.write(f"issued by us, unchanged: statement {finding.number}")
