"""Prior agreements and reimbursements: from a draft to the answer, who reads what, and what does not stay."""

import datetime
import io
from decimal import Decimal

import pikepdf
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from members.home.waiting import waiting_for
from members.households.queries import viewpoint
from members.households.rules import Viewpoint
from members.quotes.requests import deciding
from members.quotes.requests.actions import NotOpen
from members.quotes.requests.keeping import forget_documents, purge_drafts
from members.quotes.requests.models import CareRequest, RequestKind, State
from members.quotes.requests.rules import documents_until, expected_on
from members.quotes.requests.sealing import answer_of, content_of
from portals import jobs
from portals.access import isolation
from portals.documents.models import StoredFile, Upload
from portals.documents.quarantine import release
from portals.gestion.roles import Role
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.quotes.objects import answered_request_of, draft_of, request_of, simulation_of
from tests.pages import words_of

LIST = "/adherent/demandes/"
REIMBURSEMENT = f"{LIST}remboursement/"
AGREEMENT = f"{LIST}prise-en-charge/"
QUEUE = "/gestion/members/carerequest/"
DAY = datetime.date(2026, 10, 9)
SAID = {"need": "OPTI", "on": "01/10/2026", "professional": "Optique du Quai", "amount": "480"}

pytestmark = pytest.mark.django_db


def row_of(pk: int) -> CareRequest:
    with isolation.system():
        return CareRequest.objects.get(pk=pk)


def paper(name: str = "facture.pdf") -> SimpleUploadedFile:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(written)
    return SimpleUploadedFile(name, written.getvalue(), content_type="application/pdf")


def checked(pk: int) -> CareRequest:
    """The request, its documents out of quarantine."""
    with isolation.system():
        row = CareRequest.objects.get(pk=pk)
        for upload in row.documents.all():
            release(by=None, upload=upload)
        return row


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def test_delays_count_working_days_and_public_holidays() -> None:
    assert expected_on(RequestKind.PRIOR_AGREEMENT, DAY) == datetime.date(2026, 10, 15)
    assert expected_on(RequestKind.REIMBURSEMENT, datetime.date(2026, 10, 30)) == datetime.date(2026, 11, 9)
    assert expected_on(RequestKind.REIMBURSEMENT, datetime.date(2026, 11, 9)) == datetime.date(2026, 11, 19)
    assert documents_until(DAY) == datetime.date(2026, 12, 8)


def test_an_invoice_is_sent_from_the_phone(alice: Client, cast: Cast) -> None:
    answer = alice.post(REIMBURSEMENT, {"person": str(cast.alice.pk), **SAID})
    row = _only()
    assert answer.headers["Location"] == f"{LIST}{row.pk}/documents/"
    sent = {"first_photo": paper("image.pdf"), "prescription": paper("image.pdf")}
    assert alice.post(f"{LIST}{row.pk}/documents/", sent).status_code == 302
    with isolation.system():
        assert [upload.name for upload in row.documents.order_by("id")] == ["Facture image.pdf", "Ordonnance image.pdf"]
    said = words_of(alice.post(f"{LIST}{row.pk}/envoyer/", follow=True).content.decode())
    assert _only().state == State.ASKED
    assert row.number.startswith("RB-2026-")
    assert "19 octobre 2026" in said.replace("\xa0", " ")
    jobs.run_due()
    assert [message.subject for message in mail.outbox] == ["Nous avons bien reçu votre demande"]
    assert "Optique" not in mail.outbox[0].message().as_string()


def _only() -> CareRequest:
    with isolation.system():
        return CareRequest.objects.get()


def test_nothing_leaves_without_a_document(alice: Client, cast: Cast) -> None:
    pk = draft_of(cast.alice_account, papers=0)
    alice.post(f"{LIST}{pk}/envoyer/")
    assert row_of(pk).state == State.DRAFT
    assert "Ajoutez au moins un document" in words_of(alice.post(f"{LIST}{pk}/documents/").content.decode())


def test_an_agreement_is_asked_before_care_and_a_refund_after(alice: Client, cast: Cast) -> None:
    person = {"person": str(cast.alice.pk)}
    before = words_of(alice.post(AGREEMENT, {**SAID, **person}).content.decode())
    after = words_of(alice.post(REIMBURSEMENT, {**SAID, **person, "on": "01/12/2026"}).content.decode())
    assert "se demande avant les soins" in before
    assert "dans les deux ans" in after


