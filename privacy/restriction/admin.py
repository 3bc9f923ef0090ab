"""Restrictions, for the data protection officer: set from a request, lifted with a reason."""

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portals.access.entry import account_of
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from privacy.erasure.admin import target_of
from privacy.restriction import actions
from privacy.restriction.forms import FreezeForm, LiftForm
from privacy.restriction.models import Freeze, Ground
from privacy.rights.models import RightsRequest

SET, LIFT = "privacy.add_freeze", "privacy.change_freeze"


@admin.register(Freeze)
class FreezeAdmin(PageAdmin):
    """Whose data is frozen, by number."""

    about = About(subjects=True)
    list_display = ("set_at", "space", "subject_id", "request_number", "lifted_at")
    list_filter = ("space", ("lifted_at", admin.EmptyFieldListFilter))
    search_fields = ("request_number__exact",)
    search_help_text = "Le numéro de la demande"
    ordering = ("-id",)

    def own_pages(self) -> list[OwnPage]:
        return [
            ("<int:freeze_id>/lever/", lift_page, "privacy_freeze_lift"),
        ]

    def page(self, request: HttpRequest, row: Freeze) -> HttpResponse:
        may_lift = row.lifted_at is None and account_of(request).has_perm(LIFT)
        context = {"title": "Limitation d’usage", "row": row, "may_lift": may_lift}
        return TemplateResponse(request, "admin/privacy/freeze/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def set_page(request: HttpRequest, request_id: int) -> HttpResponseBase:
    """Freeze what a request asks to freeze (PDP-8.4)."""
    by = with_right(request, SET)
    row = get_object_or_404(RightsRequest, pk=request_id)
    target = target_of(row)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            frozen = actions.freeze(
                by=by, space=target.space, tenant_id=target.tenant_id, subject_id=target.subject_id,
                ground=Ground(form.cleaned_data["ground"]), reason=form.cleaned_data["reason"],
                request_number=row.number,
            )  # fmt: skip
        except actions.AlreadyFrozen:
            form.add_error(None, "L’usage de ces données est déjà limité.")
        else:
            messages.success(request, "L’usage est limité, la personne est prévenue.")
            return redirect("admin:privacy_freeze_change", frozen.pk)
    return _ask(
        request, form, title="Limiter l’usage", sentence="Limiter <b>l’usage de ces données</b>",
        why="Conservées, elles ne servent plus aux campagnes, aux suggestions ni aux décisions automatiques, et nos équipes "
        "ne les modifient plus. Les paiements dus continuent (RGPD, article 18.2).",
        button="Limiter", back=reverse("admin:privacy_rightsrequest_change", args=[row.pk]),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def lift_page(request: HttpRequest, freeze_id: int) -> HttpResponseBase:
    """Use the data again, and say why."""
    by = with_right(request, LIFT)
    frozen = get_object_or_404(Freeze, pk=freeze_id)
    form = LiftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.lift(by=by, row=frozen, reason=form.cleaned_data["reason"])
        except actions.NotFrozen:
            form.add_error(None, "Cette limitation est déjà levée.")
        else:
            messages.success(request, "La limitation est levée, la personne est prévenue.")
            return redirect("admin:privacy_freeze_change", frozen.pk)
    return _ask(
        request, form, title="Lever la limitation", sentence="Lever <b>la limitation</b>",
        why="L’usage reprend aussitôt. La personne reçoit un message et lit votre raison dans son espace.",
        button="Lever", back=reverse("admin:privacy_freeze_change", args=[frozen.pk]),
    )  # fmt: skip


def _ask(request: HttpRequest, form: forms.Form, **words: str) -> TemplateResponse:
    return TemplateResponse(request, "admin/privacy/legalhold/ask.html", {"form": form, **words})
