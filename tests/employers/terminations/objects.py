"""Departures, as tests need them."""

import datetime
from typing import Any

from django.utils import timezone

from employers.companies.models import Company
from employers.terminations import actions
from employers.terminations.models import EmployeeTermination
from employers.terminations.words import Reason
from employers.workforce.models import Affiliation
from portals.access import isolation
from portals.accounts.models import Space
from tests.employers.workforce.objects import affiliated, operation_of


def employee_of(company: Company) -> Affiliation:
    """Somebody who was affiliated on the first day of this month."""
    return affiliated(company)


def left(affiliation: Affiliation, **fields: Any) -> EmployeeTermination:
    """Their contract ends at the end of this month, after fourteen months, with a negotiated departure."""
    day = timezone.localdate()
    last_day = (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1) - datetime.timedelta(days=1)
    chosen = {
        "reason": Reason.AGREEMENT, "last_day": last_day, "employed_since": last_day - datetime.timedelta(days=425), **fields
    }  # fmt: skip
    with isolation.tenant(Space.EMPLOYER, affiliation.company_id):
        operation = operation_of(Company.objects.get(pk=affiliation.company_id))
        return actions.terminate(by=operation.by, operation=operation, affiliation=affiliation, **chosen)
