"""The dated figures that the engine of amounts reads: staff correct them, with their source."""

from django.contrib import admin

from members.benefits.models import ActTariff, LawParameter
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin


@admin.register(LawParameter)
class LawParameterAdmin(GestionAdmin):
    """Yearly limits, limits of responsible plans, local rates, price limits."""

    about = NOBODY_AT_ALL
    list_display = ("code", "label", "value", "valid_from", "valid_to", "source")
    search_fields = ("code", "label")


@admin.register(ActTariff)
class ActTariffAdmin(GestionAdmin):
    """Bases of reimbursement and deductions, by act and by date."""

    about = NOBODY_AT_ALL
    list_display = ("act_code", "kind", "amount", "valid_from", "valid_to", "source")
    list_filter = ("kind",)
    search_fields = ("act_code__code__exact",)
    search_help_text = "Le code acte"
    ordering = ("act_code", "kind", "-valid_from")
