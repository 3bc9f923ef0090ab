"""The home of the employer space: what is to do and to pay, who is there, the company and its running contracts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.companies.models import Company
from employers.companies.queries import running_contracts
from employers.companies.tasks import tasks_of
from employers.contributions.waiting import slips_due
from employers.workforce.showing import headcount_of
from portals.access.entry import account_of, grant_of
from privacy import audit


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    grant = grant_of(request)
    company_id = grant.tenant_id
    company = get_object_or_404(Company, pk=company_id)
    contracts = list(running_contracts(company_id, timezone.localdate()))
    audit.record("company.viewed", by=account_of(request), object_kind="company", object_id=company_id)
    today = timezone.localdate()
    context = {
        "company": company,
        "contracts": contracts,
        "slips_due": slips_due(grant, today),
        "tasks": [(task, task.days_left(today)) for task in tasks_of(grant, account_of(request), today)],
        "headcount": headcount_of(grant, today),
    }
    return render(request, "employers/companies/home.html", context)
