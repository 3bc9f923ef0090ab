"""A medical questionnaire, from a phone without script to the one word that comes out; the pages under axe."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from portals.access import isolation
from privacy.vault.models import Cover, MedicalCase
from tests import builders
from tests.cast import Cast
from tests.harness.accessibility import faults_at
from tests.harness.browser import Phone, goes_on
from tests.privacy.vault.objects import ANSWERS, CANARY, inside, reader, sent_case_of

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "vault"]),
    pytest.mark.commitment("PDP-4.6", "PDP-4.7", "PDP-4.8"),
]


def test_from_a_phone_to_the_answer(phone: Phone, browser_page: Page, live_site: str, cast: Cast) -> None:
    page = phone(builders.sign_in(Client(), cast.alice_account))
    page.goto(reverse("privacy:vault_new"))
    page.check(f"input[value={Cover.DEATH.value}]")
    page.check("input[name=consent]")
    page.click("text=Donner mon accord et continuer")
    for name, answer in ANSWERS.items():
        if answer in {"yes", "no"}:
            page.check(f"input[name={name}][value={answer}]")
        else:
            page.fill(f"[name={name}]", answer)
    page.click("text=Sceller mes réponses")
    page.click("text=Remettre au médecin-conseil")
    assert "étudie votre dossier" in page.inner_text("h1")
    with isolation.system():
        reference = MedicalCase.objects.get(cover=Cover.DEATH).reference
    goes_on(browser_page, inside(reader()), live_site)
    browser_page.goto(reverse("medical:home"))
    browser_page.click(f"text={reference}")
    assert CANARY in browser_page.inner_text("main")
    browser_page.check("input[value=postpone]")
    browser_page.fill("textarea[name=opinion]", CANARY)
    browser_page.click("text=Rendre la réponse")
    page.reload()
    assert "ajournée" in page.inner_text("h1")
    assert CANARY not in page.content()


def test_axe_finds_nothing_on_the_pages_of_the_adviser(browser_page: Page, live_site: str, cast: Cast) -> None:
    case = sent_case_of(cast.alice_account)
    client = inside(reader())
    goes_on(browser_page, client, live_site)
    addresses = [reverse(f"medical:{name}") for name in ("home", "entrance", "looks", "assistants")]
    addresses.append(reverse("medical:case", args=[case.reference]))
    wrong = [fault for address in addresses for fault in faults_at(browser_page, address)]
    assert wrong == []
