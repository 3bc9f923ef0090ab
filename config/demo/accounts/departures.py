"""Two employees of the demo's first company who leave: one with twelve months of portability, one without any."""

import datetime

from django.utils import timezone

from config.demo.accounts.parts import companies
from employers.terminations.actions import terminate
from employers.terminations.words import Reason
from employers.workforce.actions import open_operation
from employers.workforce.models import Affiliation, Source
from portals.accounts.models import Account

DAYS_AGO = 20
FOURTEEN_MONTHS = datetime.timedelta(days=425)


def write_departures(account: Account, _agent: Account) -> None:
    """In the system's context. Employees who came long before, so that no other page of the demo counts on them."""
    company, today = companies()[0], timezone.localdate()
    there = Affiliation.objects.filter(
        company=company, end_date=None, start_date__lt=today - FOURTEEN_MONTHS, policy__end_date=None
    )
    leaving = list(there.select_related("contract", "company").order_by("-pk")[:2])
    told = [
        (Reason.AGREEMENT, today - datetime.timedelta(days=DAYS_AGO)),
        (Reason.RESIGNATION, today + datetime.timedelta(days=DAYS_AGO)),
    ]
    for affiliation, (reason, last_day) in zip(leaving, told, strict=False):
        operation = open_operation(by=account, company_id=company.pk, source=Source.WIZARD)
        terminate(
            by=account,
            operation=operation,
            affiliation=affiliation,
            reason=reason,
            last_day=last_day,
            employed_since=last_day - FOURTEEN_MONTHS,
        )
