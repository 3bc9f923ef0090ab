"""The technical accounts of a company (PDP-3.3): the years that are published, one year, and its PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from employers.companies.models import Company
from employers.technical import documents, queries
from employers.technical.rules import DETAILED_FROM
from employers.technical.showing import ShownAccount, shown
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.anonymity.parts import LEAST
from portals.documents.actions import as_attachment
from privacy.audit import record

PRINTS_BY_ACCOUNT = limits.Limit("technical account prints", 30, 3600)
"""Laying out pages of tables takes some tenths of a second of a processor."""
THRESHOLDS = {"least": LEAST, "detailed_from": DETAILED_FROM}


@require_safe
def technical_accounts(request: HttpRequest) -> HttpResponse:
    """The years, and how the accounts are drawn up."""
    company_id = grant_of(request).tenant_id
    years = queries.published_years(company_id)
    record("technical_accounts.listed", by=account_of(request), object_kind="company", object_id=company_id)
    return render(request, "employers/technical/list.html", {"years": years, **THRESHOLDS})


@require_safe
def technical_account(request: HttpRequest, year: int) -> HttpResponse:
    """One year, contract by contract. A draft is as unknown as a year that never was."""
    accounts = _published(request, year)
    record("technical_account.consulted", by=account_of(request), object_kind="year", object_id=year)
    years = queries.published_years(grant_of(request).tenant_id)
    context = {"year": year, "years": years, "accounts": accounts, **THRESHOLDS}
    return render(request, "employers/technical/year.html", context)


@require_safe
def technical_account_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The same year as a PDF that anybody can check."""
    account = account_of(request)
    accounts = _published(request, year)
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    company = get_object_or_404(Company, pk=grant_of(request).tenant_id)
    record("technical_account.downloaded", by=account, object_kind="year", object_id=year)
    content = documents.year_pdf(year, accounts, company, by=account)
    return as_attachment(HttpResponse(content, content_type="application/pdf"), f"Comptes techniques {year}.pdf")


def _published(request: HttpRequest, year: int) -> list[ShownAccount]:
    accounts = shown(queries.accounts_of(grant_of(request).tenant_id, year))
    if not accounts:
        raise Http404
    return accounts
