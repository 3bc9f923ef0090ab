"""The home of the employer space: the company and its running contracts."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.companies.models import Company
from employers.companies.queries import running_contracts
from portals.access.models import Grant
from portals.accounts.models import Account
from privacy import audit


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    grant: Grant | None = request.grant  # type: ignore[attr-defined]  # set by IsolationMiddleware
    if grant is None or not isinstance(request.user, Account):
        raise PermissionDenied
    company_id = grant.tenant_id
    company = get_object_or_404(Company, pk=company_id)
    contracts = list(running_contracts(company_id, timezone.localdate()))
    audit.record("company.viewed", by=request.user, object_kind="company", object_id=company_id)
    return render(request, "employers/companies/home.html", {"company": company, "contracts": contracts})
