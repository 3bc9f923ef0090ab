"""The past of a row in the staff's site: who changed what, in which work; an earlier value put back with a reason."""

from collections.abc import Collection
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from portals.access import isolation
from portals.access.entry import account_of
from portals.accounts.models import Account
from portals.accounts.security.step_up import step_up_required
from portals.gestion.concerned import NOBODY_AT_ALL
from portals.gestion.model_admin import GestionAdmin, OwnPage, PageAdmin
from portals.gestion.permissions import with_right
from portals.signals import Concerned
from privacy.changes.actions import DoesNotFit, NothingToRestore, found, restore
from privacy.changes.forms import ReasonForm, RowForm
from privacy.changes.models import RowChange
from privacy.changes.queries import past_of, restorations_of
from privacy.changes.rules import CREATED, DELETED, Change, work_in_words
from privacy.changes.scope import Followed, followed_named

RESTORE = "privacy.restore_rowchange"
KINDS = {CREATED: "Création", DELETED: "Suppression"}


@admin.register(RowChange)
class RowChangeAdmin(PageAdmin):
    """One row at a time, by its number: nobody browses what everybody's rows held before."""

    about = NOBODY_AT_ALL  # of the change itself; `concerned_by` goes to the row that it is the past of

    def own_pages(self) -> list[OwnPage]:
        return [("<str:change>/retablir/<str:column>/", restore_page, "privacy_rowchange_restore")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The search, and the past of the row that was asked for."""
        with_right(request, "privacy.view_rowchange")
        form = RowForm(request.GET or None)
        context: dict[str, Any] = {"form": form, "title": "Historique des lignes"}
        if form.is_valid():
            one = followed_named(form.cleaned_data["modele"])
            key = form.cleaned_data["numero"]
            whom = _whom(one, key)
            self.note_look(request, "rowchange.consulted", object_id=f"{one.label}:{key}", concerned=whom)
            context |= _past(account_of(request), one, key)
        else:
            self.note_look(request, "gestion.listed")
        return TemplateResponse(request, "admin/privacy/rowchange/search.html", context)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> RowChange | None:
        """Read in the system's scope, which alone sees this table; the page withholds what staff do not read."""
        return _change(object_id)

    def concerned_by(self, keys: Collection[Any]) -> Concerned:
        """Whose record the row of a change belongs to; nobody's when no page of staff shows rows of its model."""
        number = str(next(iter(keys), ""))
        row = _change(number)
        return _whom(followed_named(row.model), row.row_key) if row else Concerned()

    def page(self, request: HttpRequest, row: RowChange) -> HttpResponse:
        one = followed_named(row.model)
        context = _past(account_of(request), one, row.row_key)
        return TemplateResponse(request, "admin/privacy/rowchange/search.html", {**context, "form": RowForm()})


@require_http_methods(["GET", "HEAD", "POST"])
@step_up_required
def restore_page(request: HttpRequest, change: str, column: str) -> HttpResponseBase:
    """What will be put back, in one sentence; a reason; one button."""
    by = with_right(request, RESTORE)
    try:
        one, key, kept, difference = found(change, column)
    except NothingToRestore as nothing:
        raise Http404 from nothing
    form = ReasonForm(request.POST or None)
    back = f"{reverse('admin:privacy_rowchange_changelist')}?{urlencode({'modele': one.label, 'numero': key})}"
    if request.method == "POST" and form.is_valid():
        try:
            restore(by=by, reference=change, column=column, reason=form.cleaned_data["reason"])
        except NothingToRestore:
            form.add_error(None, "Cette valeur ne peut plus être rétablie\u00a0: la ligne a changé entre-temps.")
        except DoesNotFit:
            form.add_error(None, "Cette valeur ne convient plus à ce que les autres lignes disent aujourd’hui.")
        else:
            messages.success(request, "La valeur est rétablie. L’historique et le journal le disent.")
            return redirect(back)
    context = {
        "form": form, "kept": kept, "difference": difference, "named": _named(one), "key": key, "back": back,
        "title": "Rétablir une valeur",
    }  # fmt: skip
    return TemplateResponse(request, "admin/privacy/rowchange/restore.html", context)


def _change(number: str) -> RowChange | None:
    if not number.isdecimal():
        return None
    with isolation.system():
        return RowChange.objects.filter(pk=number).first()


def _whom(one: Followed, key: str) -> Concerned:
    shown_by = admin.site._registry.get(one.model)  # what staff see of the model knows whom its rows are about
    return shown_by.concerned_by([key]) if isinstance(shown_by, GestionAdmin) else Concerned()


def _past(by: Account, one: Followed, key: str) -> dict[str, Any]:
    changes = past_of(one, key)
    accounts = {change.kept.account_id for change in changes if change.kept.account_id is not None}
    identifiers = dict(Account.objects.filter(pk__in=accounts).values_list("pk", "identifier"))
    return {
        "named": _named(one),
        "key": key,
        "rows": [_row(change, identifiers) for change in changes],
        "restorations": restorations_of(one, key),
        "may_restore": by.has_perm(RESTORE),
        "title": f"{_named(one)} {key}",
    }


def _row(change: Change, identifiers: dict[int, str]) -> dict[str, Any]:
    account = change.kept.account_id
    return {
        "reference": change.kept.reference,
        "at": change.kept.at,
        "kind": KINDS.get(change.kept.kind, "Modification"),
        "who": identifiers.get(account, f"compte {account}") if account is not None else "",
        "work": work_in_words(change.kept.operation),
        "differences": change.differences,
    }


def _named(one: Followed) -> str:
    return str(one.model._meta.verbose_name).capitalize()
