"""Changes of account as staff see them: what waits first. They cancel a doubtful one, and change none."""

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from portals.access.entry import account_of
from portals.banking.actions import NotPending, cancel_by_staff
from portals.banking.models import BankChange
from portals.gestion.concerned import About
from portals.gestion.model_admin import OwnPage, PageAdmin
from portals.gestion.permissions import with_right

CHANGE = "portals.change_bankchange"


@admin.register(BankChange)
class BankChangeAdmin(PageAdmin):
    """Masked accounts only, and nobody's name in the list."""

    about = About(accounts=("asked_by",), subjects=True)
    list_display = ("number", "space", "state", "asked_at", "effective_at", "decided_at")
    list_filter = (
        "space", "cancelled_for", ("done_at", admin.EmptyFieldListFilter), ("cancelled_at", admin.EmptyFieldListFilter),
    )  # fmt: skip
    search_fields = ("asked_by__identifier__exact",)
    search_help_text = "L’identifiant du compte qui demande"

    def get_queryset(self, request: HttpRequest) -> QuerySet[BankChange]:
        rows = super().get_queryset(request).select_related("asked_by", "approved_by").defer("new_sealed")
        return rows.order_by(
            F("done_at").desc(nulls_first=True), F("cancelled_at").desc(nulls_first=True), "effective_at", "pk"
        )

    @admin.display(description="n°")
    def number(self, row: BankChange) -> int:
        return row.pk

    @admin.display(description="état")
    def state(self, row: BankChange) -> str:
        return row.state

    @admin.display(description="terminé le")
    def decided_at(self, row: BankChange) -> object:
        return row.decided_at

    def own_pages(self) -> list[OwnPage]:
        return [("<int:change_id>/annuler/", cancel_page, "portals_bankchange_cancel")]

    def page(self, request: HttpRequest, row: BankChange) -> HttpResponse:
        may_cancel = account_of(request).has_perm(CHANGE) and row.is_pending
        context = {"title": "Changement de compte bancaire", "row": row, "may_cancel": may_cancel}
        return TemplateResponse(request, "admin/portals/bankchange/page.html", context)


@require_POST
def cancel_page(request: HttpRequest, change_id: int) -> HttpResponseBase:
    """Cancel a change that waits: a call, a doubt, an account that is not theirs."""
    by = with_right(request, CHANGE)
    change = get_object_or_404(BankChange, pk=change_id)
    try:
        cancel_by_staff(by=by, change_id=change.pk)
    except NotPending:
        messages.error(request, "Ce changement n’attend plus\u00a0: il est fait ou annulé.")
    else:
        messages.success(request, "Le changement est annulé, et les contacts connus sont prévenus.")
    return redirect("admin:portals_bankchange_change", change.pk)
