"""The meter beside a new password: who may ask it, what it says, what it leaves behind."""

import json
import logging

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from playwright.sync_api import Page, expect

from portals.accounts.models import Account
from portals.accounts.passwords import COMMON, KEYBOARD, OF_THE_TRADE, PERSONAL, Verdict, refusal, strength_of
from tests import builders
from tests.cast import Cast, build_cast

ADDRESS = "/mot-de-passe/robustesse/"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.alice_account


@pytest.mark.commitment("CGU-2.5")
@pytest.mark.asvs("6.2.12")
@pytest.mark.parametrize(
    ("password", "verdict"),
    [
        ("motdepassemotdepasse", Verdict.WEAK),
        ("loveyoubabygirl1", Verdict.WEAK),
        ("bonjour les amis", Verdict.ACCEPTED),
        ("tournesol marmite éclair 9", Verdict.SOLID),
    ],
)
def test_the_verdict_is_in_words(password: str, verdict: Verdict) -> None:
    assert strength_of(password, []).verdict == verdict


@pytest.mark.asvs("6.1.2", "6.2.11")
@pytest.mark.parametrize(
    "password", ["MutuelleSante2026!", "espace-adherent-2026", "Bienvenue-Gestionnaire1", "ComptePortailAdmin"]
)
def test_the_words_of_the_trade_make_no_password(password: str) -> None:
    assert refusal(password, []) == OF_THE_TRADE


@pytest.mark.commitment("CGU-2.5")
def test_it_says_what_the_form_would_answer_with_the_words_of_the_person(account: Account, client: Client) -> None:
    builders.sign_in(client, account)
    for password, advice in (
        ("motdepassemotdepasse", COMMON),
        ("azertyuiopqsdfgh", KEYBOARD),
        ("AliceLeGoff-48217736", PERSONAL),
        ("tournesol marmite éclair 9", ""),
    ):
        answer = client.post(ADDRESS, {"password": password})
        assert json.loads(answer.content)["advice"] == advice
        assert "no-store" in answer["Cache-Control"]


def test_a_link_good_for_a_new_password_opens_it_and_nothing_else_does(account: Account) -> None:
    owner, stranger = Client(), Client()
    reference = urlsafe_base64_encode(force_bytes(account.pk))
    assert stranger.post(ADDRESS, {"password": "x"})["Location"] == "/connexion/"
    owner.get(f"/mot-de-passe/lien/{reference}/{default_token_generator.make_token(account)}/")
    said = json.loads(owner.post(ADDRESS, {"password": "AliceLeGoff-48217736"}).content)
    assert said == {"verdict": "trop faible", "advice": PERSONAL}
    account.set_password("quatre autres mouettes")
    account.save(update_fields=["password"])
    assert owner.post(ADDRESS, {"password": "x"}).status_code == 302


def test_it_is_posted_with_the_token_of_the_form(account: Account) -> None:
    client = builders.sign_in(Client(enforce_csrf_checks=True), account)
    assert client.post(ADDRESS, {"password": "x"}).status_code == 403


def test_it_tires(account: Account, client: Client) -> None:
    builders.sign_in(client, account)
    for _ in range(60):
        assert client.post(ADDRESS, {"password": "court"}).status_code == 200
    tired = client.post(ADDRESS, {"password": "court"})
    assert tired.status_code == 429 and tired["Retry-After"] == "60"


@pytest.mark.asvs("16.2.5")
def test_what_is_tried_is_written_nowhere(account: Account, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    from privacy.audit.models import Entry

    builders.sign_in(client, account)
    before = Entry.objects.count()
    with caplog.at_level(logging.DEBUG):
        client.post(ADDRESS, {"password": "hippocampe-de-passage"})
    assert Entry.objects.count() == before
    assert "hippocampe" not in caplog.text
    assert "hippocampe" not in str(dict(client.session))


@pytest.mark.browser
@pytest.mark.commitment("CGU-2.5")
def test_the_meter_says_it_while_one_types(transactional_db: None, browser_page: Page, live_site: str) -> None:
    account = build_cast().alice_account
    Account.objects.filter(pk=account.pk).update(must_choose_password=True)
    client = builders.sign_in(Client(), account)
    name = settings.SESSION_COOKIE_NAME
    browser_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_site}])
    browser_page.goto("/mot-de-passe/nouveau/")
    said = browser_page.locator(".length output")
    for typed, words in (
        ("douze signes", "12 caractères sur 15 au moins"),
        ("azertyuiopqsdfgh", f"Trop faible. {KEYBOARD}"),
        ("bonjour les amis", "Correct. Un mot de plus"),
        ("tournesol marmite éclair 9", "Solide."),
    ):
        browser_page.fill("input[autocomplete=new-password]", typed)
        expect(said).to_contain_text(words)
