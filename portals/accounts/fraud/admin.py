"""Fraud reports as the DPO and the security officer see them, those that designated nobody included."""

from django.contrib import admin

from portals.accounts.fraud.models import FraudReport
from portals.gestion.concerned import About
from portals.gestion.model_admin import ReadOnlyAdmin


@admin.register(FraudReport)
class FraudReportAdmin(ReadOnlyAdmin):
    """Found by the number that the person was given. What they wrote is read on the incident."""

    about = About(accounts=("account",))
    list_display = ("reference", "received_at", "state", "was_signed_in", "account_identifier")
    list_filter = ("state", "was_signed_in")
    list_select_related = ("account",)
    search_fields = ("reference__exact",)
    search_help_text = "Le numéro donné à la personne"
    ordering = ("-received_at", "-id")
    fields = ("reference", "received_at", "state", "was_signed_in", "account_identifier", "unlock_reason")
    readonly_fields = ("account_identifier",)

    @admin.display(description="compte", ordering="account__identifier")
    def account_identifier(self, report: FraudReport) -> str:
        return report.account.identifier if report.account else "–"
