"""Files as whoever works on them sees them, and their covers for the data protection officer."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of
from portals.accounts.fraud.models import FraudReport
from portals.documents.actions import as_attachment
from portals.documents.quarantine import AlreadyDecided
from portals.documents.uploads import InQuarantine
from portals.gestion.model_admin import OwnPage
from portals.gestion.permissions import with_right
from privacy.audit.models import Entry
from privacy.breaches.models import Incident
from privacy.investigations import evidence, forms, holding
from privacy.investigations.actions import add_subject, open_case
from privacy.investigations.acts import ACTS, CHANGE, REFUSALS
from privacy.investigations.base import LISTED, WalledAdmin, attempt, page_of
from privacy.investigations.bundle import bundle_of
from privacy.investigations.finding import find
from privacy.investigations.measures import MEASURES, accounts_in, take
from privacy.investigations.models import Exhibit, Investigation, Kind, Origin, State
from privacy.investigations.sealing import label_of, name_of, reference_of, words_of
from privacy.investigations.timeline import KIND
from privacy.investigations.walls import FRAUD, kinds_of, walled

ADD = "privacy.add_investigation"
LOOKS_SHOWN = 50


@admin.register(Investigation)
class InvestigationAdmin(WalledAdmin):
    """Each sees the files of their own wall; oversight sees covers."""

    list_display = ("reference", "kind", "state", "origin", "opened_at", "purge_on")
    list_filter = ("kind", "state", "origin")
    search_fields = ("reference__exact",)
    search_help_text = "Le numéro du dossier"
    ordering = ("-opened_at", "-id")
    tools = (("Ouvrir un dossier", "admin:privacy_investigation_open", ADD),)

    def note_look(self, request: HttpRequest, action: str, **told: Any) -> None:
        super().note_look(request, "investigation.listed" if action == LISTED else "investigation.consulted", **told)

    def own_pages(self) -> list[OwnPage]:
        at = "<int:row_id>/"
        return [
            ("ouvrir/", open_page, "privacy_investigation_open"),
            (f"{at}mesure/<slug:code>/", measure_page, "privacy_investigation_measure"),
            (f"{at}piece/<int:number>/", exhibit_page, "privacy_investigation_exhibit"),
            (f"{at}piece/<int:number>/<slug:step>/", exhibit_step, "privacy_investigation_exhibit_step"),
            (f"{at}remettre/", bundle_page, "privacy_investigation_bundle"),
            *((f"{at}{act.address}", page_of(act, Investigation, REFUSALS), act.name) for act in ACTS),
        ]

    def page(self, request: HttpRequest, row: Investigation) -> HttpResponse:
        by = account_of(request)
        if row.kind not in kinds_of(by):
            return TemplateResponse(request, "admin/privacy/investigation/cover.html", _cover(row))
        is_open = row.state == State.OPEN
        context = {
            **_cover(row),
            "subjects": [(one, name_of(one)) for one in row.subjects.order_by("pk")],
            "exhibits": [(one, label_of(one)) for one in row.exhibits.select_related("upload").order_by("number")],
            "declarations": [(one, reference_of(one)) for one in row.declarations.order_by("pk")],
            "flags": row.flags.order_by("pk") if row.kind == Kind.FINANCIAL_CRIME else (),
            "steps": [(one, words_of(one)) for one in row.steps.select_related("by", "case").order_by("at", "pk")],
            "acts": [act for act in ACTS if by.has_perm(act.permission) and act.fits(row)],
            "measures": MEASURES.values() if is_open and row.kind == Kind.FRAUD else (),
            "accounts": accounts_in(row),
            "may_export": row.state != State.PURGED,
        }
        return TemplateResponse(request, "admin/privacy/investigation/page.html", context)


def _cover(row: Investigation) -> dict[str, Any]:
    """What may be shown to oversight too: the holds, the clocks, and who opened the file."""
    looks = Entry.objects.filter(object_kind=KIND, object_id=str(row.pk), action="investigation.consulted")
    return {
        "title": row.reference,
        "case": row,
        "holds": [(one, holding.stands(one)) for one in holding.holds_of(row)],
        "looks": looks.order_by("-at")[:LOOKS_SHOWN],
        "today": timezone.localdate(),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@walled
def open_page(request: HttpRequest) -> HttpResponseBase:
    """A new file; from a fraud report or an incident, the account in question enters it at once."""
    by = with_right(request, ADD)
    sent = request.POST if request.method == "POST" else None
    asked = {"origin": request.GET.get("origine", ""), "origin_reference": request.GET.get("numero", "")}
    form = forms.OpenForm(sent, kinds=kinds_of(by), initial=asked)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        case = open_case(
            by=by, kind=Kind(said["kind"]), origin=Origin(said["origin"]), facts=said["facts"],
            origin_reference=said["origin_reference"],
        )  # fmt: skip
        for identifier in _accounts_of(said["origin"], said["origin_reference"].strip()):
            for found in find(identifier):
                add_subject(by=by, case=case, found=found)
        messages.success(request, f"Le dossier {case.reference} est ouvert.")
        return redirect("admin:privacy_investigation_change", case.pk)
    context = {
        "title": "Ouvrir un dossier", "form": form, "button": "Ouvrir le dossier", "things": "Dossiers d’enquête",
        "act": {
            "sentence": "Ouvrir <b>un dossier</b> d’enquête",
            "explanation": "Seuls ceux qui traitent cette nature de dossier le liront.",
        },
        "list": reverse("admin:privacy_investigation_changelist"),
        "back": reverse("admin:privacy_investigation_changelist"),
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/investigation/act.html", context)


def _accounts_of(origin: str, number: str) -> list[str]:
    """The identifiers of the accounts that a report or an incident designates."""
    from portals.accounts.models import Account

    if origin == Origin.FRAUD_REPORT:
        reports = FraudReport.objects.filter(reference=number, account__isnull=False)
        return list(reports.values_list("account__identifier", flat=True))
    if origin == Origin.INCIDENT:
        suspects = Incident.objects.filter(reference=number).values_list("suspects", flat=True).first() or []
        return list(Account.objects.filter(pk__in=suspects).values_list("identifier", flat=True))
    return []


@require_POST
@walled
def measure_page(request: HttpRequest, row_id: int, code: str) -> HttpResponseBase:
    """One click: a measure against every account of the file."""
    by = with_right(request, FRAUD)
    case = get_object_or_404(Investigation, pk=row_id)
    measure = MEASURES.get(code)
    if measure is None:
        raise Http404
    if attempt(request, None, lambda: take(by=by, case=case, measure=measure), REFUSALS):
        messages.success(request, f"{measure.label}\u00a0: c’est fait.")
    return redirect("admin:privacy_investigation_change", case.pk)


@require_safe
@walled
def exhibit_page(request: HttpRequest, row_id: int, number: int) -> HttpResponseBase:
    """The harmless copy of a piece; 404 while it is in quarantine or once it is discarded."""
    by = with_right(request, CHANGE)
    exhibit = get_object_or_404(Exhibit.objects.select_related("case", "upload__stored"), case=row_id, number=number)
    try:
        return evidence.read(by=by, exhibit=exhibit)
    except InQuarantine as error:
        raise Http404 from error


@require_POST
@walled
def exhibit_step(request: HttpRequest, row_id: int, number: int, step: str) -> HttpResponseBase:
    """`liberer` lets the copy out of quarantine, `ecarter` takes it away."""
    by = with_right(request, CHANGE)
    exhibit = get_object_or_404(Exhibit.objects.select_related("case", "upload"), case=row_id, number=number)
    act = {"liberer": evidence.release, "ecarter": evidence.discard}.get(step)
    if act is None:
        raise Http404
    try:
        act(by=by, exhibit=exhibit)
    except AlreadyDecided:
        messages.error(request, "Cette copie n’est plus en quarantaine.")
    return redirect("admin:privacy_investigation_change", row_id)


@require_http_methods(["GET", "HEAD", "POST"])
@walled
def bundle_page(request: HttpRequest, row_id: int) -> HttpResponseBase:
    """The file for a judge: PDF, pieces as they came, fingerprints, proofs of the journal."""
    by = with_right(request, CHANGE)
    case = get_object_or_404(Investigation, pk=row_id)
    if case.state == State.PURGED:
        raise Http404
    form = forms.BundleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        content = bundle_of(by=by, case=case, **form.cleaned_data)
        return as_attachment(HttpResponse(content, content_type="application/zip"), f"{case.reference}.zip")
    context = {
        "title": "Remettre à la justice", "row": case, "form": form, "button": "Préparer l’archive",
        "things": "Dossiers d’enquête", "list": reverse("admin:privacy_investigation_changelist"),
        "act": {
            "sentence": "Remettre le dossier <b>à la justice</b>",
            "explanation": (
                "Une archive\u00a0: le dossier en PDF, les pièces telles que reçues, leurs empreintes, et les preuves du"
                " journal scellé, qui se vérifient sans nous."
            ),
        },
        "back": reverse("admin:privacy_investigation_change", args=[case.pk]),
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/investigation/act.html", context)
