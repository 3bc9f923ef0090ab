"""The home of the employer space: what is to pay, the company and its running contracts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.companies.models import Company
from employers.companies.queries import running_contracts
from employers.contributions.waiting import slips_due
from portals.access.entry import account_of, grant_of
from privacy import audit


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    grant = grant_of(request)
    company_id = grant.tenant_id
    company = get_object_or_404(Company, pk=company_id)
    contracts = list(running_contracts(company_id, timezone.localdate()))
    audit.record("company.viewed", by=account_of(request), object_kind="company", object_id=company_id)
    context = {"company": company, "contracts": contracts, "slips_due": slips_due(grant, timezone.localdate())}
    return render(request, "employers/companies/home.html", context)
