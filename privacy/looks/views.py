"""« Qui a consulté mes données », for the account of any space, by person where a grant opens several."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portals.access.entry import account_of, entry_of
from portals.access.models import Grant
from privacy.audit import record
from privacy.history.forms import MONTH, PeriodForm, month_asked
from privacy.looks.reading import told_of
from privacy.looks.registry import Whose, source_of


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
    told = told_of(account, chosen, month, source, grant)
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
        "count": told.count,
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


def _represents(grant: Grant | None) -> bool:
    return bool(grant and grant.represents)
