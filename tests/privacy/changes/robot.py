"""Whoever fills in any form of the staff's site: each field with what it takes, corrected where the answer says so."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portals.presentation.dates import TypedDateField
from tests.portals.documents.hostile import plain_pdf, written

TRIES = 8
PDF = written(plain_pdf())


def scan() -> SimpleUploadedFile:
    """A document of one blank page."""
    return SimpleUploadedFile("piece.pdf", PDF, "application/pdf")


def form_of(answer: Any) -> forms.BaseForm | None:
    """The form that a page shows."""
    context: Any = getattr(answer, "context", None)
    if context is None:
        return None
    for name in ("adminform", "form"):
        if name in context and context[name] is not None:
            found = context[name]
            return getattr(found, "form", found)
    return None


def send(client: Client, address: str, known: dict[str, Callable[[], Any]], more: dict[str, Any]) -> Any:
    """The page filled in and sent. `known`: what fields of these names take; `more`: what is sent in any case."""
    answer = client.get(address)
    form = form_of(answer)
    ranks: dict[str, int] = {}
    for _try in range(TRIES):
        sent = _filled(form, ranks, known) if form is not None else {}
        answer = client.post(address, {name: value for name, value in (sent | more).items() if value is not None})
        again = form_of(answer)
        is_next_step = again is not None and form is not None and set(again.fields) > set(form.fields)
        if answer.status_code != 200 or again is None or not (again.errors or is_next_step):
            return answer
        for name in again.errors if set(again.errors) - {"__all__"} else again.fields if again.errors else ():
            ranks[name] = ranks.get(name, 0) + 1
        form = again
    return answer


def _filled(form: forms.BaseForm, ranks: dict[str, int], known: dict[str, Callable[[], Any]]) -> dict[str, Any]:
    return {
        form.add_prefix(name): known[name]() if name in known else _value(form, name, field, ranks.get(name, 0))
        for name, field in form.fields.items()
    }


def _value(form: forms.BaseForm, name: str, field: Any, rank: int) -> Any:
    initial = form.get_initial_for_field(field, name)
    if not rank and initial not in (None, "", []) and not isinstance(field, forms.FileField):
        return field.prepare_value(initial) if not isinstance(initial, bool) else ("on" if initial else None)
    candidates = list(_candidates(field))
    return candidates[rank % len(candidates)] if candidates else None


def _candidates(field: Any) -> Iterator[Any]:
    choices: Any = getattr(field, "choices", ())
    queryset: Any = getattr(field, "queryset", None)
    today = timezone.localdate()
    day = today + datetime.timedelta(days=40)
    if isinstance(field, forms.FileField):
        yield scan()
    elif isinstance(field, forms.ModelMultipleChoiceField):
        yield [row.pk for row in queryset[:1]]
    elif isinstance(field, forms.ModelChoiceField):
        yield from [row.pk for row in queryset[:3]]
    elif isinstance(field, forms.MultipleChoiceField | forms.TypedMultipleChoiceField):
        yield [code for code, _label in choices][:1]
    elif isinstance(field, forms.ChoiceField):
        yield from [code for code, _label in choices if code not in ("", None)]
    elif isinstance(field, forms.BooleanField):
        yield "on"
    elif isinstance(field, forms.DateTimeField):
        yield from (
            f"{day:%d/%m/%Y} 10:00",
            f"{day:%Y-%m-%d}T10:00",
            f"{today:%d/%m/%Y} 00:00",
            f"{today:%Y-%m-%d}T00:00",
        )
    elif isinstance(field, forms.DateField | TypedDateField):
        yield from (f"{day:%d/%m/%Y}", f"{today:%d/%m/%Y}", "01/03/1985")
    elif isinstance(field, forms.IntegerField | forms.DecimalField | forms.FloatField):
        yield from ("1", "20", "12", "2")
    elif isinstance(field, forms.JSONField):
        yield "{}"
    else:
        yield from _words(field, day)


def _words(field: Any, day: datetime.date) -> Iterator[str]:
    most = getattr(field, "max_length", None) or 200
    for words in (
        "Essai de robot",
        "essai@example.org",
        "12",
        f"{day:%d/%m/%Y}",
        f"{day:%Y-%m}",
        "essai",
        "<p>Essai.</p>",
    ):
        yield words[:most]
