"""The public legal and help pages."""

import datetime
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from config.organisation import ORGANISATION

PAGES = {
    "portals:legal_notices": "/mentions-legales/",
    "portals:cookies": "/cookies/",
    "portals:privacy": "/confidentialite/",
    "portals:dpo": "/dpo/",
    "portals:accessibility": "/accessibilite/",
    "portals:help": "/aide/",
    "portals:availability": "/disponibilite/",
}
FILES = {"portals:robots": "/robots.txt", "portals:security_contact": "/.well-known/security.txt"}

pytestmark = pytest.mark.django_db


def words(html: str) -> str:
    """The words of the page, with ordinary spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def page(client: Client, name: str) -> str:
    response = client.get(reverse(name))
    assert response.status_code == 200
    return words(response.content.decode())


@pytest.mark.parametrize(("name", "address"), [*PAGES.items(), *FILES.items()])
def test_anyone_reads_it_at_its_address(client: Client, name: str, address: str) -> None:
    assert reverse(name) == address
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_it_is_written_in_french_typography(client: Client, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    text = re.sub(r"<[^>]+>", "\n", main).replace("&#x27;", "'")
    assert "'" not in text
    assert not re.search(r"[^\u202f\n][;!?%€](?!\w)| :|« | »", re.sub(r"&\w+;", "", text))


@pytest.mark.parametrize("name", PAGES)
def test_it_has_one_title_and_no_inline_code(client: Client, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    assert html.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", html)


@pytest.mark.commitment("CGU-6.1", "CGU-4.3", "CGU-3.25")
def test_the_legal_notices_name_the_publisher_the_protection_and_the_limits(client: Client) -> None:
    text = page(client, "portals:legal_notices")
    assert ORGANISATION.name in text
    assert ORGANISATION.mediator_name in text
    assert "sont protégés" in text
    assert "ne répond pas de l’indisponibilité du site" in text
    assert "gratuits et sans abonnement" in text


def test_the_legal_notices_say_what_the_operator_has_still_to_give(client: Client) -> None:
    assert page(client, "portals:legal_notices").count("à compléter par l’éditeur") == 3


@pytest.mark.commitment("CGU-8.13", "CGU-8.14", "CGU-8.15")
def test_the_cookie_page_lists_every_cookie_and_how_to_refuse_them(client: Client) -> None:
    text = page(client, "portals:cookies")
    assert settings.SESSION_COOKIE_NAME in text
    assert settings.CSRF_COOKIE_NAME in text
    assert "réglages de votre navigateur" in text


@pytest.mark.commitment("CGU-8.13", "CGU-8.14")
def test_the_site_sets_no_cookie_that_the_page_does_not_list_and_none_outlives_the_connection(client: Client) -> None:
    for address in ("/", "/connexion/", "/inscription/adherent/", *PAGES.values()):
        client.get(address)
    client.post("/connexion/", {"login": "0000000000", "password": "un mot de passe inconnu"})
    listed = page(client, "portals:cookies")
    for name, cookie in client.cookies.items():
        assert name in listed
        assert not cookie["expires"]
        assert not cookie["max-age"]


@pytest.mark.commitment("CGU-8.1", "CGU-8.3", "CGU-8.12")
def test_the_privacy_page_says_why_who_and_whom_to_ask(client: Client) -> None:
    text = page(client, "portals:privacy")
    assert "cotisations, remboursements, relevés" in text
    assert ORGANISATION.dpo_email in text
    assert "3 place de Fontenoy" in text


def test_the_dpo_page_gives_both_addresses_and_the_authority(client: Client) -> None:
    text = page(client, "portals:dpo")
    assert ORGANISATION.dpo_email in text
    assert "44273 Nantes Cedex 2" in text
    assert ORGANISATION.authority_website in text


def test_the_accessibility_statement_admits_that_no_audit_was_made(client: Client) -> None:
    text = page(client, "portals:accessibility")
    assert "non conforme" in text
    assert "Défenseur des droits" in text


@pytest.mark.commitment("CGU-9.4")
def test_the_help_page_says_whom_to_call_where_to_write_and_how_to_report_a_fraud(client: Client) -> None:
    text = page(client, "portals:help")
    assert ORGANISATION.phone in text
    assert "143 rue Blomet" in text
    assert "Signaler une utilisation frauduleuse" in text


@pytest.mark.commitment("CGU-6.3")
def test_robots_are_kept_out_of_the_spaces(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    for space in ("/adherent/", "/employeur/", "/professionnel/", "/gestion/", "/compte/"):
        assert f"Disallow: {space}\n" in text


def test_the_security_contact_expires_within_a_year(client: Client) -> None:
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    found = re.search(r"^Expires: (\S+)$", response.content.decode(), re.MULTILINE)
    assert found
    expires = datetime.datetime.fromisoformat(found[1])
    now = datetime.datetime.now(datetime.UTC)
    assert now < expires < now + datetime.timedelta(days=365)
