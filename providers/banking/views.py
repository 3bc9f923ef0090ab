"""The account that payments arrive on: seen, changed after 48 hours, kept after all. Only the professional comes here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.closed import read_only
from portals.access.entry import account_of, grant_of
from portals.accounts import limits
from portals.accounts.security.step_up import kept_fields, step_up_required
from portals.banking.actions import NotPending, SameAccount, TooManyChanges, ask_change, cancel_change
from portals.banking.models import Why
from portals.banking.queries import current_account, history_of, pending_change
from privacy.audit import record
from providers.banking.forms import AccountForm

HISTORY_SHOWN = 12


@require_safe
def bank_details(request: HttpRequest) -> HttpResponse:
    """What we pay on, what waits, what changed."""
    grant = grant_of(request)
    changes = list(history_of(grant.space, grant.subject_id)[:HISTORY_SHOWN])
    record("bank.consulted", by=account_of(request), object_kind="professional", object_id=grant.tenant_id)
    context = {
        "account": current_account(grant.space, grant.subject_id),
        "pending": next((row for row in changes if row.is_pending), None),
        "changes": [row for row in changes if not row.is_pending],
        "is_read_only": grant.is_read_only(timezone.localdate()),
    }
    return render(request, "providers/banking/page.html", context)


@sensitive_post_parameters("iban")
@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required(fills_form=True)
def bank_change(request: HttpRequest) -> HttpResponse:
    """Ask for another account: it is in force 48 hours later, unless it is cancelled."""
    grant = grant_of(request)
    if grant.is_read_only(timezone.localdate()):
        return read_only(request, grant)
    form = AccountForm(request.POST or kept_fields(request) or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_change(by=account_of(request), grant=grant, iban=form.cleaned_data["iban"])
        except SameAccount:
            form.add_error("iban", "C’est le compte que nous avons déjà\u00a0: il n’y a rien à changer.")
        except TooManyChanges:
            return limits.wait_page(request, 24 * 3600)
        else:
            messages.success(
                request, "C’est noté\u00a0: le nouveau compte servira dans 48\u00a0heures. Un e-mail vous le confirme."
            )
            return redirect("providers:bank_details")
    context = {
        "form": form,
        "account": current_account(grant.space, grant.subject_id),
        "pending": pending_change(grant.space, grant.subject_id),
    }
    return render(request, "providers/banking/change.html", context)


@require_POST
@step_up_required
def bank_change_cancel(request: HttpRequest) -> HttpResponse:
    """Keep the account in force."""
    grant = grant_of(request)
    pending = pending_change(grant.space, grant.subject_id)
    if pending is not None:
        try:
            cancel_change(by=account_of(request), change_id=pending.pk, why=Why.OWNER)
        except NotPending:
            return redirect("providers:bank_details")
        messages.success(request, "Le changement est annulé\u00a0: le compte reste le même.")
    return redirect("providers:bank_details")
