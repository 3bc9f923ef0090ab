"""What was done to the workforce, by whom, and the undo of it for 24 hours."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from employers.workforce import actions, queries
from employers.workforce.models import Operation, What
from employers.workforce.views import may_change
from portals.access.entry import account_of, grant_of
from privacy.audit import record

PAGE_SIZE = 25
SHOWN = 50
"""Employees of one operation on its page; the list of employees shows all of them."""


@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """The operations of the company, the latest first."""
    company_id = grant_of(request).tenant_id
    mark = request.GET.get("avant", "")
    before = int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 19 else None
    found = list(queries.operations_of(company_id, before=before)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    record("workforce.operations_listed", by=account_of(request), object_kind="company", object_id=company_id)
    more = f"{reverse('employers:employee_operations')}?avant={shown[-1].pk}" if len(found) > PAGE_SIZE else ""
    context = {"operations": shown, "older": more, "now": timezone.now()}
    return render(request, "employers/workforce/operations.html", context)


@require_safe
def operation(request: HttpRequest, operation_id: int) -> HttpResponse:
    """One operation: to whom it was done, what happens next, and until when it may be undone."""
    found = _operation_or_404(request, operation_id)
    items = list(found.items.select_related("affiliation").order_by("affiliation__search_name", "pk")[: SHOWN + 1])
    record("workforce.operation_consulted", by=account_of(request), object_kind="operation", object_id=found.pk)
    context = {
        "operation": found,
        "items": items[:SHOWN],
        "has_more": len(items) > SHOWN,
        "may_undo": may_change(request) and not found.is_undone and timezone.now() <= found.undoable_until,
        "has_affiliated": any(item.what == What.AFFILIATED for item in items),
        "starts": sorted({item.affiliation.start_date for item in items}),
        "today": timezone.localdate(),
    }
    return render(request, "employers/workforce/operation.html", context)


@require_POST
def operation_undo(request: HttpRequest, operation_id: int) -> HttpResponse:
    """Put everything back, as a whole."""
    found = _operation_or_404(request, operation_id)
    try:
        actions.undo(by=account_of(request), operation=found)
    except actions.UndoTooLate:
        messages.warning(request, "Cette opération ne s’annule plus\u00a0: écrivez-nous pour la corriger.")
    except actions.ChangedSince:
        messages.warning(request, "Une opération plus récente concerne l’un de ces salariés\u00a0: annulez-la d’abord.")
    except actions.UsedSince:
        messages.warning(
            request, "Des soins ont déjà été remboursés\u00a0: écrivez-nous pour corriger cette affiliation."
        )
    else:
        messages.success(request, "L’opération est annulée\u00a0: tout est comme avant.")
    return redirect("employers:employee_operation", found.pk)


def _operation_or_404(request: HttpRequest, operation_id: int) -> Operation:
    found = queries.operation_of(grant_of(request).tenant_id, operation_id)
    if found is None:
        raise Http404
    return found
