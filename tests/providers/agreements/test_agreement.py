"""The agreement: its page, its certificate, its texts, the practices of one professional, and the end."""

import datetime
import io

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from portals.access.expiry import recompute
from portals.access.models import Grant
from portals.documents.verification.models import IssuedDocument
from privacy.models import Entry
from providers.agreements.models import Agreement, Professional
from tests import builders
from tests.cast import Cast
from tests.newcomer import mails
from tests.pages import words_of
from tests.permissions.walks import leave
from tests.providers.invoices.objects import invoice_of
from tests.providers.library.objects import text_of_everybody
from tests.providers.users.people import agreement_of, delegate, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.commitment("CGU-1.4")]

PERSONS = "/compte/personnes/"
PAGE = "/professionnel/convention/"
ADD = f"{PAGE}cabinets/ajouter/"


@pytest.fixture
def beside(cast: Cast) -> Agreement:
    """The agreement of another practice of the same professional."""
    second = builders.professional(rpps=cast.professional.rpps, practice_name="Cabinet du Marché", city="Hennebont")
    return builders.agreement(second, email="marche@example.org")


def practices_of(account_id: int) -> set[int]:
    return set(Grant.objects.filter(account_id=account_id, revoked_at=None).values_list("tenant_id", flat=True))


def test_the_page_says_what_was_signed_by_whom_and_since_when(cast: Cast) -> None:
    page = words_of(signed_in(cast.professional_account).get(PAGE).text)
    assert "Votre convention de tiers payant est active depuis le" in page and "n’a pas de terme" in page
    number = agreement_of(cast.professional).agreement_number
    assert number in page and cast.professional.rpps in page
    assert cast.colleague.rpps not in page


def test_whoever_holds_the_secretariat_reads_it_without_what_is_the_professionals_own(cast: Cast) -> None:
    client = signed_in(delegate(cast.professional, "secretariat"))
    page = client.get(PAGE)
    assert page.status_code == 200 and "Compte des versements" not in page.text and ADD not in page.text


def test_the_certificate_is_a_pdf_that_anybody_can_check(cast: Cast) -> None:
    number = agreement_of(cast.professional).agreement_number
    response = signed_in(cast.professional_account).get(f"{PAGE}{number}.pdf")
    text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert response["Content-Type"] == "application/pdf" and number in text and cast.professional.rpps in text
    issued = IssuedDocument.objects.get()
    answer = words_of(Client().post("/verifier/", {"code": issued.code}).text)
    assert "Attestation de convention de tiers payant" in answer and "Quéré" not in answer
    assert Entry.objects.filter(action="agreement.certified").exists()
    assert signed_in(cast.colleague_account).get(f"{PAGE}{number}.pdf").status_code == 404


@pytest.mark.commitment("CGU-7.3", "CGU-7.4")
def test_everything_is_read_for_two_years_after_the_end_and_nothing_the_day_they_are_over(cast: Cast) -> None:
    invoice, text = invoice_of(cast.professional), text_of_everybody()
    last = timezone.localdate() + datetime.timedelta(days=10)
    account = cast.professional_account
    _end(cast.professional, last)
    recompute(today=timezone.localdate(), account=account)
    closes = Grant.objects.get(account=account).closes_on
    assert closes is not None and closes.year == last.year + 2
    readable = [PAGE, "/professionnel/documents/", f"/professionnel/documents/{text.pk}.pdf", "/professionnel/factures/",
                f"/professionnel/factures/{invoice.invoice_number}/", "/professionnel/versements/"]  # fmt: skip
    for day, expected in (
        (last + datetime.timedelta(days=1), 200),
        (closes - datetime.timedelta(days=1), 200),
        (closes, 403),
    ):
        with time_machine.travel(datetime.datetime.combine(day, datetime.time(12), tzinfo=datetime.UTC), tick=False):
            client = signed_in(account)
            statuses = {}
            for address in readable:
                response = client.get(address)
                statuses[address] = response.status_code
                leave(response)
            assert set(statuses.values()) == {expected}, (day, statuses)
            if expected == 200:
                assert "Votre convention a pris fin le" in words_of(client.get(PAGE).text)
                assert client.get("/professionnel/droits/").status_code == 403
                assert client.post(ADD, {"agreement_number": "X"}).status_code == 403


