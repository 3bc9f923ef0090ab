"""The texts of third-party payment as staff keep them: a version is added with its PDF; then only its last day changes."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from portals.access.entry import account_of
from portals.documents.publication import PublishedPdfField
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin
from portals.presentation.dates import TypedDateField
from providers.library.actions import end, publish
from providers.library.models import AgreementText
from providers.library.queries import next_version, same_text

ASKED = ("kind", "title", "version", "profession", "valid_from")


class PublicationForm(forms.ModelForm):
    """A new version."""

    valid_from = TypedDateField(label="En vigueur du")
    pdf = PublishedPdfField()

    class Meta:
        model = AgreementText
        fields = ["kind", "title", "version", "profession", "valid_from"]

    def clean(self) -> dict[str, Any]:
        """Publishing decides: what it refuses is an error of the form, and nothing is stored."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        day = answers.get("valid_from")
        if self.errors or day is None:
            return answers
        same = same_text(kind=answers["kind"], title=answers["title"], profession=answers["profession"])
        if same.filter(version=answers["version"]).exists():
            self.add_error("version", "Ce texte a déjà une version de ce nom.")
        elif same.filter(valid_from__gte=day).exists():
            self.add_error("valid_from", "Une version de ce texte commence déjà ce jour-là, ou après.")
        return answers


class EndForm(forms.ModelForm):
    """The last day of a version."""

    valid_to = TypedDateField(label="En vigueur jusqu’au", required=False)

    class Meta:
        model = AgreementText
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


@admin.register(AgreementText)
class AgreementTextAdmin(GestionAdmin):
    """Every version of every text."""

    about = NOBODY_AT_ALL
    list_display = ("kind", "title", "version", "profession", "valid_from", "valid_to")
    list_display_links = ("title",)
    list_filter = ("kind",)
    ordering = ("kind", "title", "-valid_from", "pk")

    def get_form(
        self, request: HttpRequest, obj: AgreementText | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        kwargs["form"] = EndForm if obj else PublicationForm
        form: type[forms.ModelForm] = super().get_form(request, obj, change, **kwargs)
        return form

    def get_fields(self, request: HttpRequest, obj: AgreementText | None = None) -> tuple[str, ...]:
        return (*ASKED, "valid_to", "fingerprint", "published_at", "published_by") if obj else (*ASKED, "pdf")

    def get_readonly_fields(self, request: HttpRequest, obj: AgreementText | None = None) -> tuple[str, ...]:
        return (*ASKED, "fingerprint", "published_at", "published_by") if obj else ()

    @admin.display(description="empreinte SHA-256")
    def fingerprint(self, text: AgreementText) -> str:
        return text.file.sha256

    def save_model(self, request: HttpRequest, obj: AgreementText, form: Any, change: bool) -> None:
        """Through the room's actions. A refusal that the form did not foresee (two at once) is an error page, not a row."""
        by = account_of(request)
        if change:
            last = obj.valid_to
            obj.valid_to = AgreementText.objects.values_list("valid_to", flat=True).get(pk=obj.pk)
            end(by=by, text=obj, last_day=last)
            return
        answers = form.cleaned_data
        published = publish(by=by, content=answers["pdf"], **{name: answers[name] for name in ASKED})
        obj.pk, obj.file = published.pk, published.file
