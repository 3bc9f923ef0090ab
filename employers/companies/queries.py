"""Reads about companies and their contracts, in the company's own context."""

import datetime

from django.db.models import Q, QuerySet

from employers.companies.models import GroupContract
from portals.accounts.rules import Access, access_given_by


def running_on(contracts: QuerySet[GroupContract], day: datetime.date) -> QuerySet[GroupContract]:
    """Those of the contracts in force on a day."""
    return contracts.filter(Q(end_date=None) | Q(end_date__gte=day), start_date__lte=day)


def running_contracts(company_id: int, day: datetime.date) -> QuerySet[GroupContract]:
    """The contracts of a company in force on a day, with their plans, oldest first."""
    contracts = GroupContract.objects.filter(company=company_id).select_related("plan")
    return running_on(contracts, day).order_by("start_date", "contract_number")


def access_of(company_id: int, today: datetime.date) -> Access:
    """What the contracts of a company that have begun give to those who act for it (CGU-7.3, 7.4)."""
    begun = GroupContract.objects.filter(company=company_id, start_date__lte=today)
    return access_given_by(list(begun.values_list("end_date", flat=True)), today)
