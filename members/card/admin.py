"""The reference tables of the card, as staff keep them. A change renews the cards it makes untrue, by a job."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from members.card.models import CardConvention, CardDomain, ConventionType
from members.card.renewing import refresh_everything
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin


class ReferenceAdmin(GestionAdmin):
    """Saved, a row is looked at by every card in force."""

    about = NOBODY_AT_ALL

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        refresh_everything(run=f"{self.opts.model_name}-{timezone.now():%Y%m%d%H%M%S%f}")


@admin.register(ConventionType)
class ConventionTypeAdmin(ReferenceAdmin):
    """Channels, with the words that the card prints for them."""

    list_display = ("code", "label", "operator", "position")
    fields = ("code", "label", "operator", "position")


@admin.register(CardDomain)
class CardDomainAdmin(ReferenceAdmin):
    """Columns of the grid."""

    list_display = ("code", "label", "act_family", "position")
    fields = ("code", "label", "act_family", "position")


@admin.register(CardConvention)
class CardConventionAdmin(ReferenceAdmin):
    """What each plan has in each column; a line without plan is everybody's."""

    list_display = ("plan", "domain", "convention", "other_convention", "level")
    list_display_links = ("domain",)
    list_filter = ("domain",)
    list_select_related = ("plan", "domain", "convention", "other_convention")
    ordering = ("plan__plan_code", "domain__position", "id")
    fields = ("plan", "domain", "convention", "other_convention", "level")
