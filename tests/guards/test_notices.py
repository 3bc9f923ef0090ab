"""What every space says at the foot of every page."""

import pytest
from django.test import Client

from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.mark.commitment("CGU-3.2")
@pytest.mark.parametrize(
    ("holder", "address"),
    [
        ("alice_account", "/adherent/"),
        ("company_account", "/employeur/"),
        ("professional_account", "/professionnel/"),
    ],
)
def test_each_space_says_that_it_is_indicative(holder: str, address: str, cast: Cast) -> None:
    page = builders.sign_in(Client(), getattr(cast, holder)).get(address)
    assert page.status_code == 200
    assert "à titre indicatif" in words_of(page.content.decode())


@pytest.mark.commitment("CGU-1.5")
def test_the_terms_are_one_link_away_from_every_footer(client: Client) -> None:
    for address in ("/", "/connexion/", "/inscription/adherent/", "/aide/", "/cgu/"):
        assert 'href="/cgu/"' in client.get(address).content.decode(), address
