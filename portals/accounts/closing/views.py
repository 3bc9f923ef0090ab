"""« Supprimer mon compte »: what it changes, the request, its cancellation (CGU-7.7)."""

from contextlib import suppress

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portals.access.entry import account_of
from portals.accounts.closing.actions import DeletionAlreadyAsked, cancel_deletion, request_deletion
from portals.accounts.closing.forms import DeletionForm
from portals.accounts.closing.queries import companies_left_behind, delegates_left_behind, standing_of
from portals.accounts.models import Space
from portals.accounts.security.step_up import step_up_required


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def account_delete(request: HttpRequest) -> HttpResponse:
    """At any time, suspended or expired as well: consequences first, then a box and a button. Staff leave otherwise."""
    account = account_of(request)
    if account.space == Space.STAFF:
        raise Http404
    deletion = standing_of(account)
    if deletion is not None:
        return render(request, "portals/closing/planned.html", {"deletion": deletion})
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with suppress(DeletionAlreadyAsked):  # twice the same click: the page says what is planned
            request_deletion(by=account)
        return redirect("portals:account_delete")
    context = {
        "form": form,
        "account": account,
        "left_behind": companies_left_behind(account),
        "delegates": delegates_left_behind(account),
    }
    return render(request, "portals/closing/delete.html", context)


@require_POST
def account_delete_cancel(request: HttpRequest) -> HttpResponse:
    """Without another proof of identity: it only keeps things as they are."""
    if cancel_deletion(by=account_of(request)):
        messages.success(request, "La suppression est annulée\u00a0: votre compte reste comme il est.")
    return redirect("portals:account")
