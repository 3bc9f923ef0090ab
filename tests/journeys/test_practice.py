"""A practice on a phone, without JavaScript: a secretary who sees invoices only, a contested payment, a question."""

import re

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import Page, expect

from portals.accounts.models import Account, AccountState
from portals.gestion.roles import Role
from portals.jobs import run_due
from tests import builders
from tests.cast import Cast, build_cast
from tests.harness.browser import Phone
from tests.portals.documents import hostile
from tests.providers.invoices.objects import invoice_of
from tests.providers.users.people import INVITED, link_in

pytestmark = [pytest.mark.browser, pytest.mark.commitment("CGU-1.4", "CGU-3.23")]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return build_cast()


def attach(page: Page) -> None:
    picture = {"name": "bordereau.jpg", "mimeType": "image/jpeg", "buffer": hostile.photograph_with_place()}
    page.get_by_label("Ou prendre une photo").set_input_files(picture)  # type: ignore[arg-type]  # a FilePayload


def answer_it(desk: Page, link: str, words: str, *, outcome: str = "") -> None:
    """An agent takes the thread out of the queue and answers."""
    desk.goto("/gestion/portals/thread/")
    desk.get_by_role("link", name=link).first.click()
    desk.get_by_label("Répondre", exact=True).check()
    if outcome:
        desk.get_by_label("Issue").select_option(label=outcome)
    desk.get_by_label("Texte (facultatif)").fill(words)
    desk.get_by_role("button", name="Enregistrer").click()


def fits(page: Page) -> bool:
    """Whether nothing is wider than the phone."""
    root = page.locator("html")
    box = root.bounding_box()
    return box is not None and box["width"] <= 390


def test_a_secretary_is_invited_and_sees_invoices_only(phone: Phone, people: Cast) -> None:
    invoice = invoice_of(people.professional, invoice_number="F-2026-17")
    page = phone(builders.sign_in(Client(), people.professional_account))
    page.goto("/professionnel/acces/")
    page.get_by_role("link", name="Inviter une personne").click()
    page.get_by_label("Adresse e-mail").fill(INVITED)
    page.get_by_label("Facturation").check()
    page.get_by_role("button", name="Envoyer l’invitation").click()
    expect(page.get_by_text(INVITED).first).to_be_visible()

    run_due()
    (invitation,) = [message for message in mail.outbox if message.to == [INVITED]]
    visitor = Client()
    visitor.session.save()
    newcomer = phone(visitor)
    newcomer.goto(link_in(invitation))
    expect(newcomer.get_by_role("heading", level=1)).to_contain_text("vous invite")
    newcomer.get_by_label("Vos prénom et nom").fill("Enora Le Bris")
    newcomer.get_by_role("button", name="Accepter et recevoir mes e-mails").click()
    expect(newcomer.get_by_role("heading", level=1)).to_contain_text("deux e-mails partent")

    secretary = Account.objects.get(email=INVITED)
    builders.accept(secretary)  # the steps of any registration: tests/journeys/test_main_path.py
    Account.objects.filter(pk=secretary.pk).update(state=AccountState.VALIDATED, must_choose_password=False)
    secretary.refresh_from_db()
    theirs = phone(builders.sign_in(Client(), secretary))
    theirs.goto("/professionnel/")
    menu = theirs.get_by_role("navigation").first
    expect(menu.get_by_role("link", name="Factures")).to_be_visible()
    expect(menu.get_by_role("link", name="Droits")).to_have_count(0)
    menu.get_by_role("link", name="Factures").click()
    expect(theirs.get_by_role("table")).to_contain_text(invoice.invoice_number)
    assert fits(theirs)
    theirs.goto("/professionnel/droits/")
    expect(theirs.get_by_role("heading", level=1)).to_contain_text("Votre rôle ne comprend pas")
    expect(theirs.get_by_text("Anne Quéré").first).to_be_visible()

    page.goto("/professionnel/acces/")
    page.get_by_role("link", name="Enora Le Bris").click()
    expect(page.get_by_role("table")).to_contain_text("A consulté la liste de vos factures")
    page.get_by_role("link", name="Retirer son accès").click()
    page.get_by_role("button", name="Retirer l’accès").click()
    theirs.goto("/professionnel/factures/")
    expect(theirs).to_have_url(re.compile("/connexion/"))


def test_a_payment_is_contested_from_its_invoice_with_a_document_and_followed_to_the_answer(
    phone: Phone, people: Cast
) -> None:
    invoice = invoice_of(people.professional, invoice_number="F-2026-18", status="rejected", reject_code="R01")
    page = phone(builders.sign_in(Client(), people.professional_account))
    page.goto(f"/professionnel/factures/{invoice.invoice_number}/")
    page.get_by_role("link", name="Contester ce paiement").click()
    expect(page.get_by_label("Le rejet n’est pas justifié")).to_be_checked()
    page.get_by_label("Ce qui s’est passé").fill("La carte présentée était valable ce jour-là.")
    attach(page)
    page.get_by_role("button", name="Envoyer la réclamation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nous vous répondons au plus tard le")
    expect(page.get_by_text("bordereau.jpg")).to_be_visible()
    assert fits(page)

    desk = phone(builders.enter_gestion(Client(), builders.colleague(Role.AGENT)))
    answer_it(desk, "RC-", "Vous avez raison, nous payons cette facture.", outcome="Acceptée")

    page.goto(f"/professionnel/factures/{invoice.invoice_number}/")
    page.get_by_role("link", name="RC-").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("acceptée")
    expect(page.get_by_text("nous payons cette facture")).to_be_visible()


def test_a_question_leaves_with_a_document_and_is_followed_to_the_answer(phone: Phone, people: Cast) -> None:
    page = phone(builders.sign_in(Client(), people.professional_account))
    page.goto("/professionnel/contact/")
    page.get_by_label("Sujet").select_option(label="Ma convention")
    page.get_by_role("textbox", name="Votre message").fill("Comment ajouter une spécialité à ma convention ?")
    attach(page)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_text("bordereau.jpg")).to_be_visible()

    desk = phone(builders.enter_gestion(Client(), builders.colleague(Role.AGENT)))
    answer_it(desk, "MS-", "Envoyez-nous l’attestation de l’ordre.")

    page.goto("/professionnel/contact/")
    page.get_by_role("link", name="Ma convention").click()
    expect(page.get_by_text("l’attestation de l’ordre")).to_be_visible()
