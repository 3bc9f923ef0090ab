"""Affiliating one employee (CGU-3.16): the contract, the person, what will happen, then the act. Kept at each step."""

import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from employers.companies.models import GroupContract
from employers.workforce import actions, drafts, queries
from employers.workforce.forms import ContractForm, EmployeeForm, as_initial, as_text, employee_from
from employers.workforce.models import Operation, Source
from employers.workforce.rules import (
    NewEmployee,
    Problem,
    is_retroactive,
    problems_of,
    problems_of_start,
    read_nir,
)
from employers.workforce.views import may_change
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.presentation.formats import NBSP
from privacy.audit import record

FIRST, SECOND, THIRD = "employers:employee_new", "employers:employee_new_person", "employers:employee_new_check"
AFFILIATIONS_A_DAY = limits.Limit("employee affiliations", 500, 86_400)


@require_http_methods(["GET", "HEAD", "POST"])
def employee_new(request: HttpRequest) -> HttpResponse:
    """First step: the contract, the population, the first day."""
    if not may_change(request):
        return redirect("employers:employees")
    company_id, today = grant_of(request).tenant_id, timezone.localdate()
    contracts = queries.open_contracts(company_id, today)
    draft = drafts.draft_of(account_of(request), company_id)
    initial = as_initial(drafts.answers_of(draft))
    form = ContractForm(request.POST or None, contracts=contracts, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        drafts.keep(by=account_of(request), company_id=company_id, answers=as_text(form.cleaned_data))
        chosen = next(contract for contract in contracts if str(contract.pk) == form.cleaned_data["contract"])
        start = form.cleaned_data["start_date"]
        for problem in problems_of_start(queries.facts_of(chosen), start_date=start, today=today):
            form.add_error(problem.field, problem.message)
        if form.is_valid():
            return redirect(SECOND)
    context = {
        "form": form, "contracts": contracts, "draft": draft, "populations": queries.populations_of(company_id),
    }  # fmt: skip
    return render(request, "employers/workforce/new.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def employee_new_person(request: HttpRequest) -> HttpResponse:
    """Second step: who. What does not hold is said here, before anything is written."""
    company_id = grant_of(request).tenant_id
    draft = drafts.draft_of(account_of(request), company_id)
    answers = drafts.answers_of(draft)
    contract = _contract(company_id, answers)
    if not may_change(request) or contract is None:
        return redirect(FIRST)
    form = EmployeeForm(request.POST or None, initial=as_initial(answers))
    if request.method == "POST" and form.is_valid():
        told = answers | as_text(form.cleaned_data)
        drafts.keep(by=account_of(request), company_id=company_id, answers=told)
        form.say(_problems(company_id, told))
        if form.is_valid():
            return redirect(THIRD)
    return render(request, "employers/workforce/new_person.html", {"form": form, "contract": contract, "draft": draft})


@require_http_methods(["GET", "HEAD", "POST"])
def employee_new_check(request: HttpRequest) -> HttpResponse:
    """Last step: everything on one page, then the affiliation."""
    company_id, today = grant_of(request).tenant_id, timezone.localdate()
    draft = drafts.draft_of(account_of(request), company_id)
    answers = drafts.answers_of(draft)
    contract, employee = _contract(company_id, answers), employee_from(answers)
    if not may_change(request) or contract is None or employee is None or draft is None:
        return redirect(FIRST)
    problems = _problems(company_id, answers)
    if request.method == "POST" and not problems:
        try:
            limits.count(AFFILIATIONS_A_DAY, str(company_id))
            operation = _affiliated(request, contract, employee, answers)
        except limits.LimitReached as reached:
            return limits.wait_page(request, reached.seconds)
        except actions.Refused as refused:  # somebody else affiliated them in the meantime
            problems = list(refused.problems)
        else:
            drafts.delete(draft)
            messages.success(request, f"{employee.given_names} {employee.family_name}{NBSP}: affiliation enregistrée.")
            return redirect("employers:employee_operation", operation.pk)
    start = _start(answers)
    context = {
        "employee": employee,
        "contract": contract,
        "population": answers.get("population") or contract.population,
        "start": start,
        "is_retroactive": is_retroactive(start, today),
        "is_future": start > today,
        "has_nir": bool(read_nir(employee.nir)),
        "problems": problems,
    }
    return render(request, "employers/workforce/new_check.html", context)


@require_POST
def employee_draft_delete(request: HttpRequest) -> HttpResponse:
    """Forget what was typed."""
    account, company_id = account_of(request), grant_of(request).tenant_id
    draft = drafts.draft_of(account, company_id)
    if draft is not None:
        drafts.delete(draft)
        record("workforce.draft_deleted", by=account, object_kind="company", object_id=company_id)
        messages.success(request, "Le brouillon est effacé.")
    return redirect("employers:employees")


def _contract(company_id: int, answers: dict[str, Any]) -> GroupContract | None:
    """The contract of the first step, while it runs."""
    wanted = answers.get("contract", "")
    contracts = queries.open_contracts(company_id, timezone.localdate())
    return next((contract for contract in contracts if str(contract.pk) == wanted and answers.get("start_date")), None)


def _start(answers: dict[str, str]) -> datetime.date:
    return datetime.date.fromisoformat(answers["start_date"])


def _problems(company_id: int, answers: dict[str, str]) -> list[Problem]:
    contract, employee = _contract(company_id, answers), employee_from(answers)
    if contract is None or employee is None:
        return []
    return problems_of(
        employee,
        queries.facts_of(contract),
        queries.known_of(company_id),
        start_date=_start(answers),
        population=answers.get("population", ""),
    )


@transaction.atomic
def _affiliated(
    request: HttpRequest, contract: GroupContract, employee: NewEmployee, answers: dict[str, str]
) -> Operation:
    account = account_of(request)
    operation = actions.open_operation(by=account, company_id=contract.company_id, source=Source.WIZARD)
    actions.affiliate(
        by=account,
        operation=operation,
        contract=contract,
        employee=employee,
        start_date=_start(answers),
        population=answers.get("population", ""),
    )
    return operation
