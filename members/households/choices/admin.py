"""Judgments on parental authority, as staff write them down: added, and never rewritten; a newer one replaces."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from members.households.choices.actions import record_authority
from members.households.choices.forms import AuthorityForm
from members.households.choices.models import Exercise, ParentalAuthority
from portals.access.entry import account_of
from portals.gestion.concerned import About
from portals.gestion.model_admin import GestionAdmin


@admin.register(ParentalAuthority)
class ParentalAuthorityAdmin(GestionAdmin):
    """Found by the child's reference; nobody's name is in the list."""

    about = About(persons=("child", "parent"))
    form = AuthorityForm
    list_display = ("child_reference", "exercised_by", "parent_reference", "judgment_reference", "start_date")
    list_filter = ("exercised_by",)
    list_select_related = ("child", "parent")
    search_fields = ("child__person_ref__exact", "judgment_reference__exact")
    search_help_text = "La référence de l’enfant ou celle du jugement"
    ordering = ("-start_date", "-pk")
    readonly_fields = ("child_reference", "parent_reference", "recorded_at", "recorded_by")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A judgment is not rewritten: the next one is added."""
        return False

    def get_fields(self, request: HttpRequest, obj: ParentalAuthority | None = None) -> tuple[str, ...]:
        judgment = ("judgment_reference", "judgment_date", "start_date")
        if obj is None:
            return ("child_ref", "exercised_by", "parent_ref", *judgment)
        return ("child_reference", "exercised_by", "parent_reference", *judgment, "recorded_at", "recorded_by")

    @admin.display(description="enfant")
    def child_reference(self, row: ParentalAuthority) -> str:
        return row.child.person_ref

    @admin.display(description="parent qui l’exerce seul")
    def parent_reference(self, row: ParentalAuthority) -> str:
        if row.exercised_by == Exercise.BOTH:
            return "–"
        return row.parent.person_ref if row.parent else "Un parent que nous n’assurons pas"

    def save_model(self, request: HttpRequest, obj: ParentalAuthority, form: Any, change: bool) -> None:
        """Through the room's action: staff read these rows in their own scope and write none."""
        recorded = record_authority(
            by=account_of(request),
            child=obj.child,
            exercised_by=Exercise(obj.exercised_by),
            parent=obj.parent,
            judgment_reference=obj.judgment_reference,
            judgment_date=obj.judgment_date,
            start_date=obj.start_date,
        )
        obj.pk = recorded.pk
