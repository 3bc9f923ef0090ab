"""The demo member has a past: an account and an address of before."""

import pytest
from django.test import Client

from config.demo.coordinates import OLD_ACCOUNT, fill_coordinates
from members.populate.cast import PERSONS
from tests import builders
from tests.cast import ALICE_IBAN
from tests.pages import words_of

pytestmark = pytest.mark.django_db


def test_it_is_written_once_and_shown(client: Client) -> None:
    member = builders.person(person_ref=PERSONS["member"], iban=ALICE_IBAN)
    builders.cover(builders.policy(member.household), member)
    account = builders.account(member)
    assert fill_coordinates()
    assert not fill_coordinates()
    page = words_of(builders.sign_in(client, account).get("/adherent/coordonnees/").content.decode())
    assert OLD_ACCOUNT in page
    assert "6 rue des Salins" in page
    assert "Ce qu’il reste à faire" not in page
