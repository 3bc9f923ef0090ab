"""A card is checked at `/verifier/` by its number or by the signed text of its QR code."""

import pytest
from django.test import Client
from django.utils import timezone

from members.card.models import Card, Reason
from members.card.signature import PREFIX
from portals.access import isolation
from tests import builders
from tests.cast import Cast
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.12")]


@pytest.fixture
def card(cast: Cast) -> Card:
    """Alice's card of today."""
    client = builders.sign_in(Client(), cast.alice_account)
    client.post("/adherent/carte/etablir/")
    with isolation.system():
        return Card.objects.filter(household=cast.alice.household, revoked_at=None).latest("pk")


def ask(client: Client, code: str) -> str:
    return words_of(client.post("/verifier/", {"way": "code", "code": code}).content.decode())


def test_a_card_is_known_by_its_number_and_by_its_qr_code(card: Card, client: Client) -> None:
    by_number = ask(client, card.number)
    assert "Ce code est celui d’un document bien de nous." in by_number
    by_text = ask(client, card.payload)
    assert "Ce QR code est bien de nous, inchangé." in by_text
    assert "Elle est valable aujourd’hui." in by_text
    for page in (by_number, by_text):
        assert "Carte de tiers payant Période Du" in page
        assert "Le Goff" not in page


def test_a_revoked_card_is_said_to_be(card: Card, client: Client) -> None:
    with isolation.system():
        Card.objects.filter(pk=card.pk).update(revoked_at=timezone.now(), revoked_for=Reason.OTHER)
    for asked in (card.number, card.payload):
        assert "Ce document était de nous\u00a0: il n’est plus valable." in ask(client, asked)


def test_a_forged_text_is_said_to_be(card: Card, client: Client) -> None:
    sign = "A" if card.payload[100] != "A" else "B"
    assert "Ce QR code a été modifié." in ask(client, card.payload[:100] + sign + card.payload[101:])
    assert "Nous ne pouvons pas lire ce QR code." in ask(client, PREFIX + "???")
