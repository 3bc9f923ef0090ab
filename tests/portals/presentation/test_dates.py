"""Dates typed by hand are understood, or refused in words."""

import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

from portals.presentation.dates import TypedDateField, read_date


@pytest.mark.parametrize("typed", ["24/09/2026", "24.9.2026", " 24-09-2026 ", "24 09 2026"])
def test_it_reads_a_date_as_people_type_it(typed: str) -> None:
    assert read_date(typed) == datetime.date(2026, 9, 24)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/11/2026", "Cette date n’existe pas\u00a0: novembre n’a que 30\u00a0jours."),
        ("29/02/2026", "Cette date n’existe pas\u00a0: février\u00a02026 n’a que 28\u00a0jours."),
        ("24/13/2026", "Cette date n’existe pas\u00a0: il n’y a pas de mois n°\u00a013."),
        ("0/01/2026", "Cette date n’existe pas\u00a0: il n’y a pas de jour\u00a00."),
        ("2026-09-24", "Écrivez le jour, le mois et l’année, par exemple 24/09/2026."),
        ("hier", "Écrivez le jour, le mois et l’année, par exemple 24/09/2026."),
        ("24/09/9999", "L’année 9999 n’est pas possible ici."),
        ("٢٤/٠٩/٢٠٢٦", "Écrivez le jour, le mois et l’année, par exemple 24/09/2026."),
    ],
)
def test_it_says_what_is_wrong_with_a_date(typed: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read_date(typed)
    assert refused.value.messages == [why]


def test_the_field_shows_a_date_in_words_order_and_keeps_what_was_typed() -> None:
    class OneDate(forms.Form):
        day = TypedDateField(required=False)

    assert 'value="24/09/2026"' in str(OneDate(initial={"day": datetime.date(2026, 9, 24)})["day"])
    assert 'value="31/11/2026"' in str(OneDate({"day": "31/11/2026"})["day"])
    empty = OneDate({"day": ""})
    assert empty.is_valid()
    assert empty.cleaned_data["day"] is None