def test_a_medical_report_is_sent_to_the_post(alice: Client, cast: Cast) -> None:
    pk = draft_of(cast.alice_account, papers=0)
    said = words_of(alice.post(f"{LIST}{pk}/documents/", {"first": paper("compte rendu.pdf")}).content.decode())
    assert "médecin-conseil" in said
    assert alice.post(f"{LIST}{pk}/documents/", {"prescription": paper("ordonnance.pdf")}).status_code == 302


def test_it_begins_from_a_simulation(alice: Client, cast: Cast) -> None:
    pk = simulation_of(cast.alice_account, price="1234.50", code="G")
    said = alice.get(f"{AGREEMENT}?simulation={pk}").content.decode()
    assert "1\u202f234,50" in said
    bobs = simulation_of(cast.bob_account)
    assert "SIM-" not in page(alice, f"{AGREEMENT}?simulation={bobs}")


def test_what_was_typed_survives_the_end_of_the_session(alice: Client, cast: Cast) -> None:
    form = alice.get(REIMBURSEMENT).content.decode()
    holder = form.split('name="holder" value="')[1].split('"')[0]
    typed = {**SAID, "person": str(cast.alice.pk), "professional": "Opticien de la rue Haute", "holder": holder}
    stranger = Client()
    answer = stranger.post(REIMBURSEMENT, typed)
    assert answer.headers["Location"].startswith("/connexion/")
    assert "Opticien de la rue Haute" in alice.get(REIMBURSEMENT).content.decode()
    assert _only().is_ready is False
    alice.post(f"{LIST}{_only().pk}/envoyer/")
    assert _only().state == State.DRAFT
    stranger.post(REIMBURSEMENT, {**typed, "holder": "forged", "professional": "Autre"})
    assert "Autre" not in alice.get(REIMBURSEMENT).content.decode()


@pytest.mark.commitment("PDP-1.2")
def test_a_request_is_the_persons(alice: Client, cast: Cast) -> None:
    samirs = request_of(cast.home.samir_account)
    ines = request_of(cast.alice_account, of=cast.home.ines)
    drafts = draft_of(cast.bob_account)
    statuses = [alice.get(f"{LIST}{pk}/").status_code for pk in (samirs, ines, drafts)]
    assert statuses == [404, 200, 404]


def test_a_document_that_was_missing_is_added_later(alice: Client, cast: Cast) -> None:
    pk = request_of(cast.alice_account)
    deciding.ask_for_document(by=builders.staff(), request=row_of(pk), words="La page deux du devis.")
    assert "La page deux du devis." in page(alice, f"{LIST}{pk}/")
    with isolation.system():
        assert "Ajouter le document demandé" in [told.entry.title for told in waiting_for(_view(cast))]
    alice.post(f"{LIST}{pk}/documents/", {"first": paper()})
    assert row_of(pk).state == State.ASKED


def _view(cast: Cast) -> Viewpoint:
    return viewpoint(household_id=cast.alice.household_id, person_id=cast.alice.pk, day=DAY, is_represented=False)


@pytest.mark.commitment("PDP-4.4")
def test_only_the_group_of_benefits_reads_requests(cast: Cast) -> None:
    pk = request_of(cast.alice_account)
    for role in Role:
        client = builders.enter_gestion(Client(), builders.colleague(role))
        opened = [client.get(address).status_code for address in (QUEUE, f"{QUEUE}{pk}/change/")]
        assert opened == ([200, 200] if role is Role.BENEFITS else [403, 403]), role


@pytest.mark.commitment("PDP-4.4")
def test_staff_decide_and_each_reading_is_journalled(cast: Cast, client: Client) -> None:
    agent = builders.colleague(Role.BENEFITS)
    builders.enter_gestion(client, agent)
    pk = request_of(cast.alice_account, kind=RequestKind.PRIOR_AGREEMENT)
    said = page(client, f"{QUEUE}{pk}/change/")
    assert "Optique du Quai" in said
    assert Entry.objects.filter(action="care_request.read", account_id=agent.pk, object_id=str(pk)).exists()
    assert "Optique" not in page(client, QUEUE)
    answer = {"decision": "accept", "amount": "200", "valid_until": "31/12/2026"}
    assert "Levez d’abord la quarantaine" in words_of(client.post(f"{QUEUE}{pk}/decider/", answer).content.decode())
    checked(pk)
    assert client.post(f"{QUEUE}{pk}/decider/", answer).status_code == 302
    row = row_of(pk)
    assert (row.state, row.valid_until, row.decided_by_id) == (State.ACCEPTED, datetime.date(2026, 12, 31), agent.pk)
    with pytest.raises(NotOpen):
        deciding.refuse(by=agent, request=row, reason="Trop tard.")


