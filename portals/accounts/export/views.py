"""« Tout télécharger »: the request, its wait, the archive."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portals.access import closed
from portals.access.entry import account_of, entry_of
from portals.accounts.export.actions import ExportTooSoon, ask_export
from portals.accounts.export.models import ExportState
from portals.accounts.export.queries import latest_of, ready_of
from portals.accounts.export.rules import next_request
from portals.accounts.models import Account, Space
from portals.accounts.security.step_up import step_up_required
from portals.documents.actions import download
from portals.signals import announce

FILENAME = "Mes documents et mes données.zip"


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def export(request: HttpRequest) -> HttpResponse:
    """Open to the suspended, the expired and whoever refuses the terms; until the end of a closing space's window."""
    account = _holder(request)
    closing = entry_of(request).closing
    if closing is not None and closing.stops(timezone.now(), may_remain=True):
        return closed.withdrawn(request, closing)
    if request.method == "POST":
        return _ask(request, account)
    return _page(request, account)


@require_safe
@step_up_required
def export_archive(request: HttpRequest) -> HttpResponseBase:
    """The archive that is ready; the page that says how to get one when none is."""
    account = _holder(request)
    ready = ready_of(account)
    if ready is None or ready.file is None:
        return redirect("portals:export")
    announce("account.export_downloaded", by=account, object_kind="export", object_id=ready.pk)
    return download(ready.file, FILENAME)


def _holder(request: HttpRequest) -> Account:
    """Whoever holds an account of a space; the staff have nothing of their own here."""
    account = account_of(request)
    if account.space == Space.STAFF:
        raise Http404
    return account


def _ask(request: HttpRequest, account: Account) -> HttpResponse:
    try:
        ask_export(by=account)
    except ExportTooSoon:
        return _page(request, account, status=429)
    return redirect("portals:export")


def _page(request: HttpRequest, account: Account, *, status: int = 200) -> HttpResponse:
    latest = latest_of(account)
    now = timezone.now()
    next_at = next_request(latest.requested_at if latest else None, now)
    context = {
        "ready": ready_of(account),
        "waiting": latest if latest and latest.state == ExportState.ASKED else None,
        "next_at": next_at,
        "account": account,
    }
    response = render(request, "portals/export/export.html", context, status=status)
    if status == 429 and next_at is not None:
        response["Retry-After"] = str(max(1, int((next_at - now).total_seconds())))
    return response
