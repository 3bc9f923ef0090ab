"""Coordinates in the space: what is shown, changed with a fresh proof, and changed back."""

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.coordinates.models import ContactChange
from members.households.models import Person
from portals.access import isolation
from portals.banking.models import BankChange
from privacy.models import Entry
from providers.directory.models import Place
from tests import builders
from tests.cast import ALICE_IBAN, Cast
from tests.members.coordinates.objects import OTHER_IBAN, bank_change_of, contact_change_of
from tests.newcomer import mails
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october")]

PAGE = "/adherent/coordonnees/"
BANK = f"{PAGE}compte-bancaire/"
ADDRESS = f"{PAGE}adresse/"
MOVE = {
    "address_line1": "12 rue du Port",
    "postcode": "29200",
    "city": "brest",
    "country": "FR",
    "phone": "02 98 00 00 00",
}


def words(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response.content.decode())


def bank_changes() -> list[BankChange]:
    with isolation.system():
        return list(BankChange.objects.order_by("id"))


def stored(person: Person) -> Person:
    with isolation.system():
        return Person.objects.get(pk=person.pk)


def test_the_account_is_shown_by_its_ends(alice: Client) -> None:
    page = words(alice)
    assert "FR·· ···· ·606" in page
    assert ALICE_IBAN not in page
    assert "La Banque Postale" in page
    assert "4 quai des Sardiniers" in page


def test_an_account_is_asked_for_and_cancelled(cast: Cast, alice: Client) -> None:
    response = alice.post(BANK, {"iban": "FR76 3000 6000 0112 3456 7890 189", "is_own": "on"})
    assert response["Location"] == PAGE
    page = words(alice)
    assert "Un nouveau compte servira le 11\u00a0octobre\u00a02026 à 12\u00a0h\u00a000" in page
    assert "Donner le même RIB à votre caisse" in page
    assert len(mails()) == 1
    assert alice.post(f"{BANK}annuler/")["Location"] == PAGE
    assert [change.state for change in bank_changes()] == ["Annulé"]
    assert "FR·· ···· ·606" in words(alice)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"iban": "FR7630006000011234567890188", "is_own": "on"}, "La clé ne correspond pas"),
        ({"iban": OTHER_IBAN}, "Nous ne versons que sur un compte à votre nom"),
        ({"iban": ALICE_IBAN, "is_own": "on"}, "le compte que nous avons déjà"),
        ({"iban": "", "is_own": "on"}, "Écrivez l’IBAN"),
    ],
)
def test_what_is_wrong_is_said(answers: dict[str, str], said: str, alice: Client) -> None:
    assert said in words_of(alice.post(BANK, answers).content.decode())
    assert bank_changes() == []


@pytest.mark.commitment("CGU-3.26")
@pytest.mark.parametrize("address", [BANK, f"{BANK}annuler/", ADDRESS, f"{ADDRESS}1/retablir/"])
def test_nothing_changes_without_a_fresh_proof(address: str, alice: Client, october: time_machine.Traveller) -> None:
    october.shift(6 * 60)
    response = alice.post(address, {"iban": OTHER_IBAN, "is_own": "on"})
    assert response["Location"].startswith("/compte/confirmer/")
    assert bank_changes() == []


def test_an_adult_dependant_adds_an_account_of_their_own(cast: Cast, client: Client) -> None:
    samir = builders.sign_in(client, cast.home.samir_account)
    assert "le compte de l’adhérent" in words(samir)
    samir.post(BANK, {"iban": OTHER_IBAN, "is_own": "on"})
    (change,) = bank_changes()
    assert (change.subject_id, change.old_masked) == (cast.home.samir.pk, "")
    assert "FR·· ···· ·606" not in words(samir)


def test_a_minor_has_none(cast: Cast, client: Client) -> None:
    teenager = builders.person(
        cast.alice.household, role="child", given_names="Nina", birth_date="2009-05-20", family_name="Benali"
    )
    nina = builders.sign_in(client, builders.account(teenager))
    assert nina.get(BANK).status_code == 403
    assert "À 18\u00a0ans" in words(nina)


def test_the_member_does_not_see_the_changes_of_a_dependant(cast: Cast, alice: Client) -> None:
    bank_change_of(cast.home.samir_account)
    contact_change_of(cast.home.samir_account, cast.home.samir)
    page = words(alice)
    assert "·189" not in page
    assert "12 rue du Port" not in page


def test_an_address_serves_at_once_and_can_be_changed_back(cast: Cast, alice: Client) -> None:
    Place.objects.filter(postcodes__contains=["29200"]).delete()
    Place.objects.create(code="29019", name="Brest", search_name="brest", postcodes=["29200"], population=140_000)
    assert alice.post(ADDRESS, {**MOVE, "for_children": "on"})["Location"] == PAGE
    moved = stored(cast.alice)
    assert (moved.city, moved.phone) == ("Brest", "+33298000000")
    assert stored(cast.home.ines).city == "Brest"
    assert stored(cast.home.samir).city == "Lorient"
    assert stored(cast.home.ines).phone == cast.home.ines.phone
    page = words(alice)
    assert "Nous envoyer la nouvelle attestation de droits" in page
    assert len(mails()) == 1
    with isolation.system():
        change = ContactChange.objects.get(person=cast.alice)
    assert alice.post(f"{ADDRESS}{change.pk}/retablir/")["Location"] == PAGE
    assert {stored(one).city for one in (cast.alice, cast.home.ines)} == {"Lorient"}
    assert "Annulé" in words(alice)


def test_a_commune_that_is_not_of_the_postcode_is_refused(alice: Client) -> None:
    Place.objects.filter(postcodes__contains=["29200"]).delete()
    Place.objects.create(code="29019", name="Brest", search_name="brest", postcodes=["29200"], population=140_000)
    page = words_of(alice.post(ADDRESS, {**MOVE, "city": "Lorient"}).content.decode())
    assert "Le code postal 29200 est celui de\u00a0: Brest" in page


def test_what_was_changed_since_is_not_lost_by_going_back(cast: Cast, alice: Client) -> None:
    first = contact_change_of(cast.alice_account, cast.alice)
    alice.post(ADDRESS, {**MOVE, "address_line1": "13 rue du Port", "city": "Brest"})
    response = alice.post(f"{ADDRESS}{first.pk}/retablir/", follow=True)
    assert "Une autre adresse a été enregistrée depuis" in words_of(response.content.decode())
    assert stored(cast.alice).address_line1 == "13 rue du Port"


def test_every_step_is_in_the_journal_without_a_value(cast: Cast, alice: Client) -> None:
    alice.post(BANK, {"iban": OTHER_IBAN, "is_own": "on"})
    contact_change_of(cast.alice_account, cast.alice)
    with isolation.system():
        entries = list(Entry.objects.filter(action__regex="^(bank|coordinates)"))
    assert {entry.action for entry in entries} == {"bank.change_asked", "coordinates.contact_changed"}
    said = " ".join(str(entry.details) for entry in entries)
    assert "Brest" not in said
    assert "189" not in said


def test_the_page_asks_the_same_number_of_queries_whatever_its_history(
    cast: Cast, alice: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    bank_change_of(cast.alice_account)
    for street in range(8):
        with isolation.system():
            ContactChange.objects.create(
                household=cast.alice.household, person=cast.alice, changed_by=cast.alice_account,
                before={"postcode": "56100", "country": "FR", "city": "Lorient", "address_line1": f"{street}"},
                after={"postcode": "56100", "country": "FR", "city": "Lorient", "address_line1": f"{street + 1}"},
            )  # fmt: skip
    with django_assert_max_num_queries(12):
        alice.get(PAGE)
