"""The log of what is handed to authorities: prepared behind the walls, approved and overseen by the officer (CGU-8.7)."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portals.access.entry import account_of
from portals.documents.actions import as_attachment
from portals.gestion.enclosures import download, end_quarantine
from portals.gestion.model_admin import OwnPage
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.disclosures import actions, documents, forms
from privacy.disclosures.models import Disclosure, Means, State
from privacy.investigations.base import LISTED, Act, Refusals, WalledAdmin, page_of
from privacy.investigations.walls import kinds_of, walled
from privacy.rights.data_classes import labels

VIEW, ADD, CHANGE = "privacy.view_disclosure", "privacy.add_disclosure", "privacy.change_disclosure"
APPROVE = "privacy.approve_disclosure"
REFUSALS: Refusals = {
    actions.NotNow: "Cette communication n’en est plus là\u00a0: rechargez sa page.",
    actions.OwnRequest: "Vous l’avez préparée\u00a0: une autre personne l’approuve.",
    actions.ReasonMissing: "Dites pourquoi.",
}
ACTS = (
    Act(
        name="privacy_disclosure_approve",
        address="approuver/",
        label="Approuver",
        sentence="Approuver <b>cette communication</b>\u202f?",
        explanation="L’autorité est habilitée, le texte existe, et ces données ne dépassent pas ce qu’elle demande.",
        done="La communication est approuvée.",
        permission=APPROVE,
        form=lambda data, _files, _row: forms.ApproveForm(data),
        perform=lambda by, row, form: actions.approve(by=by, disclosure=row, words=form.cleaned_data["words"]),
        fits=lambda row: row.state == State.WAITING,
        is_main=True,
    ),
    Act(
        name="privacy_disclosure_refuse",
        address="refuser/",
        label="Refuser",
        sentence="Pourquoi <b>refuser</b>\u202f?",
        explanation="Rien ne part. Qui l’a préparée lit votre motif.",
        done="La communication est refusée.",
        permission=APPROVE,
        form=lambda data, _files, _row: forms.RefuseForm(data),
        perform=lambda by, row, form: actions.refuse(by=by, disclosure=row, words=form.cleaned_data["words"]),
        fits=lambda row: row.state == State.WAITING,
    ),
    Act(
        name="privacy_disclosure_produce",
        address="produire/",
        label="Produire le fichier",
        sentence="Produire <b>ce qui est demandé</b>, et rien d’autre",
        explanation="Les lignes des seules classes demandées, dans la période, avec leurs empreintes.",
        done="Le fichier est prêt.",
        permission=CHANGE,
        form=lambda data, _files, _row: forms.ProduceForm(data),
        perform=lambda by, row, _form: actions.produce(by=by, disclosure=row),
        fits=lambda row: row.state == State.APPROVED,
        is_main=True,
    ),
    Act(
        name="privacy_disclosure_send",
        address="remettre/",
        label="Noter la remise",
        sentence="Quand et comment a-t-elle été <b>remise</b>\u202f?",
        explanation="La personne le lira dans «\u00a0Mes données\u00a0», sauf secret.",
        done="La remise est notée.",
        permission=CHANGE,
        form=lambda data, _files, _row: forms.HandOverForm(data),
        perform=lambda by, row, form: actions.hand_over(
            by=by, disclosure=row, sent_on=form.cleaned_data["sent_on"], means=Means(form.cleaned_data["means"]),
            receipt=form.cleaned_data["receipt"],
        ),
        fits=lambda row: row.state == State.APPROVED and bool(row.bundle_sha256),
    ),
)  # fmt: skip


@admin.register(Disclosure)
class DisclosureAdmin(WalledAdmin):
    """Every communication that the walls of the account show."""

    list_display = ("reference", "authority_name", "ground", "state", "received_on", "sent_on", "is_secret")
    list_filter = ("state", "authority", "kind", "is_secret")
    search_fields = ("reference__exact", "ground_reference__exact")
    search_help_text = "Le numéro, ou la référence de l’autorité"
    ordering = ("-id",)
    tools = (
        ("Préparer une communication", "admin:privacy_disclosure_prepare", ADD),
        ("Registre (PDF)", "admin:privacy_disclosure_register_pdf", APPROVE),
        ("Registre (CSV)", "admin:privacy_disclosure_register_csv", APPROVE),
    )

    def note_look(self, request: HttpRequest, action: str, **told: Any) -> None:
        super().note_look(request, "disclosure.listed" if action == LISTED else "disclosure.consulted", **told)

    def own_pages(self) -> list[OwnPage]:
        at = "<int:row_id>/"
        return [
            ("preparer/", prepare_page, "privacy_disclosure_prepare"),
            ("registre.pdf", register_pdf, "privacy_disclosure_register_pdf"),
            ("registre.csv", register_csv, "privacy_disclosure_register_csv"),
            (f"{at}fichier.zip", bundle_page, "privacy_disclosure_bundle"),
            (f"{at}demande/", document_page, "privacy_disclosure_document"),
            (f"{at}demande/<slug:step>/", document_step, "privacy_disclosure_document_step"),
            *((f"{at}{act.address}", page_of(act, Disclosure, REFUSALS), act.name) for act in ACTS),
        ]

    def page(self, request: HttpRequest, row: Disclosure) -> HttpResponse:
        by, known = account_of(request), labels()
        context = {
            "title": row.reference,
            "row": row,
            "data": [known.get(code, code) for code in row.classes],
            "subjects": row.subjects.order_by("pk"),
            "acts": [act for act in ACTS if by.has_perm(act.permission) and act.fits(row)],
            "may_read": by.has_perm(CHANGE),
        }
        return TemplateResponse(request, "admin/privacy/disclosure/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@walled
def prepare_page(request: HttpRequest) -> HttpResponseBase:
    """A request of an authority, written down."""
    by = with_right(request, ADD)
    is_sent = request.method == "POST"
    form = forms.AskForm(request.POST if is_sent else None, request.FILES if is_sent else None, kinds=kinds_of(by))
    if is_sent and form.is_valid():
        from privacy.investigations.models import Kind

        made = actions.prepare(
            by=by, kind=Kind(form.cleaned_data["kind"]), asked=form.asked, subjects=[form.subject], document=form.paper
        )
        messages.success(request, f"La communication {made.reference} est prête. {made.get_state_display()}.")
        return redirect("admin:privacy_disclosure_change", made.pk)
    back = reverse("admin:privacy_disclosure_changelist")
    context = {
        "title": "Préparer une communication", "form": form, "button": "Enregistrer", "back": back, "list": back,
        "things": "Communications aux autorités",
        "act": {
            "sentence": "Que demande <b>l’autorité</b>\u202f?",
            "explanation": "Le délégué approuve avant que rien ne parte, sauf si le secret l’exclut.",
        },
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/investigation/act.html", context)


@require_safe
@walled
def bundle_page(request: HttpRequest, row_id: int) -> HttpResponseBase:
    """What is handed over; 404 before it is made."""
    by = with_right(request, CHANGE)
    row = get_object_or_404(Disclosure.objects.select_related("bundle"), pk=row_id)
    try:
        content = actions.bundle_of(by=by, disclosure=row)
    except actions.NotNow as error:
        raise Http404 from error
    return as_attachment(HttpResponse(content, content_type="application/zip"), f"{row.reference}.zip")


@require_safe
@walled
def document_page(request: HttpRequest, row_id: int) -> HttpResponseBase:
    """The letter of the authority, once it is out of quarantine."""
    with_right(request, VIEW)
    row = get_object_or_404(Disclosure.objects.select_related("document__stored"), pk=row_id, document__isnull=False)
    if row.document is None:
        raise Http404
    return download(request, row.document)


@require_POST
@walled
def document_step(request: HttpRequest, row_id: int, step: str) -> HttpResponseBase:
    with_right(request, CHANGE)
    row = get_object_or_404(Disclosure.objects.select_related("document"), pk=row_id, document__isnull=False)
    if row.document is None:
        raise Http404
    end_quarantine(request, row.document, step)
    return redirect("admin:privacy_disclosure_change", row_id)


@require_safe
@walled
def register_pdf(request: HttpRequest) -> HttpResponseBase:
    """Every communication, on A4, which `/verifier/` recognises."""
    by = with_right(request, APPROVE)
    record("disclosure.register_exported", by=by)
    answer = HttpResponse(documents.register_pdf(_every(), by=by), content_type="application/pdf")
    return as_attachment(answer, f"registre-des-communications-{timezone.localdate()}.pdf")


@require_safe
@walled
def register_csv(request: HttpRequest) -> HttpResponseBase:
    """The same for a spreadsheet."""
    by = with_right(request, APPROVE)
    record("disclosure.register_exported", by=by)
    answer = HttpResponse(documents.register_csv(_every()), content_type="text/csv; charset=utf-8")
    return as_attachment(answer, f"registre-des-communications-{timezone.localdate()}.csv")


def _every() -> QuerySet[Disclosure]:
    related = Disclosure.objects.select_related("asked_by", "decided_by", "sent_by")
    return related.prefetch_related("subjects").order_by("received_on", "pk")
