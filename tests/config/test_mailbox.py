"""The demo's mailbox."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client

pytestmark = pytest.mark.django_db


def test_messages_kept_in_files_are_shown(client: Client, mail_folder: Path) -> None:
    EmailMessage("Votre identifiant", "Il vous attend à l’œuvre.", to=["alice@example.org"]).send()
    EmailMessage("Votre relevé", "Un nouveau relevé.", to=["alice@example.org"]).send()
    page = client.get("/demo/courriels/").content.decode()
    assert "Votre identifiant" in page
    assert "Votre relevé" in page


def test_one_message_is_read(client: Client, mail_folder: Path) -> None:
    EmailMessage("Votre identifiant", "Il vous attend à l’œuvre.", to=["alice@example.org"]).send()
    from config.demo.mailbox import kept_mails

    (mail,) = kept_mails(mail_folder)
    assert "à l’œuvre" in client.get(f"/demo/courriels/{mail.name}/").content.decode()


def test_an_unknown_message_is_not_found(client: Client, mail_folder: Path) -> None:
    assert client.get("/demo/courriels/nothing-0/").status_code == 404
