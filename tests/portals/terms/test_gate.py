"""Nothing opens before the terms in force are accepted, whatever the method, in the three spaces."""

import datetime
import re

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from portals.accounts.models import Account
from portals.terms.actions import publish
from portals.terms.middleware import ALWAYS_OPEN, OPEN_WITHOUT_TERMS
from portals.terms.models import Acceptance
from portals.terms.sessions import TERMS
from portals.terms.wording import LABEL
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.harness.visits import Visit
from tests.newcomer import accept_terms, sign_in
from tests.pages import words_of

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")


def renew_terms(effective_at: datetime.datetime | None = None) -> None:
    changes = "<p>Ce qui change, en mots simples.</p>"
    publish(by=None, text="<p>Version deux.</p>", summary="<p>Bref.</p>", changes=changes, effective_at=effective_at)


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
def test_nothing_but_the_exempt_pages_answers_for_any_method(account: Account) -> None:
    renew_terms()
    client = Visit()
    builders.sign_in(client, account)
    every = pages(get_resolver().url_patterns)
    waiting = {name: address for name, address in every.items() if name not in ALWAYS_OPEN | OPEN_WITHOUT_TERMS}
    assert {"members:home", "members:benefit", "portals:account", "portals:home"} <= set(waiting)
    for name, address in waiting.items():
        if name.startswith(("employers", "providers", "admin", "medical")):
            continue  # other spaces, the staff's site and the adviser's do not exist for this account, terms or not
        for method in METHODS:
            response = client.generic(method, address)
            assert (response.status_code, response.get("Location")) == (302, "/cgu/acceptation/"), (name, method)


@pytest.mark.commitment("CGU-2.8", "CGU-2.12")
def test_the_exempt_pages_stay_open(account: Account, client: Client) -> None:
    renew_terms()
    builders.sign_in(client, account)
    for address in ("/cgu/", "/cgu/1/", "/cgu/refus/", "/dpo/", "/confidentialite/", "/mentions-legales/", "/aide/"):
        assert client.get(address).status_code == 200, address
    assert client.post("/deconnexion/").status_code == 302


@pytest.mark.commitment("CGU-2.12")
def test_a_new_version_is_asked_for_at_its_instant_in_every_space_and_in_open_sessions(cast: Cast) -> None:
    instant = timezone.now() + datetime.timedelta(days=30)
    people = [cast.alice_account, cast.company_account, cast.professional_account, builders.colleague()]
    with time_machine.travel(instant - datetime.timedelta(minutes=10), tick=False) as clock:
        renew_terms(effective_at=instant)
        clients = [builders.sign_in(Client(), account) for account in people]
        clock.shift(datetime.timedelta(minutes=9, seconds=59))
        for client in clients:
            page = client.get("/compte/")
            assert page.status_code == 200
            assert "vous serez alors invité à les accepter" in words_of(page.text) and "/cgu/2/" in page.text
        clock.shift(datetime.timedelta(seconds=1))
        for client in clients:
            assert client.get("/compte/")["Location"] == "/cgu/acceptation/"
            asked = client.get("/cgu/acceptation/").text
            told = words_of(asked)
            assert "ont changé" in told and "Ce qui change, en mots simples." in told
            assert LABEL in told and "/cgu/1/comparaison/2/" in asked
            assert accept_terms(client, version="2").status_code == 302
            after = client.get("/compte/")
            assert after.status_code == 200 and "vous serez alors invité" not in words_of(after.text)


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
    assert "/deconnexion/" in page
    main = page[page.index("<main") : page.index("</main>")]
    remains = set(re.findall(r'href="(/[^"]+)"', main)) - {"/cgu/acceptation/"}
    assert remains == {
        "/cgu/", "/compte/cgu.pdf", "/dpo/", "/fraude/", "/aide/", reverse("portals:export"),
        reverse("portals:account_delete"),
    }  # fmt: skip
    for address in remains:
        answer = client.get(address)
        refused = answer.status_code == 302 and answer["Location"] == "/cgu/acceptation/"
        assert answer.status_code in {200, 302} and not refused, address
    assert client.get("/adherent/")["Location"] == "/cgu/acceptation/"


@pytest.mark.commitment("CGU-2.8")
def test_without_any_version_in_force_nothing_opens_and_the_page_says_so(account: Account, client: Client) -> None:
    builders.sign_in(client, account)
    with time_machine.travel("2025-12-31T12:00:00Z", tick=False):
        session = client.session
        session["began_at"] = session["seen_at"] = int(timezone.now().timestamp())
        session.save()
        assert client.get("/compte/")["Location"] == "/cgu/acceptation/"
        for address in ("/cgu/acceptation/", "/cgu/"):
            answer = client.get(address)
            assert answer.status_code == 503, address
            assert "Aucune version des conditions d’utilisation n’est en vigueur" in words_of(answer.text)


@pytest.mark.commitment("CGU-2.13")
def test_the_session_and_the_journal_hold_the_version_in_force(account: Account, client: Client) -> None:
    sign_in(client, account.identifier, builders.PASSWORD)
    client.get("/compte/")
    before = Entry.objects.order_by("-id").first()
    assert client.session[TERMS] == 1
    renew_terms()
    accept_terms(client, version="2")
    assert client.session[TERMS] == 2
    client.get("/compte/cgu.pdf")
    looked = Entry.objects.get(action="terms.history_downloaded")
    assert (looked.terms_number, looked.account_id) == (2, account.pk)
    assert looked.session_hash and before is not None
    accepted = Entry.objects.get(action="terms.accepted")
    assert accepted.details == {} and accepted.object_id == "2"


def test_nobody_is_asked_twice_for_the_version_they_accepted(account: Account, client: Client) -> None:
    builders.sign_in(client, account)
    assert client.get("/cgu/acceptation/")["Location"] == "/adherent/"


def test_every_exempt_name_exists() -> None:
    assert set(pages(get_resolver().url_patterns)) >= ALWAYS_OPEN | OPEN_WITHOUT_TERMS


def test_what_remains_without_the_terms_waits_for_the_password_and_the_second_factor(cast: Cast) -> None:
    every = pages(get_resolver().url_patterns)
    newcomer, half_in = cast.alice_account, cast.company_account
    newcomer.must_choose_password = True
    newcomer.save(update_fields=["must_choose_password"])
    for account, step in ((newcomer, "/mot-de-passe/nouveau/"), (half_in, "/verification/")):
        client = builders.sign_in(Client(), account)
        session = client.session
        del session[DEVICE_ID_SESSION_KEY]
        session.save()
        for name in OPEN_WITHOUT_TERMS:
            answer = client.get(every[name])
            assert answer.status_code == 302 and answer["Location"].startswith(step), name
