"""« Qui a consulté mes données », for the account of any space, by person where a grant opens several."""

import datetime
from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.access.entry import account_of, entry_of
from portals.access.models import Grant
from portals.accounts.models import Account
from privacy.audit import record
from privacy.audit.searching import month_of
from privacy.history.forms import MONTH, PeriodForm, month_asked
from privacy.looks import queries, telling
from privacy.looks.registry import Source, Whose, source_of
from privacy.looks.telling import Look


@dataclass(frozen=True)
class Told:
    """What the page says: the looks of others, and how many times those whose record it is looked at it."""

    looks: list[Look]
    own: int
    is_cut: bool


class LooksForm(PeriodForm):
    """The month, and the person when there are several."""

    personne = forms.ChoiceField(label="Personne", required=False)

    def __init__(self, *args: object, persons: list[Whose], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed over as they came
        if len(persons) > 1:
            self.fields["personne"].choices = [(str(one.id), one.name) for one in persons]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["personne"]


@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """Every look of a month at a record: who, when, what, why (PDP-7.5)."""
    account, grant = account_of(request), entry_of(request).grant
    source = source_of(account.space) if grant else None
    persons = list(source.persons(grant)) if source and grant else []
    chosen = _chosen(request.GET.get("personne", ""), persons)
    since = timezone.localdate(account.created_at)
    month = month_asked(request.GET.get("mois", ""), since=since, today=timezone.localdate())
    told = _told(account, chosen, month, source, grant)
    record(
        "looks.listed", by=account, object_kind="person" if chosen else "account",
        object_id=chosen.id if chosen else account.pk, details={"looks": len(told.looks)},
    )  # fmt: skip
    asked = {"mois": month.strftime(MONTH), "personne": str(chosen.id) if chosen else ""}
    context = {
        "form": LooksForm(initial=asked, persons=persons, since=since, chosen=month),
        "whose": chosen if chosen and not (chosen.is_viewer and not _represents(grant)) else None,
        "month": month,
        "is_running": month == timezone.localdate().replace(day=1),
        "count": sum(look.times for look in told.looks),
        "told": told,
    }
    return render(request, "privacy/looks/looks.html", context)


def _chosen(text: str, persons: list[Whose]) -> Whose | None:
    """The person asked for, the viewer otherwise. Anybody else is as unknown as nobody."""
    if not persons or not text:
        return persons[0] if persons else None
    chosen = next((one for one in persons if str(one.id) == text), None)
    if chosen is None:
        raise Http404
    return chosen


def _told(
    account: Account, person: Whose | None, month: datetime.date, source: Source | None, grant: Grant | None
) -> Told:
    """Four queries, whatever there is."""
    since, until = month_of(month)
    about = queries.about_viewer(account, person.id if person else None)
    groups = queries.groups_of(queries.looks_at(about, since, until))
    theirs = {account.pk} | (queries.accounts_of_person(person.id) if person else set())
    others = [group for group in groups if group.account_id not in theirs]
    names = queries.names_of(group.account_id for group in others)
    things = {str(model._meta.model_name): str(model._meta.verbose_name) for model in admin.site._registry}
    found = [telling.look_of(group, names, things) for group in others]
    if person and source and grant:
        found += [telling.from_room(look) for look in source.looks(grant, person.id, since, until)]
    own = sum(group.times for group in groups if group.account_id in theirs)
    return Told(telling.in_order(found), own, is_cut=len(groups) == queries.SHOWN)


def _represents(grant: Grant | None) -> bool:
    return bool(grant and grant.represents)
