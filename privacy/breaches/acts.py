"""The acts on an incident or a breach, each a page of its own: a sentence, a form, one button."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portals.accounts.models import Account
from portals.gestion.permissions import with_right
from privacy.breaches import actions
from privacy.breaches.telling import actions as telling
from privacy.breaches.telling import listing
from privacy.breaches.violations import actions as instructing

REFUSALS: dict[type[Exception], str] = {
    actions.Closed: "Ce dossier est clos\u00a0: il ne se modifie plus.",
    actions.BreachStands: "C’est une violation de données\u00a0: close, elle clôt aussi l’incident.",
    instructing.AlreadyABreach: "La violation est déjà inscrite au registre.",
    instructing.NotYet: "Cet instant n’est pas possible\u00a0: ni à venir, ni avant que la violation soit connue.",
    instructing.NothingNew: "Un dossier attend déjà son dépôt, ou le dernier est complet.",
    instructing.LateWithoutReason: "Les 72\u00a0heures sont passées\u00a0: dites pourquoi (RGPD, article\u00a033.1).",
    instructing.AlreadyFiled: "Ce dossier est déjà déposé.",
    instructing.Unfinished: "Il reste une obligation à remplir avant de clore.",
    listing.NoPeriod: "Dites d’abord depuis quand, et quels comptes sont en cause.",
    telling.NobodyConcerned: "Aucune personne concernée n’est établie.",
    listing.AlreadyDecided: "Les personnes sont déjà averties.",
    telling.AlreadyPosted: "Ce lot est déjà posté, pas encore prêt, ou d’exercice.",
}


@dataclass(frozen=True)
class Act:
    """`form(data, row)` makes the form; `perform(by, row, form)` does it, the form being valid. `fits`: whether its link
    is shown on the page of the row. `is_main`: what is done first. `leads_to`: the page that follows, when it is not the
    row's own.
    """

    name: str
    address: str
    label: str
    sentence: str
    explanation: str
    done: str
    permission: str
    form: Callable[[Any, Any], forms.Form]
    perform: Callable[[Account, Any, forms.Form], object]
    fits: Callable[[Any], bool] = lambda _row: True
    is_main: bool = False
    leads_to: Callable[[Any], str] | None = None

    @property
    def url_name(self) -> str:
        return f"admin:{self.name}"


def page_of(act: Act, model: type[models.Model]) -> Callable[..., HttpResponseBase]:
    """The view of an act on a row of this model; once done, the row's page is shown."""
    back = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"

    @require_http_methods(["GET", "HEAD", "POST"])
    def act_page(request: HttpRequest, row_id: int) -> HttpResponseBase:
        by = with_right(request, act.permission)
        row = get_object_or_404(model, pk=row_id)
        form = act.form(request.POST if request.method == "POST" else None, row)
        if request.method == "POST" and form.is_valid() and attempt(request, form, lambda: act.perform(by, row, form)):
            messages.success(request, act.done)
            return redirect(act.leads_to(row) if act.leads_to else reverse(back, args=[row.pk]))
        context = {
            "title": act.label, "act": act, "row": row, "form": form, "button": act.label,
            "back": reverse(back, args=[row.pk]),
        }  # fmt: skip
        return TemplateResponse(request, "admin/privacy/breaches/act.html", context)

    return act_page


def attempt(request: HttpRequest, form: forms.Form | None, perform: Callable[[], object]) -> bool:
    """Do it; a refusal is told on the form, or above the next page. Says whether it was done."""
    try:
        perform()
    except tuple(REFUSALS) as refusal:
        words = REFUSALS[type(refusal)]
        if form is not None:
            form.add_error(None, words)
        else:
            messages.error(request, words)
        return False
    return True
