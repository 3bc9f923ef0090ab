"""« Mon historique »: the list, one entry, its proof and its evidence. All of it is the account's own."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portals.access.entry import account_of
from portals.accounts import limits
from portals.accounts.models import Account
from portals.documents.actions import as_attachment
from privacy.audit import record
from privacy.audit.kinds import WORDS, OperationKind
from privacy.audit.models import Entry
from privacy.audit.proofs import NotSealed, is_sealed, proof_of
from privacy.history.documents import evidence_name, evidence_pdf, proof_name
from privacy.history.forms import MONTH, HistoryForm, month_asked
from privacy.history.queries import cursor_asked, own_entries, own_entry, page_after
from privacy.history.telling import facts_of, told

EVIDENCE_BY_ACCOUNT = limits.Limit("journal evidence", 30, 3600)
"""Each PDF costs a second."""


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """The operations of a month, newest first, 25 to a page (CGU-3.26)."""
    account = account_of(request)
    since = timezone.localdate(account.created_at)
    month = month_asked(request.GET.get("mois", ""), since=since, today=timezone.localdate())
    kind = _kind_asked(request.GET.get("genre", ""))
    cursor = cursor_asked(request.GET.get("avant", ""))
    entries, following = page_after(own_entries(account.pk, month, kind), cursor)
    record("history.listed", by=account, object_kind="account", object_id=account.pk, details={"entries": len(entries)})
    asked = {"mois": month.strftime(MONTH), "genre": kind.value if kind else ""}
    context = {
        "form": HistoryForm(initial=asked, since=since, chosen=month),
        "month": month,
        "kind": WORDS[kind].lower() if kind else "",
        "lines": [told(entry) for entry in entries],
        "newest": _address(asked) if cursor else "",
        "older": _address(asked | {"avant": str(following)}) if following else "",
        "is_first": cursor is None,
    }
    return render(request, "privacy/history/list.html", context)


@require_safe
def history_entry(request: HttpRequest, year: int, month: int, number: int) -> HttpResponse:
    """One operation, with all that its entry holds."""
    account, entry = _own(request, year, month, number)
    record("history.consulted", by=account, object_kind="entry", object_id=entry.pk)
    context = {"told": told(entry), "entry": entry, "facts": facts_of(entry), "is_sealed": is_sealed(entry)}
    return render(request, "privacy/history/entry.html", context)


@require_safe
def history_proof(request: HttpRequest, year: int, month: int, number: int) -> HttpResponse:
    """The proof, checked offline with `docs/verify.md`; 404 for an entry that waits for its seal."""
    account, entry = _own(request, year, month, number)
    try:
        text = str(proof_of(entry))
    except NotSealed as error:
        raise Http404 from error
    record("history.proof_downloaded", by=account, object_kind="entry", object_id=entry.pk)
    return as_attachment(HttpResponse(text, content_type="text/plain; charset=utf-8"), proof_name(entry))


@require_safe
def history_evidence(request: HttpRequest, year: int, month: int, number: int) -> HttpResponse:
    """The same as a PDF for a person or a court; 404 for an entry that waits for its seal."""
    account, entry = _own(request, year, month, number)
    try:
        limits.count(EVIDENCE_BY_ACCOUNT, str(account.pk))
        content = evidence_pdf(entry, by=account)
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    except NotSealed as error:
        raise Http404 from error
    record("history.evidence_downloaded", by=account, object_kind="entry", object_id=entry.pk)
    return as_attachment(HttpResponse(content, content_type="application/pdf"), evidence_name(entry))


def _own(request: HttpRequest, year: int, month: int, number: int) -> tuple[Account, Entry]:
    """The entry, if it is the account's. Somebody else's is as unknown as one that never was."""
    account = account_of(request)
    try:
        first = datetime.date(year, month, 1)
        entry = own_entry(account.pk, first, number)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if entry is None:
        raise Http404
    return account, entry


def _kind_asked(text: str) -> OperationKind | None:
    return OperationKind(text) if text in OperationKind else None


def _address(asked: dict[str, str]) -> str:
    return f"{reverse('privacy:history')}?{urlencode({name: value for name, value in asked.items() if value})}"
