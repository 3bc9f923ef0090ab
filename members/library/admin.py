"""The library as staff keep it: a version is added with its PDF; afterwards only its last day may change."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from members.library.actions import end, publish
from members.library.models import LegalDocument
from members.library.queries import next_version
from portals.access.entry import account_of
from portals.documents.publication import PublishedPdfField
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin
from portals.presentation.dates import TypedDateField

ASKED = ("kind", "title", "version", "plan", "group_contract", "valid_from")


class PublicationForm(forms.ModelForm):
    """A new version. Its text is kept to the byte: what was voted is what people read."""

    valid_from = TypedDateField(label="En vigueur du")
    pdf = PublishedPdfField()

    class Meta:
        model = LegalDocument
        fields = ["kind", "title", "version", "plan", "group_contract", "valid_from"]

    def clean(self) -> dict[str, Any]:
        """Publishing decides: what it refuses is an error of the form, and nothing is stored."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        day = answers.get("valid_from")
        if self.errors or day is None:
            return answers
        same = LegalDocument.objects.filter(
            kind=answers["kind"], title=answers["title"], plan=answers["plan"],
            group_contract=answers["group_contract"],
        )  # fmt: skip
        if same.filter(version=answers["version"]).exists():
            self.add_error("version", "Ce texte a déjà une version de ce nom.")
        elif same.filter(valid_from__gte=day).exists():
            self.add_error("valid_from", "Une version de ce texte commence déjà ce jour-là, ou après.")
        return answers


class EndForm(forms.ModelForm):
    """The last day of a version."""

    valid_to = TypedDateField(label="En vigueur jusqu’au", required=False)

    class Meta:
        model = LegalDocument
        fields = ["valid_to"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        last = answers.get("valid_to")
        if last is not None and last < self.instance.valid_from:
            self.add_error("valid_to", "Une version ne prend pas fin avant d’avoir commencé.")
        following = next_version(self.instance)
        if following is not None and (last is None or last >= following.valid_from):
            self.add_error("valid_to", f"La version suivante commence le {following.valid_from:%d/%m/%Y}.")
        return answers


@admin.register(LegalDocument)
class LegalDocumentAdmin(GestionAdmin):
    """Every version of every text."""

    about = NOBODY_AT_ALL
    list_display = ("kind", "title", "version", "plan", "group_contract", "valid_from", "valid_to")
    list_display_links = ("title",)
    list_filter = ("kind", "plan")
    list_select_related = ("plan",)
    ordering = ("kind", "title", "-valid_from", "pk")

    def get_form(
        self, request: HttpRequest, obj: LegalDocument | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        kwargs["form"] = EndForm if obj else PublicationForm
        form: type[forms.ModelForm] = super().get_form(request, obj, change, **kwargs)
        return form

    def get_fields(self, request: HttpRequest, obj: LegalDocument | None = None) -> tuple[str, ...]:
        return (*ASKED, "valid_to", "fingerprint", "published_at", "published_by") if obj else (*ASKED, "pdf")

    def get_readonly_fields(self, request: HttpRequest, obj: LegalDocument | None = None) -> tuple[str, ...]:
        return (*ASKED, "fingerprint", "published_at", "published_by") if obj else ()

    @admin.display(description="empreinte SHA-256")
    def fingerprint(self, document: LegalDocument) -> str:
        return document.file.sha256

    def save_model(self, request: HttpRequest, obj: LegalDocument, form: Any, change: bool) -> None:
        """Through the room's actions. A refusal that the form did not foresee (two at once) is an error page, not a row."""
        by = account_of(request)
        if change:
            obj.valid_to, last = LegalDocument.objects.values_list("valid_to", flat=True).get(pk=obj.pk), obj.valid_to
            end(by=by, document=obj, last_day=last)
            return
        answers = form.cleaned_data
        published = publish(by=by, content=answers["pdf"], **{name: answers[name] for name in ASKED})
        obj.pk, obj.file = published.pk, published.file
