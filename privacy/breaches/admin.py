"""Incidents as the DPO and the security officer see them: read only, every look is in the journal."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from portals.access.entry import account_of
from portals.accounts.fraud.actions import open_description
from portals.accounts.fraud.queries import report_of
from portals.accounts.models import Account
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, ReadOnlyAdmin
from portals.gestion.permissions import with_right
from privacy.breaches.models import Incident
from privacy.watch.actions import NotDismissible, dismiss
from privacy.watch.models import Anomaly

DISMISS = "privacy.dismiss_incident"


class DismissalForm(forms.Form):
    """Why an alert of the watch was harmless; figures are corrected from these reasons."""

    reason = forms.CharField(
        label="Pourquoi elle est sans gravité",
        min_length=10,
        max_length=500,
        help_text="Ce que vous avez vérifié. Aucun nom, aucun détail de santé.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Écrivez ce que vous avez vérifié.",
            "min_length": "Dites-en un peu plus\u00a0: dix signes au moins.",
        },
    )


@admin.register(Incident)
class IncidentAdmin(ReadOnlyAdmin):
    """What was reported, on which account; the words of the person are opened for this page alone."""

    about = About(accounts=("account_id",))
    list_display = ("reference", "opened_at", "kind", "source", "state", "account_identifier")
    list_filter = ("state", "kind", "source")
    search_fields = ("reference__exact",)
    search_help_text = "Le numéro donné à la personne"
    ordering = ("-opened_at", "-id")
    fields = (
        "reference", "opened_at", "kind", "source", "state", "account_identifier", "note", "words", "dismissal",
    )  # fmt: skip
    readonly_fields = ("account_identifier", "words", "dismissal")

    def own_pages(self) -> list[OwnPage]:
        return [("<int:incident_id>/ecarter/", dismiss_page, "privacy_incident_dismiss")]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Incident | None:
        """The incident, with the person's words: opened here, where it is known who reads them."""
        incident: Incident | None = super().get_object(request, object_id, from_field)
        report = report_of(incident.reference) if incident else None
        if incident is not None:
            words = open_description(by=account_of(request), report=report) if report else ""
            incident.opened_words = words  # type: ignore[attr-defined]  # read by `words`
        return incident

    @admin.display(description="compte")
    def account_identifier(self, incident: Incident) -> str:
        account = Account.objects.filter(pk=incident.account_id or 0).first()
        return account.identifier if account else "–"

    @admin.display(description="alerte écartée")
    def dismissal(self, incident: Incident) -> SafeString | str:
        """Why it was harmless, or where to say so; nothing for what a person reported."""
        anomaly = Anomaly.objects.filter(incident=incident).select_related("dismissed_by").first()
        if anomaly is None:
            return "–"
        if anomaly.dismissed_by is None:
            address = reverse("admin:privacy_incident_dismiss", args=[incident.pk])
            return format_html('<a href="{}">Écarter cette alerte</a>', address)
        return f"{anomaly.reason} (compte {anomaly.dismissed_by.identifier})"

    @admin.display(description="récit de la personne")
    def words(self, incident: Incident) -> str:
        return getattr(incident, "opened_words", "") or "–"


@require_http_methods(["GET", "HEAD", "POST"])
def dismiss_page(request: HttpRequest, incident_id: int) -> HttpResponseBase:
    """A false alert of the watch: closed with its reason. What a person reported is not dismissed here."""
    by = with_right(request, DISMISS)
    incident = get_object_or_404(Incident, pk=incident_id, anomaly__dismissed_at=None, anomaly__isnull=False)
    form = DismissalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss(by=by, incident=incident, reason=form.cleaned_data["reason"])
        except NotDismissible:  # a colleague did it meanwhile
            messages.error(request, "Cette alerte est déjà close.")
        else:
            messages.success(request, f"L’alerte {incident.reference} est écartée.")
        return redirect("admin:privacy_incident_changelist")
    context = {
        "title": "Écarter l’alerte", "incident": incident, "form": form, "button": "Écarter cette alerte",
        "back": reverse("admin:privacy_incident_change", args=[incident.pk]),
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/incident/dismiss.html", context)
