"""« Tout télécharger »: the request, its progress, the link that serves once, and what is sent to a third party."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access import closed
from portals.access.entry import account_of, entry_of
from portals.accounts.export import transfers
from portals.accounts.export.actions import ExportTooSoon, ask_export
from portals.accounts.export.links import LinkOver, NothingReady, give_link, take
from portals.accounts.export.models import ExportState
from portals.accounts.export.progress import progress_of
from portals.accounts.export.queries import latest_of, ready_of
from portals.accounts.export.recipients import recipients
from portals.accounts.export.rules import next_request
from portals.accounts.models import Account, Space
from portals.accounts.security.step_up import step_up_required
from portals.documents.actions import download

FILENAME = "Mes documents et mes données.zip"
GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def export(request: HttpRequest) -> HttpResponse:
    """Open to the suspended, the expired and whoever refuses the terms; until the end of a closing space's window."""
    account = _holder(request)
    closing = entry_of(request).closing
    if closing is not None and closing.stops(timezone.now(), may_remain=True):
        return closed.withdrawn(request, closing)
    if request.method != "POST":
        return _page(request, account)
    try:
        ask_export(by=account)
    except ExportTooSoon:
        return _page(request, account, status=429)
    return redirect("portals:export")


@require_POST
@step_up_required
def export_link(request: HttpRequest) -> HttpResponse:
    """The link to the archive, shown this once: its secret is not kept."""
    account = _holder(request)
    try:
        given = give_link(by=account)
    except NothingReady:
        return redirect("portals:export")
    return render(request, "portals/export/link.html", {"link": given.link, "secret": given.secret})


@require_safe
def export_archive(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The archive, the first time that its holder follows the link; then a page that says how to get another one."""
    account = _holder(request)
    if request.method == "HEAD":  # whoever only looks takes nothing
        return HttpResponse()
    try:
        ready = take(by=account, secret=secret)
    except LinkOver:
        return render(request, "portals/export/link_over.html", {"ready": ready_of(account)}, status=GONE)
    if ready.file is None:
        raise Http404
    return download(ready.file, FILENAME)


@require_POST
@step_up_required
def export_transfer(request: HttpRequest) -> HttpResponse:
    """Have portable data sent to a third party."""
    account = _holder(request)
    try:
        transfers.ask_transfer(by=account, recipient=request.POST.get("recipient", ""))
    except transfers.UnknownRecipient:
        return _page(request, account, status=400, error="Choisissez un destinataire de la liste.")
    except transfers.TransferTooSoon:
        return _page(request, account, status=429, error="Un seul envoi par jour à un même destinataire.")
    return redirect("portals:export")


def _holder(request: HttpRequest) -> Account:
    """Whoever holds an account of a space; the staff have nothing of their own here."""
    account = account_of(request)
    if account.space == Space.STAFF:
        raise Http404
    return account


def _page(request: HttpRequest, account: Account, *, status: int = 200, error: str = "") -> HttpResponse:
    latest = latest_of(account)
    now = timezone.now()
    next_at = next_request(latest.requested_at if latest else None, now)
    waiting = latest if latest and latest.state == ExportState.ASKED else None
    context: dict[str, Any] = {
        "ready": ready_of(account),
        "waiting": waiting,
        "progress": progress_of(waiting.pk) if waiting else 0,
        "next_at": next_at,
        "account": account,
        "recipients": recipients().values(),
        "transfers": transfers.transfers_of(account)[:5],
        "error": error,
    }
    response = render(request, "portals/export/export.html", context, status=status)
    if status == 429:
        response["Retry-After"] = (
            str(max(1, int((next_at - now).total_seconds()))) if next_at and not error else "86400"
        )
    return response
