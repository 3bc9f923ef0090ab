"""What the admin pages behind the walls have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portals.access.entry import account_of
from portals.accounts.models import Account
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import PageAdmin
from portals.gestion.permissions import with_right
from portals.signals import NOBODY, Concerned
from privacy.investigations.walls import enter, walled

LISTED = "gestion.listed"
"""How the base of admin pages names a look at a list."""

type Refusals = dict[type[Exception], str]


class WalledAdmin(PageAdmin):
    """Lists and pages of rows that the database shows to nobody else.

    Their looks are in the journal under names of their own and with no person: what somebody reads of who
    looked at their record, and what overseers find of a person, must not reveal a file (docs/decisions/investigations.md).
    """

    about = NOBODY_AT_ALL

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        enter(account_of(request))
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        enter(account_of(request))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def note_look(
        self,
        request: HttpRequest,
        action: str,
        *,
        object_id: int | str = "",
        filters: str = "",
        concerned: Concerned = NOBODY,
    ) -> None:
        """Rooms give `action` a name of their own; whom the rows are about is left out."""
        super().note_look(request, action, object_id=object_id, filters=filters)


@dataclass(frozen=True)
class Act:
    """One act, a page of its own: a sentence, a form, one button. `fits`: whether its link is shown on the row's page."""

    name: str
    address: str
    label: str
    sentence: str
    explanation: str
    done: str
    permission: str
    form: Callable[[Any, Any, Any], forms.Form]
    perform: Callable[[Account, Any, forms.Form], object]
    fits: Callable[[Any], bool] = lambda _row: True
    is_main: bool = False

    @property
    def url_name(self) -> str:
        return f"admin:{self.name}"


def page_of(act: Act, model: type[models.Model], refusals: Refusals) -> Callable[..., HttpResponseBase]:
    """The view of an act on a row of this model, behind the walls; once done, the row's page is shown."""
    back = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"

    @require_http_methods(["GET", "HEAD", "POST"])
    @walled
    def act_page(request: HttpRequest, row_id: int) -> HttpResponseBase:
        by = with_right(request, act.permission)
        row = get_object_or_404(model, pk=row_id)
        is_sent = request.method == "POST"
        form = act.form(request.POST if is_sent else None, request.FILES if is_sent else None, row)
        if is_sent and form.is_valid() and attempt(request, form, lambda: act.perform(by, row, form), refusals):
            messages.success(request, act.done)
            return redirect(back, row.pk)
        context = {
            "title": act.label, "act": act, "row": row, "form": form, "button": act.label,
            "list": reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
            "things": str(model._meta.verbose_name_plural).capitalize(), "back": reverse(back, args=[row.pk]),
        }  # fmt: skip
        return TemplateResponse(request, "admin/privacy/investigation/act.html", context)

    return act_page


def attempt(request: HttpRequest, form: forms.Form | None, perform: Callable[[], object], refusals: Refusals) -> bool:
    """Do it; a refusal is told on the form, or above the next page. Says whether it was done."""
    try:
        perform()
    except tuple(refusals) as refusal:
        words = refusals[type(refusal)]
        if form is not None:
            form.add_error(None, words)
        else:
            messages.error(request, words)
        return False
    return True
