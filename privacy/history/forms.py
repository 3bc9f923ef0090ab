"""What part of the journal is asked for: a month and a kind. Whatever is wrong in an address is the default."""

import datetime
from collections.abc import Iterator

from django import forms
from django.utils import timezone

from portals.presentation.formats import month_name
from privacy.audit.kinds import WORDS

MONTH = "%Y-%m"


def months_between(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """The first day of each month from the last one back to the first one."""
    month, end = last.replace(day=1), first.replace(day=1)
    while month >= end:
        yield month
        month = (month - datetime.timedelta(days=1)).replace(day=1)


def month_asked(text: str, *, since: datetime.date, today: datetime.date) -> datetime.date:
    """The month that an address names (`2026-11`), within what there is; the running one otherwise."""
    try:
        asked = datetime.datetime.strptime(text, MONTH).date()  # noqa: DTZ007  a month of Paris, no instant
    except ValueError:
        return today.replace(day=1)
    return asked if since.replace(day=1) <= asked <= today else today.replace(day=1)


class PeriodForm(forms.Form):
    """The month, among those since `since`."""

    mois = forms.ChoiceField(label="Mois", required=False)

    def __init__(self, *args: object, since: datetime.date, chosen: datetime.date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed over as they came
        months = months_between(since, timezone.localdate())
        field = self.fields["mois"]
        field.initial = chosen.strftime(MONTH)
        field.choices = [(month.strftime(MONTH), month_name(month).capitalize()) for month in months]  # type: ignore[attr-defined]  # a choice field


class HistoryForm(PeriodForm):
    """The month and the kind of operation."""

    genre = forms.ChoiceField(
        label="Genre", required=False, choices=[("", "Tout"), *((kind.value, label) for kind, label in WORDS.items())]
    )
