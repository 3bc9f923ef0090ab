"""The pages that no view gives."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.commitment("CGU-4.2")
def test_maintenance_closes_every_page_and_says_until_when(client: Client) -> None:
    settings.MAINTENANCE_FILE.parent.mkdir(parents=True, exist_ok=True)
    settings.MAINTENANCE_FILE.write_text("6 h 30\n", encoding="utf-8")
    try:
        answer = client.get("/connexion/")
    finally:
        settings.MAINTENANCE_FILE.unlink()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "600"
    assert "6 h 30" in answer.content.decode()
    assert client.get("/connexion/").status_code == 200


def test_probes_answer_during_maintenance(client: Client) -> None:
    settings.MAINTENANCE_FILE.parent.mkdir(parents=True, exist_ok=True)
    settings.MAINTENANCE_FILE.write_text("", encoding="utf-8")
    try:
        assert client.get("/healthz").status_code == 200
    finally:
        settings.MAINTENANCE_FILE.unlink()


def test_a_wrong_method_gets_a_page_and_the_methods_that_are_welcome(client: Client) -> None:
    answer = client.delete("/cgu/")
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert "Rien n’a été enregistré" in answer.content.decode()
