"""The demo's data, once: a portfolio through the feeds, the accounts of its roles, the statements of three months."""

import datetime
import os
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from config.demo.accounts import open_demo_accounts
from config.demo.agreement_texts import publish_agreement_texts
from config.demo.availability import fill_availability
from config.demo.breaches import fill_breaches
from config.demo.cases import fill_cases
from config.demo.choices import fill_choices
from config.demo.consulted import fill_consulted
from config.demo.coordinates import fill_coordinates
from config.demo.directives import fill_directives
from config.demo.library import publish_library
from config.demo.register import fill_register
from config.demo.staff_year import fill_staff_year
from members.households.models import Person
from members.populate.cast import PERSONS
from portals.access import isolation

MONTHS_OF_STATEMENTS = 3


class Command(BaseCommand):
    help = "Loads the demo portfolio through the feeds and opens the demo accounts; run again, it keeps what is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--members", type=int, default=int(os.environ.get("MEMBERS") or 300), help="households of the portfolio"
        )

    def handle(self, *args: Any, members: int, **options: Any) -> None:
        with isolation.system():
            loaded = Person.objects.filter(person_ref=PERSONS["member"]).exists()
        if not loaded:
            call_command("populate", members=members, cast=True, stdout=self.stdout)
        if published := publish_library():
            self.stdout.write(f"documents: {published}")
        if published := publish_agreement_texts():
            self.stdout.write(f"texts of agreements: {published}")
        open_demo_accounts()
        fill_coordinates()
        fill_choices()
        fill_directives()
        fill_register()
        fill_consulted()
        fill_staff_year()
        fill_breaches()
        fill_cases()
        fill_availability()
        for month in past_months(timezone.localdate(), MONTHS_OF_STATEMENTS):
            call_command("issue_statements", f"--period={month:%Y-%m}", stdout=self.stdout)


def past_months(today: datetime.date, count: int) -> list[datetime.date]:
    """The first days of the `count` months before this one, oldest first."""
    months = today.year * 12 + today.month - 1
    return [datetime.date((months - n) // 12, (months - n) % 12 + 1, 1) for n in range(count, 0, -1)]
