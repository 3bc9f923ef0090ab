"""The persons covered, and the requests: where each stands, its dated copy, taking it back."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members.beneficiaries import actions
from members.beneficiaries.documents import copy_pdf
from members.beneficiaries.entering import desk_of, request_of
from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.queries import Standing, all_rules, may_add, requests_of, standings_of
from members.beneficiaries.telling import title_of, told
from members.beneficiaries.words import State
from portals.access.entry import account_of
from portals.accounts import limits
from portals.documents.actions import as_attachment
from privacy.audit import record

PRINTS_BY_ACCOUNT = limits.Limit("beneficiary prints", 30, 3600)


@require_safe
def beneficiaries(request: HttpRequest) -> HttpResponse:
    """Who is covered and until when, and what was asked (CGU-3.9, 3.10)."""
    desk, account = desk_of(request), account_of(request)
    standings = standings_of(desk.viewpoint, desk.rules)
    rows = list(requests_of(desk.viewpoint, account)[:20])
    record("beneficiaries.listed", by=account, object_kind="person", object_id=desk.viewpoint.viewer.id)
    context = {
        "viewpoint": desk.viewpoint,
        "covered": [standing for standing in standings if standing.is_covered],
        "past": [standing for standing in standings if not standing.is_covered and standing.cover],
        "nearest": _nearest(standings),
        "may_add": may_add(desk.viewpoint) and desk.policy is not None,
        "drafts": [(row, title_of(row)) for row in rows if row.state == State.DRAFT],
        "requests": [(row, title_of(row)) for row in rows if row.state != State.DRAFT],
    }
    return render(request, "members/beneficiaries/list.html", context)


@require_safe
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: its state, its story, the day of the answer."""
    row = request_of(request, request_id)
    if row.state == State.DRAFT:
        return redirect("members:beneficiaries_proofs", request_id=row.pk)
    _record("beneficiaries.request_consulted", request, row)
    context = {
        "row": row,
        "told": told(row, all_rules()),
        "steps": list(row.steps.order_by("id")),
        "uploads": list(row.proofs.order_by("id")),
        "is_late": row.due_on is not None and row.due_on < timezone.localdate(),
    }
    return render(request, "members/beneficiaries/request.html", context)


@never_cache
@require_safe
def copy(request: HttpRequest, request_id: int) -> HttpResponse:
    """The dated copy of what was sent."""
    row = request_of(request, request_id)
    if row.state == State.DRAFT:
        raise Http404
    try:
        limits.count(PRINTS_BY_ACCOUNT, str(account_of(request).pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    _record("beneficiaries.printed", request, row)
    response = HttpResponse(copy_pdf(row), content_type="application/pdf")
    return as_attachment(response, f"demande-{row.number}.pdf")


@require_POST
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """Take back a request before it is decided, or give up a draft."""
    row = request_of(request, request_id)
    was_draft = row.state == State.DRAFT
    try:
        actions.withdraw(by=account_of(request), request=row)
    except actions.NotAsked:
        messages.error(request, "Cette demande est déjà décidée\u00a0: elle ne peut plus être retirée.")
        return redirect("members:beneficiaries_request", request_id=row.pk)
    if was_draft:
        messages.success(request, "Brouillon effacé, documents compris.")
        return redirect("members:beneficiaries")
    messages.success(request, f"Demande {row.number} retirée\u00a0: rien n’a changé.")
    return redirect("members:beneficiaries_request", request_id=row.pk)


def _nearest(standings: list[Standing]) -> Standing | None:
    """The child whose announced limit comes first."""
    announced = [standing for standing in standings if standing.notice and standing.is_covered]
    return min(announced, key=lambda standing: standing.last_day or datetime.date.max, default=None)


def _record(action: str, request: HttpRequest, row: BeneficiaryRequest) -> None:
    record(action, by=account_of(request), object_kind="beneficiary_request", object_id=row.pk)