def test_a_refusal_says_why_and_an_acceptance_how_much(cast: Cast, client: Client) -> None:
    builders.enter_gestion(client, builders.colleague(Role.BENEFITS))
    pk = request_of(cast.alice_account)
    for answer, words in (
        ({"decision": "refuse"}, "la raison du refus"),
        ({"decision": "accept"}, "le montant accordé"),
        ({}, "Choisissez une décision"),
    ):
        assert words in words_of(client.post(f"{QUEUE}{pk}/decider/", answer).content.decode())
    client.post(f"{QUEUE}{pk}/decider/", {"decision": "refuse", "words": "Hors garantie."})
    assert answer_of(row_of(pk))["words"] == "Hors garantie."


def test_nobody_decides_of_their_own_request(cast: Cast) -> None:
    row = checked(request_of(cast.alice_account))
    with pytest.raises(deciding.OwnRequest):
        deciding.accept(by=cast.alice_account, request=row, amount=Decimal(1))


def test_the_answer_is_a_signed_letter(alice: Client, cast: Cast) -> None:
    from portals.documents.signing import is_ours_and_unchanged

    pk = answered_request_of(cast.alice_account, kind=RequestKind.PRIOR_AGREEMENT)
    answer = alice.get(f"{LIST}{pk}/reponse.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert is_ours_and_unchanged(answer.content)
    assert alice.get(f"{LIST}{request_of(cast.alice_account)}/reponse.pdf").status_code == 404
    assert "120,00" in page(alice, f"{LIST}{pk}/")


@pytest.mark.commitment("PDP-4.4", "PDP-3.12")
def test_documents_and_details_go_sixty_days_after_the_decision(cast: Cast, alice: Client) -> None:
    pk = answered_request_of(cast.alice_account)
    with isolation.system():
        assert forget_documents(today=datetime.date(2026, 12, 8)) == 0
        stored = StoredFile.objects.get(upload__care_requests=pk)
        assert forget_documents(today=datetime.date(2026, 12, 9)) == 1
        assert forget_documents(today=datetime.date(2026, 12, 9)) == 0
        assert not Upload.objects.exists()
        assert not StoredFile.objects.filter(pk=stored.pk).exists()
        row = row_of(pk)
        assert content_of(row) == {}
        assert answer_of(row)["amount"] == "120.00"
    said = page(alice, f"{LIST}{pk}/")
    assert "Effacés le" in said
    assert "Optique du Quai" not in said


def test_drafts_go_after_thirty_days_and_with_their_account(cast: Cast) -> None:
    now = datetime.datetime(2026, 10, 9, 10, tzinfo=datetime.UTC)
    kept = request_of(cast.alice_account)
    draft_of(cast.alice_account)
    with isolation.system():
        assert purge_drafts(now=now + datetime.timedelta(days=30)) == 0
        assert purge_drafts(now=now + datetime.timedelta(days=31)) == 1
    draft_of(cast.alice_account)
    from portals.signals import announce

    with isolation.system():
        announce("account.deleted", by=None, object_kind="account", object_id=cast.alice_account.pk)
        assert [row.pk for row in CareRequest.objects.all()] == [kept]


@pytest.mark.commitment("PDP-4.2")
def test_what_is_said_of_the_care_is_sealed_in_the_database(cast: Cast) -> None:
    row = row_of(request_of(cast.alice_account))
    assert b"Optique" not in bytes(row.content_sealed)
    assert content_of(row)["professional"] == "Optique du Quai"


def test_the_pages_cost_the_same_with_one_request_and_with_many(
    alice: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(22):
        pk = request_of(cast.alice_account)
    for address in (LIST, f"{LIST}{pk}/", f"{LIST}{pk}/documents/", REIMBURSEMENT):
        with django_assert_max_num_queries(12):
            assert alice.get(address).status_code == 200
    assert "Page plus ancienne" in page(alice, LIST)
