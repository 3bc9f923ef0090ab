"""Measures and withdrawals as staff see them; they are taken through `portals.access.actions`, never edited."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portals.access.actions import Refused, cancel, withdraw
from portals.access.entry import account_of
from portals.access.models import Restriction, Withdrawal
from portals.access.services import label_of
from portals.accounts.models import Space
from portals.accounts.security.step_up import step_up_required
from portals.gestion.concerned import NOBODY_AT_ALL, About
from portals.gestion.forms import WithdrawalForm, midnight
from portals.gestion.model_admin import OwnPage, ReadOnlyAdmin
from portals.gestion.permissions import with_right

ANNOUNCE = "portals.add_withdrawal"
CANCEL = "portals.change_withdrawal"


@admin.register(Restriction)
class RestrictionAdmin(ReadOnlyAdmin):
    """Suspensions and closures, standing and past. They are lifted from the page of their account."""

    about = About(accounts=("account",))
    list_display = ("account_identifier", "kind", "motive", "begins_at", "ends_at", "lifted_at")
    list_filter = ("kind", "motive", ("lifted_at", admin.EmptyFieldListFilter))
    search_fields = ("account__identifier__exact",)
    search_help_text = "L’identifiant du compte"
    list_select_related = ("account",)
    ordering = ("-begins_at", "-id")
    fields = (
        "account_identifier", "kind", "services_in_words", "motive", "reason", "begins_at", "ends_at", "decided_by", "lifted_at",
        "lifted_by_whom", "lift_reason",
    )  # fmt: skip
    readonly_fields = ("account_identifier", "services_in_words", "decided_by", "lifted_by_whom")

    @admin.display(description="compte", ordering="account__identifier")
    def account_identifier(self, measure: Restriction) -> str:
        return measure.account.identifier

    @admin.display(description="services")
    def services_in_words(self, measure: Restriction) -> str:
        return ", ".join(label_of(code) for code in measure.services) or "Tous"

    @admin.display(description="décidée par")
    def decided_by(self, measure: Restriction) -> str:
        return measure.by.display_name if measure.by else "Par le système"

    @admin.display(description="levée par")
    def lifted_by_whom(self, measure: Restriction) -> str:
        return measure.lifted_by.display_name if measure.lifted_by else "-"


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    """The end of a space's services: announced here, cancelled here, each with a fresh proof of who decides."""

    about = NOBODY_AT_ALL
    tools = (("Annoncer la fermeture d’un espace", "admin:portals_withdrawal_announce", ANNOUNCE),)
    change_list_template = "admin/portals/withdrawal/change_list.html"
    list_display = ("space", "announced_at", "closes_at", "export_until", "cancelled_at")
    ordering = ("-announced_at", "-id")
    fields = ("space", "message", "announced_at", "closes_at", "export_until", "cancelled_at")

    def own_pages(self) -> list[OwnPage]:
        return [
            ("annoncer/", announce_page, "portals_withdrawal_announce"),
            ("<int:withdrawal_id>/annuler/", cancel_page, "portals_withdrawal_cancel"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {
            "standing": list(Withdrawal.objects.filter(cancelled_at=None).order_by("space")),
            "may_cancel": account_of(request).has_perm(CANCEL),
        }
        return super().changelist_view(request, {**(extra_context or {}), **context})


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def announce_page(request: HttpRequest) -> HttpResponseBase:
    """Announce the end of a space (CGU-7.5)."""
    by = with_right(request, ANNOUNCE)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            withdraw(
                by=by,
                space=answers["space"],
                message=answers["message"],
                closes_at=midnight(answers["closes_on"]),
                export_until=midnight(answers["export_until"]),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"La fin de l’{_named(answers['space'])} est annoncée à tous ses comptes.")
            return redirect("admin:portals_withdrawal_changelist")
    context = {"form": form, "title": "Annoncer la fermeture d’un espace"}
    return TemplateResponse(request, "admin/portals/withdrawal/announce.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def cancel_page(request: HttpRequest, withdrawal_id: int) -> HttpResponseBase:
    """Cancel an announcement: the space stays open, or opens again."""
    by = with_right(request, CANCEL)
    withdrawal = get_object_or_404(Withdrawal, pk=withdrawal_id, cancelled_at=None)
    if request.method == "POST":
        try:
            cancel(by=by, withdrawal=withdrawal)
        except Refused as refusal:  # a colleague did it meanwhile
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"L’{_named(withdrawal.space)} reste ouvert, ses comptes en sont avertis.")
        return redirect("admin:portals_withdrawal_changelist")
    context = {
        "withdrawal": withdrawal,
        "is_over": withdrawal.closes_at <= timezone.now(),
        "title": "Annuler la fermeture",
    }
    return TemplateResponse(request, "admin/portals/withdrawal/cancel.html", context)


def _named(space: str) -> str:
    return Space(space).label.replace("Espace", "espace")
