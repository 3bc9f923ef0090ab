"""The links as staff keep them: found by the person's reference, changed after the caisse's answer."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from members.households.models import Person
from members.noemie.actions import set_link
from members.noemie.models import LinkState, NoemieLink
from portals.access.entry import account_of
from portals.accounts.fields import HandwrittenDateField
from portals.gestion.concerned import About
from portals.gestion.model_admin import GestionAdmin


class LinkForm(forms.ModelForm):
    """A link. The person is told by reference, once: it never changes."""

    person_ref = forms.CharField(label="Référence de la personne", max_length=40)
    since = HandwrittenDateField(label="Depuis le")

    class Meta:
        model = NoemieLink
        fields = ["person_ref", "state", "since", "office", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["person_ref"]

    def clean_person_ref(self) -> str:
        said = str(self.cleaned_data["person_ref"]).strip()
        person = Person.objects.filter(person_ref=said).first()
        if person is None:
            raise forms.ValidationError("Aucune personne n’a cette référence.")
        if NoemieLink.objects.filter(person=person).exists():
            raise forms.ValidationError("Cette personne a déjà un lien\u00a0: modifiez-le.")
        self.instance.person, self.instance.household_id = person, person.household_id
        return said

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("state") == LinkState.REJECTED and not answers.get("reason"):
            self.add_error("reason", "Dites pourquoi la caisse a rejeté le lien.")
        since = answers.get("since")
        if isinstance(since, datetime.date) and since > timezone.localdate():
            self.add_error("since", "Cette date est à venir.")
        return answers


@admin.register(NoemieLink)
class NoemieLinkAdmin(GestionAdmin):
    """Rejected ones are what one looks for: the state is a filter."""

    about = About(persons=("person",))
    form = LinkForm
    list_display = ("reference", "state", "reason", "office", "since")
    list_filter = ("state", "reason")
    list_select_related = ("person",)
    search_fields = ("person__person_ref__exact",)
    search_help_text = "La référence de la personne"
    ordering = ("since", "pk")
    readonly_fields = ("reference",)

    def get_fields(self, request: HttpRequest, obj: NoemieLink | None = None) -> tuple[str, ...]:
        """The person is asked once; afterwards their reference is shown, to whoever only reads as well."""
        return ("reference" if obj else "person_ref", "state", "since", "office", "reason")

    @admin.display(description="personne")
    def reference(self, row: NoemieLink) -> str:
        return row.person.person_ref

    def save_model(self, request: HttpRequest, obj: NoemieLink, form: Any, change: bool) -> None:
        """Through the room's action: staff read these rows in their own scope and write none."""
        saved = set_link(
            by=account_of(request), person=obj.person, state=obj.state, since=obj.since, office=obj.office,
            reason=obj.reason,
        )  # fmt: skip
        obj.pk = saved.pk
