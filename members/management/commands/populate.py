"""`manage.py populate`: fabricates a coherent portfolio at any size and loads it through the feeds."""

import datetime
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from members.populate.attachment import write_rules
from members.populate.contributions import bill_cast
from members.populate.files import History, write_portfolio
from members.populate.links import link_cast
from members.populate.loading import load_files
from portals.feeds.errors import FeedRefused
from privacy.register.assessments.demonstration import assess_all


class Command(BaseCommand):
    help = (
        "Fabricates a coherent portfolio of N households (2.1 persons each, 30 benefit lines a person and a year over "
        "three years), the same for the same seed, writes it as feed files and loads them. Nobody in it exists."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--members", type=int, required=True, metavar="N", help="number of households")
        parser.add_argument("--seed", type=int, default=1, help="another seed gives other people (default: 1)")
        parser.add_argument("--out", type=Path, metavar="DIR", help="keep the feed files in this folder")
        parser.add_argument(
            "--today",
            type=datetime.date.fromisoformat,
            metavar="DATE",
            help="care ends the day before (default: today)",
        )
        parser.add_argument("--cast", action="store_true", help="add the fixed households of the demo accounts")
        parser.add_argument("--no-load", action="store_true", help="only write the files (needs --out)")

    def handle(self, *args: Any, **options: Any) -> None:
        members, out = options["members"], options["out"]
        if members < 0:
            raise CommandError("--members cannot be negative.")
        if options["no_load"] and out is None:
            raise CommandError("--no-load keeps nothing without --out.")
        today = options["today"] or timezone.localdate()
        with ExitStack() as stack:
            folder = out or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portfolio-")))
            folder.mkdir(parents=True, exist_ok=True)
            files = write_portfolio(
                folder,
                members=members,
                seed=options["seed"],
                today=today,
                with_cast=options["cast"],
                progress=lambda homes: self.bar(homes, members),
            )
            if not options["no_load"]:
                assess_all(by=None, today=today)
                self.load(files)
                if options["cast"]:
                    self.stdout.write(f"links: {link_cast(today)}")
                    self.stdout.write(f"rules of beneficiaries: {write_rules()}")
                    self.stdout.write(f"contributions: {bill_cast(today)}")
            elif options["verbosity"]:
                self.stdout.write(f"{len(files)} files written.")

    def bar(self, homes: Iterable[History], members: int) -> Iterable[History]:
        """A progress bar, on a terminal only."""
        bar: Iterable[History] = tqdm(homes, total=members, unit=" households", disable=None)
        return bar

    def load(self, files: dict[str, Path]) -> None:
        """Says what became of each file; fails when a row was rejected, since every row is meant to be good."""
        rejected = 0
        try:
            for kind, counts in load_files(files):
                rejected += counts.rejected if counts else 0
                self.stdout.write(f"{kind}: {counts if counts else 'not loaded, no feed of that kind here yet'}")
        except FeedRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if rejected:
            raise CommandError(f"{rejected} rows were rejected: run again with --out and read the rejects files.")
