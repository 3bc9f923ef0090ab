"""Reads of published accounts, in the company's own context. They read frozen rows and nothing of anybody's care."""

from employers.technical.models import TechnicalAccount


def published_years(company_id: int) -> list[int]:
    """The years whose accounts are published, latest first."""
    accounts = TechnicalAccount.objects.filter(company=company_id, published_at__isnull=False)
    return list(accounts.order_by("-year").values_list("year", flat=True).distinct())


def accounts_of(company_id: int, year: int) -> list[TechnicalAccount]:
    """The published accounts of a year, by contract number, with their contracts and lines. Two queries."""
    accounts = TechnicalAccount.objects.filter(company=company_id, year=year, published_at__isnull=False)
    ordered = accounts.select_related("contract").order_by("contract__contract_number")
    return list(ordered.prefetch_related("lines"))
