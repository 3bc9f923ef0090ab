"""The wizard, the list and the tracking page, as the member and the others of the household see them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from members.beneficiaries.models import BeneficiaryRequest
from members.beneficiaries.sealing import answers_of
from members.beneficiaries.words import State
from portals.access import isolation
from portals.accounts.models import Account
from portals.accounts.sessions import BEGAN
from portals.documents.models import Upload
from privacy.audit.models import Entry
from tests import builders
from tests.cast import Cast
from tests.members.beneficiaries.objects import birth_certificate, draft_of, sent_of
from tests.members.representation.conftest import bare_account, represent
from tests.pages import words_of
from tests.portals.documents import hostile

pytestmark = pytest.mark.django_db

HOME = "/adherent/beneficiaires/"
NEWBORN = {
    "family_name": "Benali", "given_names": "Noé", "sex": "1", "birth_date": "20/09/2026", "birth_rank": "1",
}  # fmt: skip


def words(client: Client, address: str) -> str:
    return words_of(client.get(address).content.decode())


def the_request() -> BeneficiaryRequest:
    with isolation.system():
        return BeneficiaryRequest.objects.get()


@pytest.mark.commitment("CGU-3.9")
def test_the_rules_are_told_before_any_form(alice: Client) -> None:
    page = words(alice, f"{HOME}ajouter/")
    assert "dès sa naissance si vous nous le dites dans les 60 jours" in page
    assert "Récépissé d’enregistrement du PACS" in page
    assert "Acte de naissance" in words(alice, f"{HOME}ajouter/newborn/")


@pytest.mark.commitment("CGU-3.9")
def test_from_the_case_to_the_dated_copy(alice: Client, cast: Cast) -> None:
    answer = alice.post(f"{HOME}ajouter/newborn/", NEWBORN)
    assert answer.status_code == 302, words_of(answer.content.decode())
    proofs = answer.headers["Location"]
    photo = SimpleUploadedFile("photo.jpg", hostile.photograph_with_place(), content_type="image/jpeg")
    assert alice.post(proofs, {"proofs_photo": photo}).status_code == 302
    send = proofs.replace("justificatifs", "envoyer")
    assert "commencerait le 20\u00a0septembre\u00a02026" in words(alice, send)
    page = alice.post(send, follow=True).content.decode()
    assert "Nous vous répondons au plus tard le 21\u00a0octobre\u00a02026" in words_of(page)
    request = the_request()
    assert request.number == f"BEN-2026-{request.pk:06d}"
    copy = alice.get(f"{HOME}demandes/{request.pk}/copie.pdf")
    text = PdfReader(io.BytesIO(b"".join(copy))).pages[0].extract_text()
    assert request.number in text
    assert "Noé Benali" in text
    assert "À l’étude" in words(alice, HOME)
    seen = set(Entry.objects.filter(account_id=cast.alice_account.pk).values_list("action", flat=True))
    assert {"beneficiaries.asked", "beneficiaries.printed", "beneficiaries.listed"} <= seen


def test_a_draft_outlives_the_session_and_is_sealed(alice: Client, cast: Cast) -> None:
    alice.post(f"{HOME}ajouter/newborn/", NEWBORN)
    alice.logout()
    again = builders.sign_in(Client(), cast.alice_account)
    assert 'value="Noé"' in again.get(f"{HOME}ajouter/newborn/").content.decode()
    assert "À terminer" in words(again, HOME)
    request = the_request()
    assert b"Benali" not in bytes(request.answers_sealed)
    with isolation.system():
        assert answers_of(request)["given_names"] == "Noé"


def test_another_case_lets_the_documents_of_the_draft_go(alice: Client) -> None:
    proofs = alice.post(f"{HOME}ajouter/newborn/", NEWBORN).headers["Location"]
    alice.post(proofs, {"proofs": birth_certificate()})
    alice.post(f"{HOME}ajouter/child/", NEWBORN)
    assert not Upload.objects.exists()
    assert the_request().case == "child"


def test_nothing_is_sent_without_a_document(alice: Client) -> None:
    proofs = alice.post(f"{HOME}ajouter/newborn/", NEWBORN).headers["Location"]
    assert alice.post(proofs.replace("justificatifs", "envoyer")).headers["Location"] == proofs
    assert the_request().state == State.DRAFT


def test_sending_asks_for_a_fresh_proof(alice: Client, cast: Cast) -> None:
    draft = draft_of(cast.alice_account, cast.alice)
    session = alice.session
    session[BEGAN] = session[BEGAN] - 600
    session.save()
    assert alice.get(f"{HOME}demandes/{draft.pk}/envoyer/").headers["Location"].startswith("/compte/confirmer/")


@pytest.mark.commitment("PDP-4.2")
@pytest.mark.parametrize("name", ["certificat médical.pdf", "Compte_rendu.pdf", "questionnaire de sante.pdf"])
def test_a_medical_document_is_not_taken(name: str, alice: Client) -> None:
    proofs = alice.post(f"{HOME}ajouter/newborn/", NEWBORN).headers["Location"]
    page = alice.post(proofs, {"proofs": birth_certificate(name)})
    assert "Un document médical ne passe pas par ici" in words_of(page.content.decode())
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("case", "changes", "said"),
    [
        ("newborn", {"birth_date": "20/09/2024"}, "plus d’un an"),
        ("newborn", {"birth_date": ""}, "Cette réponse manque"),
        ("newborn", {"nir": "284037512345678"}, "Ce numéro n’est pas juste"),
        ("newborn", {"nir": "1 84 03 75 123 456 90"}, "Ce numéro dit un autre sexe"),
        ("spouse", {"birth_date": "02/01/1985"}, "Cette réponse manque"),
        ("child", {"given_names": "inès", "birth_date": "20/05/2016"}, "déjà couverte par votre contrat"),
    ],
)
def test_what_does_not_suit_is_said(case: str, changes: dict[str, str], said: str, alice: Client) -> None:
    page = alice.post(f"{HOME}ajouter/{case}/", {**NEWBORN, **changes})
    assert said in words_of(page.content.decode())


@pytest.mark.commitment("CGU-3.10")
def test_the_consequences_are_told_before_a_removal_is_asked(alice: Client, cast: Cast) -> None:
    address = f"{HOME}{cast.home.samir.pk}/retirer/"
    assert "La carte de tiers payant est remplacée" in words(alice, address)
    missing = alice.post(address, {"reason": "divorce"})
    assert "elle décide de celle du retrait" in words_of(missing.content.decode())
    proofs = alice.post(address, {"reason": "divorce", "event_date": "03/10/2026"}).headers["Location"]
    alice.post(proofs, {"proofs": birth_certificate("jugement.pdf")})
    send = proofs.replace("justificatifs", "envoyer")
    assert "irait jusqu’au 31\u00a0octobre\u00a02026" in words(alice, send)
    assert alice.post(send).status_code == 302
    assert the_request().person_id == cast.home.samir.pk


def test_leaving_for_ones_own_reason_needs_no_document(cast: Cast) -> None:
    samir = builders.sign_in(Client(), cast.home.samir_account)
    page = samir.get(HOME).content.decode()
    assert "Alice" not in words_of(page).split("Mes demandes")[0]
    answer = samir.post(f"{HOME}{cast.home.samir.pk}/retirer/", {"reason": "other", "words": "Je pars vivre ailleurs."})
    assert samir.post(answer.headers["Location"].replace("justificatifs", "envoyer")).status_code == 302
    assert the_request().asked_for_id == cast.home.samir.pk


def test_a_beneficiary_neither_adds_nor_removes_others(cast: Cast) -> None:
    samir = builders.sign_in(Client(), cast.home.samir_account)
    for address in ("ajouter/", "ajouter/newborn/", f"{cast.home.ines.pk}/retirer/", f"{cast.alice.pk}/retirer/"):
        assert samir.get(f"{HOME}{address}").status_code == 404


def test_the_member_does_not_remove_themselves(alice: Client, cast: Cast) -> None:
    assert alice.get(f"{HOME}{cast.alice.pk}/retirer/").status_code == 404


def test_what_one_asked_is_unknown_to_the_others(cast: Cast) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    for account in (cast.home.samir_account, cast.bob_account):
        client = builders.sign_in(Client(), account)
        for step in ("", "justificatifs/", "envoyer/", "copie.pdf"):
            assert client.get(f"{HOME}demandes/{sent.pk}/{step}").status_code == 404
        assert client.post(f"{HOME}demandes/{sent.pk}/retirer/").status_code == 404


@pytest.mark.commitment("CGU-2.11")
def test_a_representative_sees_the_person_and_what_was_asked_in_their_name(
    cast: Cast, staff: Account, client: Client
) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    draft = draft_of(cast.alice_account, cast.alice, case="child")
    made = represent(bare_account("Judith Kerbrat"), cast.alice, staff)
    builders.sign_in(client, made.account)
    client.post("/compte/personnes/", {"grant": made.grant.pk})
    page = words(client, HOME)
    assert sent.number in page
    assert [name for name in ("Samir", "Lina", "Inès", "À terminer") if name in page] == []
    assert client.get(f"{HOME}demandes/{draft.pk}/justificatifs/").status_code == 404


def test_a_request_is_withdrawn_before_it_is_decided(alice: Client, cast: Cast) -> None:
    sent = sent_of(cast.alice_account, cast.alice)
    page = alice.post(f"{HOME}demandes/{sent.pk}/retirer/", follow=True)
    assert "Vous avez retiré cette demande" in words_of(page.content.decode())
    assert the_request().state == State.WITHDRAWN
    draft = draft_of(cast.alice_account, cast.alice)
    alice.post(f"{HOME}demandes/{draft.pk}/retirer/")
    with isolation.system():
        assert not BeneficiaryRequest.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("requests", [1, 30])
def test_the_number_of_queries_does_not_depend_on_how_much_was_asked(
    requests: int, alice: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(requests):
        sent_of(cast.alice_account, cast.alice)
    alice.get(HOME)
    with django_assert_max_num_queries(16) as counted:
        alice.get(HOME)
    kept = [q["sql"] for q in counted.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert 5 < len(kept) <= 12
