"""The catalogue of services as staff see it: what is off, what is to open, what is announced; decided and cancelled here."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portals.access.actions import Refused
from portals.access.entry import account_of
from portals.access.services import Position, label_of
from portals.accounts.security.step_up import step_up_required
from portals.editorial.switches.actions import CANCEL, PLACE, cancel, place
from portals.editorial.switches.forms import SwitchForm
from portals.editorial.switches.models import ServiceSwitch
from portals.editorial.switches.queries import catalogue
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import OwnPage, ReadOnlyAdmin
from portals.gestion.permissions import with_right


@admin.register(ServiceSwitch)
class ServiceSwitchAdmin(ReadOnlyAdmin):
    """Every service of every space, then the decisions, standing and past."""

    about = NOBODY_AT_ALL
    tools = (("Décider d’un service", "admin:portals_serviceswitch_place", PLACE),)
    change_list_template = "admin/portals/serviceswitch/change_list.html"
    list_display = ("service_label", "space", "position", "begins_at", "ends_at", "cancelled_at")
    list_select_related = ("by", "cancelled_by")
    ordering = ("-decided_at", "-id")
    fields = (
        "service_label", "space", "position", "words", "begins_at", "ends_at", "decided_at", "decided_by", "cancelled_at",
        "cancelled_by_whom",
    )  # fmt: skip
    readonly_fields = ("service_label", "decided_by", "cancelled_by_whom")

    @admin.display(description="service", ordering="service")
    def service_label(self, switch: ServiceSwitch) -> str:
        return label_of(switch.service)

    @admin.display(description="décidé par")
    def decided_by(self, switch: ServiceSwitch) -> str:
        return switch.by.display_name

    @admin.display(description="annulé par")
    def cancelled_by_whom(self, switch: ServiceSwitch) -> str:
        return switch.cancelled_by.display_name if switch.cancelled_by else "-"

    def own_pages(self) -> list[OwnPage]:
        return [
            ("decider/", place_page, "portals_serviceswitch_place"),
            ("<int:switch_id>/annuler/", cancel_page, "portals_serviceswitch_cancel"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        now = timezone.now()
        context = {"shelves": catalogue(now), "now": now, "may_cancel": account_of(request).has_perm(CANCEL)}
        return super().changelist_view(request, {**(extra_context or {}), **context})


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def place_page(request: HttpRequest) -> HttpResponseBase:
    """Decide of a service (CGU-3.1)."""
    by = with_right(request, PLACE)
    form = SwitchForm(request.POST or None, initial={"service": request.GET.get("service", "")})
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            switch = place(
                by=by,
                space=form.space(),
                service_code=answers["service"],
                position=Position(answers["position"]),
                words=answers["words"],
                begins_at=answers["begins_on"],
                ends_at=answers["ends_on"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"«\u00a0{label_of(switch.service)}\u00a0»\u00a0: la décision est enregistrée.")
            return redirect("admin:portals_serviceswitch_changelist")
    context = {"form": form, "title": "Décider d’un service"}
    return TemplateResponse(request, "admin/portals/serviceswitch/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def cancel_page(request: HttpRequest, switch_id: int) -> HttpResponseBase:
    """Take a decision back: the service is as it was without it."""
    by = with_right(request, CANCEL)
    switch = get_object_or_404(ServiceSwitch, pk=switch_id, cancelled_at=None)
    if request.method == "POST":
        try:
            cancel(by=by, switch=switch)
        except Refused as refusal:  # a colleague did it meanwhile
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"«\u00a0{label_of(switch.service)}\u00a0»\u00a0: la décision est annulée.")
        return redirect("admin:portals_serviceswitch_changelist")
    context = {"switch": switch, "label": label_of(switch.service), "title": "Annuler une décision"}
    return TemplateResponse(request, "admin/portals/serviceswitch/cancel.html", context)
