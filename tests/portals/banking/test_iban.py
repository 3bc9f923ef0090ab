"""An IBAN that cannot serve says why, in plain words."""

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from members.populate.identifiers import iban
from portals.banking.fields import IbanField
from portals.banking.iban import IbanRefused, bank_of, masked, read_iban, shown

GOOD = "FR1420041010050500013M02606"


@pytest.mark.parametrize(
    "typed",
    ["fr14 2004 1010 0505 0001 3m02 606", "FR14-2004-1010-0505-0001-3M02-606", f"IBAN {GOOD}", f" {GOOD}\u00a0"],
)
def test_it_reads_an_iban_however_it_is_typed(typed: str) -> None:
    assert read_iban(typed) == GOOD


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("FR14200410100505", "Il manque 11 signes"),
        (f"{GOOD}0", "Il y a 1 signe de trop"),
        ("FR1520041010050500013M02606", "La clé ne correspond pas"),
        ("FR1420041010050500013M02607", "La clé ne correspond pas"),
        ("4970101234567890", "numéro de carte bancaire"),
        ("20041010050500013M02606", "chiffres du RIB"),
        ("ZZ12345678901234", "Aucun IBAN ne commence par ZZ"),
        ("MU17BOMM0101101030300200000MUR", "hors de la zone SEPA"),
        ("compte de Claire", "commence par deux lettres et deux chiffres"),
        ("FR14é", "que des lettres et des chiffres"),
    ],
)
def test_it_says_what_is_wrong(typed: str, words: str) -> None:
    with pytest.raises(IbanRefused, match=words) as refused:
        read_iban(typed)
    assert typed not in str(refused.value)


@given(st.integers(min_value=0, max_value=99_999_999_999), st.integers(min_value=4, max_value=25), st.integers(1, 9))
def test_one_wrong_digit_is_never_accepted(account: int, place: int, added: int) -> None:
    good = iban(account)
    assert read_iban(good) == good
    wrong = good[:place] + str((int(good[place]) + added) % 10) + good[place + 1 :] if good[place].isdigit() else ""
    if wrong:
        with pytest.raises(IbanRefused):
            read_iban(wrong)


def test_an_account_is_shown_by_its_ends() -> None:
    assert masked(GOOD) == "FR·· ···· ·606"
    assert masked("") == ""
    assert shown(GOOD).bank == "La Banque Postale"
    assert bank_of("") == ""


def test_the_field_gives_it_compact_or_says_why_not() -> None:
    field = IbanField()
    assert field.clean("fr14 2004 1010 0505 0001 3m02 606") == GOOD
    with pytest.raises(forms.ValidationError, match="Écrivez l’IBAN"):
        field.clean("")
    with pytest.raises(forms.ValidationError, match="La clé"):
        field.clean("FR1420041010050500013M02607")
