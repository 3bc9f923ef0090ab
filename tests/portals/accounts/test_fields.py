import datetime

import pytest
from django import forms

from portals.accounts.fields import HandwrittenDateField, NumberAsTextField


@pytest.mark.parametrize("typed", ["07/03/1985", "7/3/1985", "07 03 1985", "07.03.1985", "07031985", " 1985-03-07 "])
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert HandwrittenDateField().clean(typed) == datetime.date(1985, 3, 7)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("31/11/1985", "Cette date n’existe pas\u00a0: novembre n’a que 30 jours."),
        ("29/02/1985", "Cette date n’existe pas\u00a0: février 1985 n’a que 28 jours."),
        ("30/02/1984", "Cette date n’existe pas\u00a0: février n’a jamais plus de 29 jours."),
        ("07/13/1985", "Cette date n’existe pas\u00a0: il n’y a pas de mois 13."),
        ("40/01/1985", "Cette date n’existe pas\u00a0: vérifiez le jour, le mois et l’année."),
        ("hier", "Écrivez la date avec huit chiffres, par exemple 07/03/1985."),
        ("٠٧/٠٣/١٩٨٥", "Écrivez la date avec huit chiffres, par exemple 07/03/1985."),
    ],
)
def test_a_wrong_date_is_explained(typed: str, reason: str) -> None:
    with pytest.raises(forms.ValidationError) as refused:
        HandwrittenDateField().clean(typed)
    assert refused.value.messages == [reason]


def test_spaces_in_a_number_are_dropped() -> None:
    assert NumberAsTextField().clean(" 4821 77\u00a036 ") == "48217736"
