"""The register as the DPO completes and publishes it; the others who oversee read it (PDP-2.1, PDP-2.6)."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from portals.access.entry import account_of
from portals.documents.actions import as_attachment
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin, OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.audit import record
from privacy.register.declared import processing_of
from privacy.register.documents import authority_pack, register_csv, register_pdf
from privacy.register.fields import ProcessingsField, named
from privacy.register.kept import whole_register
from privacy.register.models import Publication, Recipient, Sheet, Transfer
from privacy.register.publishing import COLUMNS, NothingNew, named_changes, publish, register_now
from privacy.staff.homes.data import MAP, map_page

VIEW, ADD = "privacy.view_publication", "privacy.add_publication"


@admin.register(Sheet)
class SheetAdmin(GestionAdmin):
    """What is known by people only; the rest of the line is declared by the code and shown, never typed."""

    about = NOBODY_AT_ALL
    list_display = ("title", "sensitive", "verified_on", "review_on")
    ordering = ("review_on", "processing")
    fields = (
        "processing", "declared", "measures", "joint_controllers", "verified_on", "finding", "review_on",
    )  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> tuple[str, ...]:
        return ("processing", "declared") if obj else ("declared",)

    @admin.display(description="traitement")
    def title(self, sheet: Sheet) -> str:
        return processing_of(sheet.processing).title

    @admin.display(description="sensible", boolean=False)
    def sensitive(self, sheet: Sheet) -> str:
        return "oui" if processing_of(sheet.processing).sensitive else "non"

    @admin.display(description="déclaré par le logiciel")
    def declared(self, sheet: Sheet) -> str:
        line = next((line for line in whole_register() if line.processing.code == sheet.processing), None)
        if line is None:
            return "Choisissez un traitement."
        processing = line.processing
        return f"{processing.sentence} Base légale\u00a0: {processing.bases_words}. Durée\u00a0: {processing.retention}"


class RecipientForm(forms.ModelForm):
    processings = ProcessingsField()

    class Meta:
        model = Recipient
        fields = (
            "name", "recipient_class", "is_of_group", "processings", "service", "location", "is_outside_eu",
            "safeguards", "sub_processors", "contract", "signed_on", "review_on", "ended_on", "for_money",
        )  # fmt: skip


@admin.register(Recipient)
class RecipientAdmin(GestionAdmin):
    """Recipients in four classes; what is due for a review stands first."""

    about = NOBODY_AT_ALL
    form = RecipientForm
    list_display = ("name", "recipient_class", "is_of_group", "location", "review_on", "ended_on")
    list_filter = ("recipient_class", "is_of_group", "is_outside_eu")
    search_fields = ("name",)
    ordering = ("review_on", "name")


@admin.register(Transfer)
class TransferAdmin(GestionAdmin):
    """What left, line by line. A line is written once and never changed."""

    about = NOBODY_AT_ALL
    list_display = ("sent_on", "recipient_name", "processing", "ground", "what", "persons")
    list_display_links = ("sent_on",)
    list_filter = ("ground", "recipient__recipient_class")
    list_select_related = ("recipient",)
    ordering = ("-sent_on", "-id")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "recipient":
            kwargs["queryset"] = Recipient.objects.filter(ended_on=None).order_by("name")
        return named(super().formfield_for_foreignkey(db_field, request, **kwargs), lambda one: one.name)

    @admin.display(description="destinataire")
    def recipient_name(self, transfer: Transfer) -> str:
        return transfer.recipient.name

    def save_model(self, request: HttpRequest, obj: Transfer, form: Any, change: bool) -> None:
        obj.recorded_by = account_of(request)
        super().save_model(request, obj, form, change)
        record("data.transferred", by=obj.recorded_by, object_kind="recipient", object_id=obj.recipient_id,
               details={"transfer": obj.pk, "persons": obj.persons})  # fmt: skip


class PublishForm(forms.Form):
    note = forms.CharField(label="Objet de la version", max_length=200, help_text="Ce qui change, en une ligne.")


@admin.register(Publication)
class PublicationAdmin(PageAdmin):
    """Every published version, frozen, with what it changed."""

    about = NOBODY_AT_ALL
    list_display = ("number", "published_at", "author", "note")
    list_select_related = ("published_by",)
    ordering = ("-number",)
    tools = (
        ("Publier une version", "admin:privacy_publication_publish", ADD),
        ("Fiches à compléter", "admin:privacy_sheet_changelist", "privacy.view_sheet"),
        ("Destinataires", "admin:privacy_recipient_changelist", "privacy.view_recipient"),
        ("Carte des données", "admin:privacy_publication_map", MAP),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        return super().get_queryset(request).select_related("published_by")

    @admin.display(description="auteur")
    def author(self, row: Publication) -> str:
        return row.published_by.display_name

    def own_pages(self) -> list[OwnPage]:
        return [
            ("publier/", publish_page, "privacy_publication_publish"),
            ("carte/", map_page, "privacy_publication_map"),
            ("<int:publication_id>/registre.pdf", pdf_page, "privacy_publication_pdf"),
            ("<int:publication_id>/registre.csv", csv_page, "privacy_publication_csv"),
            ("<int:publication_id>/autorite.zip", pack_page, "privacy_publication_pack"),
        ]

    def page(self, request: HttpRequest, row: Publication) -> HttpResponse:
        context = {
            "title": f"Registre, version {row.number}",
            "row": row,
            "lines": [[(label, line[column]) for column, label in COLUMNS.items()] for line in row.content],
            "changes": named_changes(row),
            "may_pack": account_of(request).has_perm(ADD),
        }
        return TemplateResponse(request, "admin/privacy/publication.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: HttpRequest) -> HttpResponseBase:
    """Freeze the register of now as the next version."""
    by, form = with_right(request, ADD), PublishForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = publish(by=by, note=form.cleaned_data["note"])
        except NothingNew:
            form.add_error(None, "Rien n’a changé depuis la dernière version.")
        else:
            messages.success(request, f"La version {row.number} est publiée.")
            return redirect("admin:privacy_publication_change", row.pk)
    context = {"title": "Publier le registre", "form": form, "count": len(register_now())}
    return TemplateResponse(request, "admin/privacy/publish.html", context)


@require_safe
def pdf_page(request: HttpRequest, publication_id: int) -> HttpResponseBase:
    """The version as a PDF that can be verified."""
    by, row = with_right(request, VIEW), _row(publication_id)
    record("register.downloaded", by=by, object_kind="publication", object_id=row.number, details={"format": "pdf"})
    return as_attachment(
        HttpResponse(register_pdf(row, by=by), content_type="application/pdf"), f"registre-v{row.number}.pdf"
    )


@require_safe
def csv_page(request: HttpRequest, publication_id: int) -> HttpResponseBase:
    """The version for a spreadsheet."""
    by, row = with_right(request, VIEW), _row(publication_id)
    record("register.downloaded", by=by, object_kind="publication", object_id=row.number, details={"format": "csv"})
    return as_attachment(
        HttpResponse(register_csv(row), content_type="text/csv; charset=utf-8"), f"registre-v{row.number}.csv"
    )


@require_safe
def pack_page(request: HttpRequest, publication_id: int) -> HttpResponseBase:
    """What is handed to the authority (PDP-2.4)."""
    by, row = with_right(request, ADD), _row(publication_id)
    record("register.downloaded", by=by, object_kind="publication", object_id=row.number, details={"format": "pack"})
    return as_attachment(
        HttpResponse(authority_pack(row, by=by), content_type="application/zip"), f"autorite-v{row.number}.zip"
    )


def _row(publication_id: int) -> Publication:
    return get_object_or_404(Publication, pk=publication_id)
