"""Contact by topic, and the complaint about the payment of an invoice, followed to the answer."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portals.access import isolation
from portals.access.models import Grant
from portals.correspondence import answering
from portals.correspondence.models import Kind, Outcome, Thread
from portals.correspondence.queries import letters_of
from portals.gestion.roles import Role
from providers.contact.models import PaymentComplaint
from providers.invoices.models import Invoice
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails
from tests.pages import words_of
from tests.portals.documents import hostile
from tests.providers.invoices.objects import invoice_of
from tests.providers.users.people import delegate, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-3.23")]

CONTACT = "/professionnel/contact/"
TEXT = "Le versement de septembre ne correspond pas à mes factures."


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("bordereau.jpg", hostile.photograph_with_place(), content_type="image/jpeg")


def complain(client: Client, invoice: Invoice, **answers: object) -> object:
    address = f"{CONTACT}paiement/?facture={invoice.invoice_number}"
    return client.post(address, {"reason": "unpaid", "text": TEXT, **answers})


def the_complaint() -> Thread:
    with isolation.system():
        return Thread.objects.get(kind=Kind.COMPLAINT)


def test_a_message_leaves_by_topic_with_its_document_and_is_followed_to_the_answer(cast: Cast) -> None:
    client = signed_in(cast.professional_account)
    page = client.get(f"{CONTACT}?sujet=agreement")
    assert '<option value="agreement" selected>' in page.text and "Une fraude ou un doute" in page.text
    sent = client.post(CONTACT, {"topic": "agreement", "text": TEXT, "enclosures": picture()})
    with isolation.system():
        thread = Thread.objects.get(kind=Kind.MESSAGE)
        assert [len(letter.uploads) for letter in letters_of(thread)] == [1]
    assert sent["Location"] == f"/messages/{thread.number}/"
    assert f"Message {thread.number}" in words_of(client.get(CONTACT).text).replace("\u00a0", " ")
    answering.answer(by=builders.colleague(Role.AGENT), thread=thread, text="Voici la réponse.")
    assert "Voici la réponse." in client.get(sent["Location"]).text
    assert any("Une réponse vous attend" in message.subject for message in mails())


def test_what_was_typed_is_kept_when_the_session_has_ended(cast: Cast) -> None:
    client = signed_in(cast.professional_account)
    holder = client.get(CONTACT).context["holder"]
    client.logout()
    away = client.post(CONTACT, {"topic": "rights", "text": TEXT, "holder": holder})
    assert away["Location"] == f"/connexion/?next={CONTACT}".replace("/", "%2F").replace(
        "%2Fconnexion%2F", "/connexion/"
    )
    assert TEXT in signed_in(cast.professional_account).get(CONTACT).text


def test_every_delegate_may_write_and_reads_only_what_they_wrote(cast: Cast) -> None:
    signed_in(cast.professional_account).post(CONTACT, {"topic": "bank", "text": TEXT})
    theirs = signed_in(delegate(cast.professional, "rights"))
    assert "Aucun échange" in words_of(theirs.get(CONTACT).text)
    assert theirs.post(CONTACT, {"topic": "rights", "text": TEXT}).status_code == 302


@pytest.mark.commitment("CGU-3.21", "CGU-3.13")
def test_a_payment_is_complained_of_from_its_invoice_and_followed_to_the_answer(cast: Cast) -> None:
    invoice = invoice_of(cast.professional, status="rejected", reject_code="R01")
    client = signed_in(cast.professional_account)
    form = client.get(f"/professionnel/factures/{invoice.invoice_number}/")
    assert f"{CONTACT}paiement/?facture={invoice.invoice_number}" in form.text
    proposed = client.get(f"{CONTACT}paiement/?facture={invoice.invoice_number}").context["form"]
    assert proposed["reason"].value() == "rejected"
    sent = complain(client, invoice, enclosures=picture())
    thread = the_complaint()
    assert sent["Location"] == f"/reclamations/{thread.number}/"  # type: ignore[index]  # a response
    with isolation.system():
        (letter,) = letters_of(thread)
    assert f"Facture n°\u00a0{invoice.invoice_number}" in letter.text and "code de rejet\u00a0R01" in letter.text
    assert TEXT in letter.text and len(letter.uploads) == 1
    assert invoice.member_number not in letter.text
    page = words_of(client.get(f"/professionnel/factures/{invoice.invoice_number}/").text)
    assert thread.number in page and "Contester ce paiement" not in page
    answering.answer(
        by=builders.colleague(Role.AGENT), thread=thread, text="Le versement part demain.", outcome=Outcome.GRANTED
    )
    assert "Le versement part demain." in client.get(f"/reclamations/{thread.number}/").text


def test_an_invoice_is_complained_of_once_whoever_does(cast: Cast) -> None:
    invoice = invoice_of(cast.professional)
    biller = delegate(cast.professional, "invoices", display_name="Enora Le Bris")
    complain(signed_in(biller), invoice)
    client = signed_in(cast.professional_account)
    assert "envoyée par Enora Le Bris" in words_of(
        client.get(f"{CONTACT}paiement/?facture={invoice.invoice_number}").text
    )
    again = complain(client, invoice)
    assert again["Location"] == f"/professionnel/factures/{invoice.invoice_number}/"  # type: ignore[index]
    with isolation.system():
        assert (PaymentComplaint.objects.count(), Thread.objects.count()) == (1, 1)


def test_a_colleagues_invoice_is_as_unknown_as_one_that_never_was(cast: Cast) -> None:
    theirs = invoice_of(cast.colleague)
    client = signed_in(cast.professional_account)
    statuses = {complain(client, theirs).status_code, client.get(f"{CONTACT}paiement/?facture=nulle").status_code}  # type: ignore[attr-defined]
    assert statuses == {404}
    assert client.get(f"{CONTACT}paiement/")["Location"] == "/professionnel/factures/"
    with isolation.system():
        assert not PaymentComplaint.objects.exists()


def test_the_database_shows_a_complaint_to_its_practice_alone(cast: Cast) -> None:
    complain(signed_in(cast.professional_account), invoice_of(cast.professional))
    with isolation.tenant("professionnel", cast.colleague.pk):
        assert not PaymentComplaint.objects.exists()


def test_a_document_that_names_itself_medical_goes_by_post(cast: Cast) -> None:
    invoice = invoice_of(cast.professional)
    file = SimpleUploadedFile("ordonnance-mme.pdf", b"%PDF-1.4", content_type="application/pdf")
    refused = complain(signed_in(cast.professional_account), invoice, enclosures=file)
    assert "médecin-conseil" in refused.text  # type: ignore[attr-defined]


@pytest.mark.commitment("CGU-7.3")
def test_one_writes_and_complains_in_the_two_years_after_the_end(cast: Cast) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Grant.objects.filter(account=cast.professional_account).update(
        ended_on=yesterday, closes_on=yesterday + datetime.timedelta(days=730)
    )
    client, invoice = signed_in(cast.professional_account), invoice_of(cast.professional)
    assert client.post(CONTACT, {"topic": "payment", "text": TEXT}).status_code == 302
    assert complain(client, invoice).status_code == 302  # type: ignore[attr-defined]
