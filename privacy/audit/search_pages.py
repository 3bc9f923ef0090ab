"""The journal as the DPO searches it, the file of a search, and the proof of an entry."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portals.accounts import limits
from portals.accounts.models import Account
from portals.documents.actions import as_attachment
from portals.gestion.permissions import with_right
from portals.presentation.formats import instant_with_zone
from portals.presentation.spreadsheets import sheet, text_cell
from portals.signals import Concerned, Details
from privacy.audit import record
from privacy.audit.labels import label_of
from privacy.audit.models import Entry
from privacy.audit.proofs import NotSealed, proof_of
from privacy.audit.search_forms import PersonForm, SearchForm, selection
from privacy.history.documents import evidence_name, evidence_pdf, proof_name
from privacy.history.queries import Cursor, cursor_asked, page_after
from privacy.history.telling import thing_of
from privacy.looks.registry import Found, find_persons

VIEW = "privacy.view_entry"
PAGE = 50
MOST_EXPORTED = 50_000
HEADINGS = (
    "Écriture", "Instant", "Opération", "Code", "Compte", "Espace", "Pour qui", "À quel titre", "Objet", "N° d’objet",
    "Résultat", "Référence",
)  # fmt: skip
EXPORTS_BY_ACCOUNT = limits.Limit("journal exports", 30, 3600)


def search_page(request: HttpRequest) -> HttpResponse:
    """The search by GET, with its entries; by POST, the persons who have a name or a number."""
    by = with_right(request, VIEW)
    found = None
    person_form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and person_form.is_valid():
        found = _persons(by, person_form.cleaned_data["qui"])
    form = SearchForm(request.GET)
    entries: list[Entry] = []
    following: Cursor | None = None
    if form.is_valid():
        asked = form.cleaned_data
        entries, following = page_after(selection(asked), cursor_asked(request.GET.get("avant", "")), PAGE)
        concerned = Concerned(frozenset(filter(None, [asked["personne"]])))
        record("journal.searched", by=by, details={"filters": ",".join(form.used)}, concerned=concerned)
    names = dict(Account.objects.filter(pk__in={entry.account_id for entry in entries}).values_list("pk", "identifier"))
    asked_in_address = {name: request.GET[name] for name in form.used}
    context = {
        "title": "Journal des opérations",
        "form": form,
        "person_form": person_form,
        "found": found,
        "rows": [
            (entry, label_of(entry.action), thing_of(entry), names.get(entry.account_id or 0)) for entry in entries
        ],
        "older": f"?{urlencode({**asked_in_address, 'avant': str(following)})}" if following else "",
        "newest": f"?{urlencode(asked_in_address)}" if request.GET.get("avant") else "",
        "export": f"{reverse('admin:privacy_entry_export')}?{urlencode(asked_in_address)}" if entries else "",
    }
    return TemplateResponse(request, "admin/privacy/entry/search.html", context)


def _persons(by: Account, text: str) -> list[Found]:
    """Their names are shown: the search is a look at each of them."""
    found = find_persons(text)
    concerned = Concerned(frozenset(person.id for person in found))
    record("journal.persons_searched", by=by, details={"found": len(found)}, concerned=concerned)
    return found


@require_safe
def export_page(request: HttpRequest) -> HttpResponseBase:
    """The same search as a CSV file, newest first; whoever needs more narrows it."""
    by = with_right(request, VIEW)
    form = SearchForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('admin:privacy_entry_changelist')}?{request.GET.urlencode()}")
    try:
        limits.count(EXPORTS_BY_ACCOUNT, str(by.pk))
    except limits.LimitReached as reached:
        return limits.wait_page(request, reached.seconds)
    asked = form.cleaned_data
    entries = list(selection(asked).order_by("-at", "-id")[:MOST_EXPORTED])
    concerned = Concerned(frozenset(filter(None, [asked["personne"]])))
    told: Details = {"filters": ",".join(form.used), "entries": len(entries)}
    record("journal.exported", by=by, details=told, concerned=concerned)
    content = sheet(HEADINGS, map(_cells, entries))
    return as_attachment(HttpResponse(content, content_type="text/csv; charset=utf-8"), "journal.csv")


def _cells(entry: Entry) -> list[str]:
    told: tuple[Any, ...] = (
        entry.pk, instant_with_zone(entry.at), label_of(entry.action), entry.action, entry.account_id, entry.space,
        entry.subject_id, entry.acting_as, entry.object_kind, entry.object_id, entry.result, entry.reference,
    )  # fmt: skip
    return [text_cell("" if value is None else str(value)) for value in told]


@require_safe
def proof_page(request: HttpRequest, number: int) -> HttpResponse:
    """The proof of an entry; 404 while it waits for its seal."""
    by, entry = with_right(request, VIEW), get_object_or_404(Entry, pk=number)
    try:
        text = str(proof_of(entry))
    except NotSealed as error:
        raise Http404 from error
    record("history.proof_downloaded", by=by, object_kind="entry", object_id=entry.pk)
    return as_attachment(HttpResponse(text, content_type="text/plain; charset=utf-8"), proof_name(entry))


@require_safe
def evidence_page(request: HttpRequest, number: int) -> HttpResponse:
    """The evidence of an entry, as PDF; 404 while it waits for its seal."""
    by, entry = with_right(request, VIEW), get_object_or_404(Entry, pk=number)
    try:
        content = evidence_pdf(entry, by=by)
    except NotSealed as error:
        raise Http404 from error
    record("history.evidence_downloaded", by=by, object_kind="entry", object_id=entry.pk)
    return as_attachment(HttpResponse(content, content_type="application/pdf"), evidence_name(entry))
