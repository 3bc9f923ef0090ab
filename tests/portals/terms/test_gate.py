"""Nothing opens before the terms in force are accepted, whatever the method, in the three spaces."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from portals.accounts.models import Account
from portals.terms.actions import publish
from portals.terms.middleware import ALWAYS_OPEN
from portals.terms.models import Acceptance
from tests import builders
from tests.cast import Cast
from tests.newcomer import accept_terms
from tests.pages import words_of

METHODS = ("get", "post", "put", "patch", "delete", "options", "head")


def renew_terms() -> None:
    publish(by=None, text="<p>Version deux.</p>", summary="<p>Ce qui change.</p>")


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


def pages(patterns: list[URLPattern | URLResolver], prefix: str = "/", names: str = "") -> dict[str, str]:
    """Every named address of the site: its name, and the address with 1 for each argument."""
    found: dict[str, str] = {}
    for pattern in patterns:
        address = prefix + re.sub(r"<[^>]+>", "1", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{names}{pattern.namespace}:" if pattern.namespace else names
            found |= pages(pattern.url_patterns, address, inner)
        else:
            found[f"{names}{pattern.name}"] = address
    return found


@pytest.mark.commitment("CGU-2.8")
def test_nothing_but_the_exempt_pages_answers_for_any_method(account: Account, client: Client) -> None:
    renew_terms()
    builders.sign_in(client, account)
    every = pages(get_resolver().url_patterns)
    waiting = {name: address for name, address in every.items() if name not in ALWAYS_OPEN}
    assert {"members:home", "members:benefit", "portals:account", "portals:home"} <= set(waiting)
    for name, address in waiting.items():
        if name.startswith(("employers", "providers")):
            continue  # other spaces do not exist for this account, terms or not
        for method in METHODS:
            response = getattr(client, method)(address)
            assert (response.status_code, response.get("Location")) == (302, "/cgu/acceptation/"), (name, method)


@pytest.mark.commitment("CGU-2.8", "CGU-2.12")
def test_the_exempt_pages_stay_open(account: Account, client: Client) -> None:
    renew_terms()
    builders.sign_in(client, account)
    for address in ("/cgu/", "/cgu/1/", "/cgu/refus/", "/dpo/", "/confidentialite/", "/mentions-legales/", "/aide/"):
        assert client.get(address).status_code == 200, address
    assert client.post("/deconnexion/").status_code == 302


@pytest.mark.commitment("CGU-2.12")
def test_a_new_version_is_asked_for_in_the_three_spaces_at_once(cast: Cast) -> None:
    for account in (cast.alice_account, cast.company_account, cast.professional_account):
        client = builders.sign_in(Client(), account)
        assert client.get("/compte/").status_code == 200
    renew_terms()
    for account in (cast.alice_account, cast.company_account, cast.professional_account):
        client = builders.sign_in(Client(), account)
        assert client.get("/compte/")["Location"] == "/cgu/acceptation/"
        page = words_of(client.get("/cgu/acceptation/").text)
        assert "ont changé" in page and "Ce qui change." in page
        assert accept_terms(client, version="2").status_code == 302
        assert client.get("/compte/").status_code == 200


@pytest.mark.commitment("CGU-2.12")
def test_the_new_acceptance_replaces_the_old_one_and_both_stay_readable(account: Account, client: Client) -> None:
    renew_terms()
    builders.sign_in(client, account)
    accept_terms(client, version="2")
    account.refresh_from_db()
    assert account.accepted_terms is not None and account.accepted_terms.number == 2
    assert Acceptance.objects.filter(account=account).count() == 2
    page = client.get("/compte/").text
    assert "/cgu/1/" in page and "/cgu/2/" in page


@pytest.mark.commitment("CGU-2.12")
def test_whoever_refuses_reads_what_remains(account: Account, client: Client) -> None:
    renew_terms()
    builders.sign_in(client, account)
    page = client.get("/cgu/refus/").text
    for address in ("/cgu/acceptation/", "/cgu/", "/dpo/", "/deconnexion/"):
        assert address in page


def test_nobody_is_asked_twice_for_the_version_they_accepted(account: Account, client: Client) -> None:
    builders.sign_in(client, account)
    assert client.get("/cgu/acceptation/")["Location"] == "/adherent/"


def test_every_exempt_name_exists() -> None:
    assert set(pages(get_resolver().url_patterns)) >= ALWAYS_OPEN
