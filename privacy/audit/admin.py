"""The journal and the field history, read only: every look at them is itself in the journal."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, PageAdmin, ReadOnlyAdmin
from portals.signals import Concerned
from privacy.audit import search_pages
from privacy.audit.labels import label_of
from privacy.audit.models import Entry, FieldChange
from privacy.audit.proofs import is_sealed
from privacy.audit.searching import OF_PERSONS
from privacy.history.telling import facts_of


@admin.register(Entry)
class EntryAdmin(PageAdmin):
    """Searched by person, account, object, operation and period: by index, a month at most without any of them."""

    about = NOBODY_AT_ALL  # said below: an entry has numbers, and no relation to follow
    ordering = ("-at", "-id")

    def own_pages(self) -> list[OwnPage]:
        return [
            ("export.csv", search_pages.export_page, "privacy_entry_export"),
            ("<int:number>/preuve/", search_pages.proof_page, "privacy_entry_inclusion"),
            ("<int:number>/attestation.pdf", search_pages.evidence_page, "privacy_entry_evidence"),
        ]

    def concerned_by(self, keys: Collection[Any]) -> Concerned:
        """Whom the entry was for: reading what was done to somebody's record is a look at it."""
        rows = Entry.objects.filter(pk__in=keys, space__in=OF_PERSONS, subject_id__isnull=False)
        return Concerned(frozenset(number for number in rows.values_list("subject_id", flat=True) if number))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Our own search in place of Django's list, which counts what it does not show."""
        return search_pages.search_page(request)

    def page(self, request: HttpRequest, row: Entry) -> HttpResponse:
        context = {
            "title": label_of(row.action),
            "entry": row,
            "facts": facts_of(row),
            "is_sealed": is_sealed(row),
        }
        return TemplateResponse(request, "admin/privacy/entry/page.html", context)


@admin.register(FieldChange)
class FieldChangeAdmin(ReadOnlyAdmin):
    """What staff changed, field by field, from what to what."""

    about = NOBODY_AT_ALL
    list_display = ("timestamp", "object_repr", "action", "actor_identifier", "cid")
    list_select_related = ("actor",)
    search_fields = ("cid__exact",)
    search_help_text = "Une référence de requête"
    ordering = ("-timestamp", "-id")
    fields = ("timestamp", "object_repr", "action", "actor_identifier", "cid", "changes")
    readonly_fields = ("actor_identifier",)

    @admin.display(description="par")
    def actor_identifier(self, change: Any) -> str:
        return change.actor.identifier if change.actor else "-"
