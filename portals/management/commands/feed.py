"""`manage.py feed KIND FILE`: loads a feed file, and says on its last line what became of the rows."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from portals.feeds import load
from portals.feeds.counts import FeedCounts
from portals.feeds.errors import FeedRefused
from portals.feeds.kinds import names


class Command(BaseCommand):
    help = (
        "Loads a feed file. Bad rows are rejected alone. Exit status 0 when every row was loaded (or would be, with "
        "--dry-run), 1 when the feed stopped or rows were rejected."
    )
    # The checks import every page of the site: two seconds and fifty megabytes that a feed has no use for.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND", help=f"one of: {', '.join(names())}")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="do everything, then roll it back")
        parser.add_argument("--strict", action="store_true", help="load nothing when a row is rejected")
        parser.add_argument("--rejects", metavar="FILE", type=Path, help="where the rejected rows are written")

    def handle(self, *args: Any, kind: str, file: Path, rejects: Path | None, **options: Any) -> None:
        size = file.stat().st_size if file.is_file() else None
        with tqdm(total=size, unit="o", unit_scale=True, desc=kind, leave=False, disable=None, file=sys.stderr) as bar:

            def advance(count: int) -> None:
                bar.update(count)
                if bar.n == size:
                    bar.set_description_str(f"{kind} : contrôle et écriture")

            try:
                counts = load(
                    kind,
                    file,
                    dry_run=options["dry_run"],
                    strict=options["strict"],
                    rejects=rejects,
                    actor=f"commande, uid {os.getuid()}",
                    progress=advance,
                )
            except FeedRefused as refusal:
                raise CommandError(f"Rien n’est chargé : {refusal}") from None
        self.report(counts, strict=options["strict"], rejects=rejects)
        self.stdout.write(str(counts))
        self.stdout.flush()
        if counts.rejected:
            sys.exit(1)

    def report(self, counts: FeedCounts, *, strict: bool, rejects: Path | None) -> None:
        """What was rejected, for a person; the counts alone go to the standard output."""
        if not counts.rejected:
            return
        if rejects is None:
            for line, column, code, message in counts.first_rejects:
                words = f"{column} {message}".strip()
                self.stderr.write(f"ligne {line} : {words} ({code})")
            if counts.rejected > len(counts.first_rejects):
                self.stderr.write("… utilisez --rejects pour la suite")
        if strict:
            self.stderr.write("Rien n’est chargé : des lignes sont rejetées et --strict est demandé.")
