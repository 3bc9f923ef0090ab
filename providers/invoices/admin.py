"""The reasons for which invoices are rejected: staff correct their words."""

from django.contrib import admin

from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin
from providers.invoices.models import RejectReason


@admin.register(RejectReason)
class RejectReasonAdmin(GestionAdmin):
    """What professionals read of a rejected invoice."""

    about = NOBODY_AT_ALL
    list_display = ("code", "label", "next_step", "amount_changes")
    search_fields = ("code__exact", "label")
    search_help_text = "Le code ou un mot du motif"
