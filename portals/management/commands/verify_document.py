"""`manage.py verify_document FILE`: says whether a document is one that we issued, unchanged, as `/verifier/` does."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portals.documents.verification import Issued, Verdict
from portals.documents.verification.checking import check_file


class Command(BaseCommand):
    help = "Says whether a PDF is one that we issued, unchanged. Exit status 0 if it is, 1 if it was changed or is unknown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"The file cannot be read: {error.strerror}.") from None
        finding = check_file(content, by=None)
        if finding.verdict == Verdict.CHANGED:
            raise CommandError(f"changed: it bears our code of {_said(finding.issued)}, but is not the file we issued.")
        if finding.verdict == Verdict.REVOKED:
            raise CommandError(f"revoked: it was ours ({_said(finding.issued)}) and is no longer valid.")
        if finding.verdict == Verdict.UNKNOWN:
            raise CommandError("unknown: we never issued this file.")
        self.stdout.write(f"issued by us, unchanged: {_said(finding.issued)}")


def _said(issued: Issued | None) -> str:
    """`statement, Octobre 2026, issued on 2026-11-02`."""
    return f"{issued.kind.code}, {issued.period}, issued on {issued.issued_on}" if issued else "a document"
