"""`manage.py expire_access [--today DATE]`: the daily run on the ends of access."""

import datetime
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from tqdm import tqdm

from portals.access import isolation
from portals.access.ending import expire
from portals.access.expiry import computed_grants


def day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date: write YYYY-MM-DD") from None


class Command(BaseCommand):
    help = (
        "Brings every access in line with covers, contracts and agreements, promises the reminders of 60 and 15 days "
        "before closing, and closes what has been over for two years. Runs by itself every night; a second run does "
        "nothing more. Representations follow in the same run. Last line: read=N changed=N unknown=N first=N last=N "
        "closed=N."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--today",
            metavar="DATE",
            type=day,
            help=(
                "the day to run for (default: today in Paris). Nothing is simulated: with a day to come, the dates of "
                "accesses are written as of that day, representations over by then end now, and every reminder due by "
                "then is promised now and leaves for real; none of them leaves again on its own day. Asks nothing, so "
                "that it can be scheduled"
            ),
        )

    def handle(self, *args: Any, today: datetime.date | None, **options: Any) -> None:
        with isolation.system():
            total = computed_grants().count()
        with tqdm(total=total, unit="droits", leave=False, disable=None, file=sys.stderr) as bar:
            expired = expire(today=today or timezone.localdate(), progress=bar.update)
        if expired.recomputed.unknown:
            self.stderr.write(
                f"{expired.recomputed.unknown} accès laissés tels quels : le portefeuille ne dit rien de ce qui les fonde."
            )
        self.stdout.write(str(expired))