def _end(professional: Professional, day: datetime.date) -> None:
    from portals.access import isolation

    with isolation.system():
        Agreement.objects.filter(professional=professional).update(end_date=day)


def test_a_delegate_follows_the_end_of_the_agreement(cast: Cast) -> None:
    account = delegate(cast.professional, "invoices")
    last = timezone.localdate() - datetime.timedelta(days=3)
    _end(cast.professional, last)
    recompute(today=timezone.localdate(), account=account)
    grant = Grant.objects.get(account=account)
    assert (grant.ended_on, grant.role) == (last, "invoices")
    assert signed_in(account).get("/professionnel/factures/").status_code == 200


def test_a_professional_adds_another_practice_and_the_address_of_its_agreement_is_told(
    cast: Cast, beside: Agreement
) -> None:
    client = signed_in(cast.professional_account)
    assert client.post(ADD, {"agreement_number": beside.agreement_number})["Location"] == PAGE
    assert beside.agreement_number in words_of(client.get(PAGE).text)
    assert "Cabinet du Marché" in words_of(client.get("/professionnel/").text)
    assert [message.to for message in mails()] == [["marche@example.org"]]
    assert "changer de cabinet" in words_of(client.get(PAGE).text)
    choices = words_of(client.get(PERSONS).text)
    assert "Cabinet du Marché" in choices and "Anne Quéré" in choices and "Hennebont" in choices
    again = client.post(ADD, {"agreement_number": agreement_of(cast.professional).agreement_number})
    assert "déjà parmi les vôtres" in words_of(again.text)


def test_each_practice_keeps_its_invoices(cast: Cast, beside: Agreement) -> None:
    mine, other = invoice_of(cast.professional), invoice_of(beside.professional)
    client = signed_in(cast.professional_account)
    assert client.get(f"/professionnel/factures/{other.invoice_number}/").status_code == 404
    client.post(ADD, {"agreement_number": beside.agreement_number})
    assert client.get(f"/professionnel/factures/{other.invoice_number}/").status_code == 200
    assert client.get(f"/professionnel/factures/{mine.invoice_number}/").status_code == 404


@pytest.mark.parametrize("why", ["another person's", "no such number", "it has ended", "withdrawn by the mutual"])
def test_a_number_that_is_not_theirs_opens_nothing_and_says_nothing_of_why(
    cast: Cast, beside: Agreement, why: str
) -> None:
    number = beside.agreement_number
    if why == "another person's":
        number = agreement_of(cast.colleague).agreement_number
    elif why == "no such number":
        number = "TP000000000"
    elif why == "it has ended":
        _end(beside.professional, timezone.localdate() - datetime.timedelta(days=1))
    else:
        Grant.objects.create(
            account=cast.professional_account, space="professionnel", basis="agreement", revoked_at=timezone.now(),
            tenant_id=beside.professional_id, subject_id=beside.professional_id,
        )  # fmt: skip
    answer = signed_in(cast.professional_account).post(ADD, {"agreement_number": number})
    assert "n’est à votre nom" in words_of(answer.text)
    assert practices_of(cast.professional_account.pk) == {cast.professional.pk}


def test_an_establishment_without_rpps_adds_none(cast: Cast) -> None:
    first, second = builders.professional(rpps="", finess="750712184"), builders.professional(rpps="")
    builders.agreement(first)
    other = builders.agreement(second)
    account = builders.account(first)
    signed_in(account).post(ADD, {"agreement_number": other.agreement_number})
    assert practices_of(account.pk) == {first.pk}
