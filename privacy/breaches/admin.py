"""Incidents as the DPO and the security officer see them: read only, every look is in the journal."""

from django.contrib import admin
from django.http import HttpRequest

from portals.access.entry import account_of
from portals.accounts.fraud.actions import open_description
from portals.accounts.fraud.queries import report_of
from portals.accounts.models import Account
from portals.gestion.model_admin import ReadOnlyAdmin
from privacy.breaches.models import Incident


@admin.register(Incident)
class IncidentAdmin(ReadOnlyAdmin):
    """What was reported, on which account; the words of the person are opened for this page alone."""

    list_display = ("reference", "opened_at", "kind", "source", "state", "account_identifier")
    list_filter = ("state", "kind", "source")
    search_fields = ("reference__exact",)
    search_help_text = "Le numéro donné à la personne"
    ordering = ("-opened_at", "-id")
    fields = ("reference", "opened_at", "kind", "source", "state", "account_identifier", "note", "words")
    readonly_fields = ("account_identifier", "words")

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

    @admin.display(description="récit de la personne")
    def words(self, incident: Incident) -> str:
        return getattr(incident, "opened_words", "") or "–"
